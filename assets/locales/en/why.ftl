# A text begins as it stands inside a sentence; where it begins one, its first letter is made large.

why-waiting-heading = Why is it waiting?
why-why-heading = Why?
why-why-failing = Why do requests fail?
why-nothing-fails = No request fails.
why-waits-for-nothing = It waits for nothing.

## What it waits for: $subject is a phase

why-waits = { $subject } waits: { $stage }.
    .goes-on = { $subject } waits: { $stage }; it goes on in { $time }.
why-lasts-another = { $subject } lasts another { $left } of { $of }.
why-measures = { $subject } measures the { $metric } for another { $left } of { $of }, against { $threshold }; { $bad } of { $failures } bad measurements so far.
why-person-redeploys = a person redeploys the old version in { $left }.
why-waits-for-person = { $subject } waits for a person, who approves in { $left }.
    .never = { $subject } waits for a person, and no one ever approves.
why-alarm-watches = all is done, and the alarm watches for another { $left }.
why-clients-follow = { $share } of the clients still follow their old DNS answer, the last ones for { $left }.
why-waits-for-room = { $subject } waits: { $launches ->
    [one] { $launches } launch waits
   *[other] { $launches } launches wait
} for room, no more than { $quota ->
    [one] { $quota } instance
   *[other] { $quota } instances
} may exist{ $left ->
    [none] { "" }
   *[some] ; its time is up in { $left }
}.
why-waits-for-ever = { $subject } waits for something that never comes.

## What the instances that it waits for are doing: $who names them, and $count says how many they are

why-stage = { $stage }, { $left } left
why-draining = { $who } { $count ->
    [one] drains
   *[other] drain
}
why-booting = { $who } { $count ->
    [one] boots
   *[other] boot
}
why-installing = { $who } { $count ->
    [one] is being installed
   *[other] are being installed
}
why-starting = { $who } { $count ->
    [one] starts
   *[other] start
}
why-ending = { $who } { $count ->
    [one] drains for good
   *[other] drain for good
}
why-passed = { $who } { $count ->
    [one] has passed its checks
   *[other] have passed their checks
}
why-checking = { $who } { $count ->
    [one] has passed
   *[other] have passed
} { $passed } of { $of } checks
why-never-passes = { $who } { $count ->
    [one] never passes
   *[other] never pass
}, and nothing ends that
    .failed = { $who } { $count ->
        [one] never passes; its
       *[other] never pass; their
    } time is up in { $left }
    .replaced = { $who } { $count ->
        [one] never passes and is replaced
       *[other] never pass and are replaced
    } in { $left }
why-settling = { $who } { $count ->
    [one] has to stay healthy
   *[other] have to stay healthy
}{ $left ->
    [none] { "" }
   *[some] {" "}for another { $left }
}

## The failures that it can afford

why-affords-none = it can afford no failure: one instance that is not healthy in time fails it.
why-affords-instances = { $more ->
    [0] it cannot afford another failed instance
    [one] it can afford { $more } more failed instance
   *[other] it can afford { $more } more failed instances
}: { $healthy } { $healthy ->
    [one] is
   *[other] are
} healthy and the minimum is { $minimum }.
why-affords-tasks = { $more ->
    [0] it cannot afford another failed task
    [one] it can afford { $more } more failed task
   *[other] it can afford { $more } more failed tasks
}: { $failed } failed and the circuit breaker acts at { $threshold }.
why-affords-replaced = no failure stops it: what fails is replaced again and again.
why-affords-for = what fails is replaced, for { $of } at most.
    .left = what fails is replaced for { $of }, another { $left } of it.
why-affords-marked = no failure stops it: without progress for { $deadline } it would be marked.
    .left = no failure stops it: without progress for { $deadline } it is marked, in { $left }.
why-affords-all = no failure stops it: the next batch begins all the same.

## The traffic to judge by, and the alarm

why-expected = the new version gets { $share } of the traffic for { $time }: about { $requests } requests.
why-judged-by-nothing = no alarm is set: nothing judges it.
why-judged-by-capacity = the alarm looks at the capacity: nothing judges it by its errors.
why-judged-blind = the alarm cannot see it: if all of them failed, { $share } of all requests would, and that is not above { $threshold }.
why-judged-by-few = that is too few to judge by: it takes about { $needed } to tell an error rate of { $rate }.
why-periods = the alarm needs { $needed ->
    [one] a period of { $period }
   *[other] { $needed } periods of { $period }
}, and { $whole ->
    [0] none lies wholly in this step
    [one] only { $whole } lies wholly in this step
   *[other] only { $whole } lie wholly in this step
}: it cannot tell before the next one.
why-alarm = the alarm's period of { $period } ends in { $left }: { $measured }{ $needed ->
    [0] { "" }
    [1] { "" }
   *[other] ; { $bad } of { $needed } bad periods before it
}.
why-measured-so-far = { $metric } { $value } so far, { $beside }
why-nothing-so-far = no request so far
why-weights = asked { $asked }, users get { $got }: { $new } of { $of ->
    [one] { $of } instance
   *[other] { $of } instances
}

## Why requests fail: clauses, of which one or two make a sentence

why-sentence = { $reason }.
why-because = { $effect }: { $reason }
why-at-worst = { $worst }, { $effect }
why-failing = { $failed } of { $demand } requests per second { $cause ->
    [no-capacity] found nothing in service
    [overload] were refused
    [cut-off] were cut off in flight
    [stale-dns] went to an environment that has ended
    [new-version-error] were failed by the new version
   *[dead-target] went to instances that do not answer
}
    .several = { $failed } of { $demand } requests per second failed: { $causes }
why-part = { $requests } { $cause ->
    [no-capacity] found nothing in service
    [overload] were refused
    [cut-off] were cut off in flight
    [stale-dns] went to an environment that has ended
    [new-version-error] were failed by the new version
   *[dead-target] went to instances that do not answer
}
    .first = { $requests } requests { $cause ->
        [no-capacity] found nothing in service
        [overload] were refused
        [cut-off] were cut off in flight
        [stale-dns] went to an environment that has ended
        [new-version-error] were failed by the new version
       *[dead-target] went to instances that do not answer
    }
why-causes = { $causes }
why-original-group = the original group
why-new-group = the new group
why-capacity = { $count ->
    [one] { $count } instance
   *[other] { $count } instances
} can serve { $capacity }
why-group-capacity = { $group } gets { $share } of the traffic, { $gets }, and its { $count ->
    [one] { $count } instance
   *[other] { $count } instances
} can serve { $capacity }
why-slower = an instance of the new version serves { $factor } of what one of the old version does
why-nothing-in-service = nothing is in service
why-group-empty = { $group } gets { $share } of the traffic, and nothing of it is in service
why-stale = { $share } of the clients still follow a DNS answer whose environment ended{ $ended ->
    [unknown] { "" }
   *[known] {" "}at { $ended }
}; the last ones do until { $until }
why-errors = it answers { $answers }, { $share } of all, and fails { $rate } of them{ $since ->
    [always] { "" }
   *[known] , since { $since }
}
why-dead = { $who }{ $death ->
    [crash] {" "}crashed at { $at } and
    [died] {" "}died at { $at } and
   *[unknown] { "" }
} { $count ->
    [one] still gets its share
   *[other] still get their share
}; the load balancer notices after { $checks } failed checks, { $interval } apart{ $noticed ->
    [unknown] { "" }
   *[known] , at { $noticed }
}
why-not-learned = { $count ->
    [one] { $count } instance
   *[other] { $count } instances
} stopped, and the load balancer learns of it { $late } late
why-fails-open = { $failed ->
    [one] { $failed } instance is
   *[other] { $failed } instances are
} registered and none is healthy: the load balancer sends requests there all the same
why-number = { $n ->
    [0] none
    [1] one
    [2] two
    [3] three
    [4] four
    [5] five
    [6] six
    [7] seven
    [8] eight
    [9] nine
    [10] ten
    [11] eleven
    [12] twelve
   *[other] { $n }
}
why-out = { $number } { $count ->
    [one] is
   *[other] are
} out for { $phase }
why-lost = { $number } failed: { $lost }
    .last = { $number } failed; last, { $lost }
why-lost-not-healthy = { $who } { $count ->
    [one] was
   *[other] were
} not healthy in time, at { $at }
    .within = { $who } { $count ->
        [one] was
       *[other] were
    } not healthy within { $time }, at { $at }
why-lost-crashed = { $who } crashed at { $at }
why-lost-died = { $who } died at { $at }
why-lost-checks = { $who } failed { $count ->
    [one] its checks
   *[other] their checks
} at { $at }
why-too-much = all { $n } are in service: more is asked for than the fleet can serve
why-shifted = it gets its share since { $at }: { $phase }
why-came = { $who } came into service at { $at }
why-lasts = it lasts from { $from } to { $to }: { $requests } requests fail
why-noticed = it was noticed at { $at }: { $failure }
    .later = it will be noticed at { $at }: { $failure }
why-not-watched = no alarm watches for it
why-alarm-silent = the alarm does not see it: { $measured }

## What a figure is made of

why-several = { $count } { $kind ->
    [batches] batches
    [traffic] traffic steps
    [refreshes] refreshes
    [checkpoints] checkpoints
    [steps] steps
    [launches] launches
   *[phases] phases
}
    .back = { $count } { $kind ->
        [batches] batches
        [traffic] traffic steps
        [refreshes] refreshes
        [checkpoints] checkpoints
        [steps] steps
        [launches] launches
       *[phases] phases
    } of the way back
why-takes = { $phases } { $count ->
    [one] takes
   *[other] take
} { $time } of { $of }
    .all = { $phases } { $count ->
        [one] takes
       *[other] take
    } all of it
why-life = { $instance } { $parts }
    .part = { $state ->
        [in-service] serves
        [draining] drains
        [launching] boots
        [installing] is installed
        [starting] starts
        [checking] is checked
        [gone] is gone
        [dead] does not answer
       *[failed] is out of service
    } for { $time }
why-redeployed = the old version is deployed again from { $from } to { $to }: { $time }
why-goes-back = it goes back from { $from } to { $to }: { $time }
    .at-once = it goes back at once, at { $at }
why-stretches = { $count ->
    [one] { $what } from { $from } to { $to }
   *[other] { $what } in { $count } stretches, the longest from { $from } to { $to }
}
    .phase = { $stretches } ({ $phase })
why-holds-downtime = nothing is in service
why-holds-below-demand = the capacity is below the demand
why-holds-mixed-versions = both versions get traffic
why-holds-extra = more instances exist than the fleet's size
why-holds-other = it is so
why-lowest = { $in_service } of { $desired } { $in_service ->
    [one] is
   *[other] are
} in service from { $from } to { $to }
why-share = { $failed } of { $of } requests failed
why-cut = an instance drains for { $drain }, and a request takes { $takes }
    .interrupted = instances are interrupted without draining, and a request takes { $takes }
why-worst = at worst, at { $at }
why-exposed = most came in { $phases }: { $requests } in { $time }
why-exposed-failed = the new version failed { $requests } requests
why-most = there are { $old } old and { $new } new ones from { $from } to { $to }
why-wrong-since = the first trouble showed at { $at }
why-nothing-showed = { $phase } began at { $since }, and nothing showed until then
why-left-nothing = nothing is in service
why-left-one-version = { $count ->
    [one] { $count } instance runs
   *[other] { $count } instances run
} { $version }
why-left-both = { $old ->
    [one] { $old } instance runs
   *[other] { $old } instances run
} the old version and { $new } the new one
why-left = { $run }{ $failed ->
    [0] { "" }
   *[other] , { $failed } failed
}{ $dead ->
    [0] { "" }
   *[other] , { $dead } not answering
}{ $unready ->
    [0] { "" }
   *[other] , { $unready } not in service
}
    .well = { $left }, as it should be
why-no-duration = nothing was done
why-no-downtime = at every moment something is in service
why-no-below-demand = at every moment the capacity meets the demand
why-no-lowest-capacity = the capacity never falls below that of the whole fleet
why-no-mixed-versions = at every moment only one version gets traffic
why-no-failed = no request fails
why-no-exposed = the new version gets no request before it is fully rolled out
why-no-extra = no instance beyond the fleet's size is ever launched
why-no-notice = nothing that went wrong was noticed
why-no-rollback = it never goes back
why-no-state-left = nothing is left to do

# A text begins as it stands inside a sentence; where it begins one, its first letter is made large.

story-old-version = the old version
story-new-version = the new version

## Phases: the name; .short on the ribbon, and of what the log tells; .inside a sentence, of what waits or is worked on

story-whole-fleet = the whole fleet at once
    .short = whole fleet
    .inside = the whole fleet at once
story-window = in place
    .short = one after another
    .inside = the update in place
story-batch = batch { $number } of { $of }
    .short = batch { $number }
    .inside = batch { $number }
    .back = batch { $number } of the way back
story-additional-batch = additional batch
    .short = additional batch
    .inside = the additional batch
story-return-to-size = back to the fleet's size
    .short = back to size
    .inside = the return to the fleet's size
story-first-instance = the first new instance
    .short = first instance
    .inside = the first new instance
story-rest-of-set = the rest of the new set
    .short = rest of the set
    .inside = the rest of the new set
story-new-set = the new set
    .short = new set
    .inside = the new set
story-traffic = { $share } to { $version }
    .short = { $share }
    .inside = the step “{ $share } to { $version }”
story-bake = all traffic on the new environment
    .short = bake
    .inside = the bake
story-old-set-ends = all traffic on { $version }
    .short = old set ends
    .inside = the end of the old set
story-rolling-update = rolling update
    .short = rolling update
    .inside = the rolling update
story-refresh = refresh up to { $to ->
        [one] { $to } instance
       *[other] { $to } instances
    }
    .short = refresh to { $to }
    .inside = the refresh up to { $to ->
        [one] { $to } instance
       *[other] { $to } instances
    }
story-checkpoint = checkpoint at { $at ->
        [one] { $at } instance
       *[other] { $at } instances
    }
    .short = checkpoint { $at }
    .inside = the checkpoint at { $at ->
        [one] { $at } instance
       *[other] { $at } instances
    }
story-watch = all is done and is watched
    .short = watch
    .inside = the watch at the end
story-stopped = stopped
    .short = stopped
    .inside = the stop
story-person = until a person acts
    .short = until a person acts
    .inside = the time until a person acts
story-go-back = going back
    .short = going back
    .inside = the way back
story-written = step { $number } of { $of }
    .short = step { $number }
    .inside = step { $number } of { $of }
story-redeploying = redeploying the old version: { $phase }

## Instances

story-instances = { $n ->
    [one] { $n } instance
   *[other] { $n } instances
}
story-about = about { $instances }
story-all-instances = all instances
story-no-instance = none
story-from-to = { $first } to { $last }
story-list = { $before }, { $next }
story-list-end = { $before } and { $last }

## What is measured

story-error-rate = error rate
story-new-version-error-rate = new version's error rate
story-capacity = capacity
story-above = above { $threshold }
story-not-above = not above { $threshold }
story-below = below { $threshold }
story-not-below = not below { $threshold }
story-measured = { $metric } { $value }, { $beside }

## The log

story-launching = { $who } launching
story-draining = { $who } draining
story-interrupted = { $who } interrupted
story-installing = { $who } installing
story-installing-old = { $who } installing the old version
story-starting = { $who } starting
story-checking = { $who } checking
story-in-service = { $who } in service
story-all-back = all traffic back to the old version
story-shifted = { $share } to the new version
story-clients-go-back = clients go back over { $time }
story-clients-follow = clients follow over { $time }
story-waiting-for = waiting for { $time }
story-adopted = new ones join the group
story-terminating = { $who } draining for good
story-gone = { $who } gone
story-killed = { $who } killed
story-died = { $who } died
story-crashed = { $who } crashed
story-taken-out = load balancer drops { $who }
story-recovering = { $who } coming back
story-not-healthy-within = not healthy within { $time }: { $who }
story-not-healthy = not healthy in time: { $who }
story-replacing = { $who } failed { $count ->
    [one] its checks and is replaced
   *[other] their checks and are replaced
}
story-no-quota = quota of { $quota }: { $refused ->
    [one] { $refused } launch refused
   *[other] { $refused } launches refused
}
story-turned-bad = new version fails { $share } of its requests
story-turned-good = new version fails no more requests
story-demand = demand is { $rate } from now on
story-no-request = no request to judge by
story-check-failed = check failed, { $bad } of { $failures }: { $measured }
story-check-passed = check passed: { $measured }
story-waiting-for-approval = waiting for a person's approval
story-approved = approved
story-marked = marked as not progressing
story-person-redeploys = a person redeploys in { $time }
story-goes-back = going back: the old version still runs
story-redeploys = redeploying the old version
story-goes-on = going on all the same
story-succeeded = deployment succeeded
story-rolled-back = rolled back
story-left = left as it is

## Why it failed

story-failed-no-room = nothing was deployed: { $minimum } of { $healthy } must stay healthy, so none may be worked on. A lower minimum would do.
story-failed-no-move = stuck: of { $desired } at least { $minimum } must run and at most { $maximum } may, so none can stop and none can start
story-failed-not-healthy = { $failed ->
    [one] { $failed } instance
   *[other] { $failed } instances
} not healthy in time: failed
story-failed-some-not-healthy = { $failed } of { $of } not healthy in time: failed
story-failed-minimum = { $healthy } healthy, the minimum is { $minimum }, { $pending } still to do: stopped
story-failed-none-succeeded = no instance succeeded: failed
story-failed-alarm = { $metric } { $value } for { $time }, { $beside }: alarm
story-failed-check = { $metric } { $value }, { $beside }: checks failed
story-failed-no-request = no request to judge by: checks failed
story-failed-circuit-breaker = { $failed } failed, the threshold is { $threshold }: circuit breaker
story-failed-retried = not healthy after { $time } of replacing: given up
story-failed-no-progress = no progress for { $time }
story-failed-quota = quota of { $quota }: no room for { $refused } in time: failed
story-failed-aborted = aborted by a person
story-failed-stuck = stuck: what it waits for never comes
story-failed-never-ends = { $failed ->
    [one] { $failed } instance
   *[other] { $failed } instances
} failed in a row and it would go on for ever: simulation stopped
story-failed-too-many-events = too many events: simulation stopped

## What is going on: a phase and what is done in it
## $lasting is how long it still takes (.for-another, .until), $then is when it comes (.in-time, .at-time)

story-time =
    .for-another = for another { $time }
    .until = until { $time }
    .in-time = in { $time }
    .at-time = at { $time }
story-now = { $phase }: { $activity }
story-now-traffic = { $share } of the traffic goes to { $version }, { $lasting }
story-now-bake = { $phase }; the old one is kept { $lasting }
story-now-watch = { $phase } { $lasting }
story-now-waiting = { $phase }: waiting { $lasting }
story-now-person = a person redeploys the old version { $then }
story-now-approval = { $phase }: a person has to approve
story-now-measuring = measuring the { $metric } { $lasting }
story-now-following = clients still follow, the last ones { $then }
story-now-no-quota = the quota of { $quota ->
    [one] { $quota } instance
   *[other] { $quota } instances
} leaves no room to launch
story-now-settling = in service, and has to stay healthy before the next step
story-now-draining = draining { $who }
story-now-launching = launching { $who }
story-now-installing = installing { $version } on { $who }
story-now-starting = starting { $version } on { $who }
story-now-checking = checking the health of { $who }
story-now-terminating = draining { $who } for good
story-now-dead = { $who } not answering
story-now-failed = { $who } failed

story-done = done: every instance runs the new version
story-done-partly = done: { $new } of { $desired } instances run the new version
story-back = rolled back: every instance runs the old version
story-back-partly = rolled back: { $old } of { $desired } instances run the old version
story-failed = failed and left as it is
story-failed-because = failed and left as it is. { $reason }

## The figures under it

story-figures = { $in_service }{ $failed ->
    [0] { "" }
   *[other] , { $failed } failed
}{ $dead ->
    [0] { "" }
   *[other] , { $dead } not answering
}, { $served }
    .downtime = downtime: nothing is in service{ $failed ->
    [0] { "" }
   *[other] , { $failed } failed
}{ $dead ->
    [0] { "" }
   *[other] , { $dead } not answering
}, { $lost } requests per second fail
story-serving = { $in_service } of { $desired } in service
    .more = { $in_service } in service where { $desired } are needed
story-served = { $served } of { $demand } requests per second served{ $refused ->
    [0] { "" }
   *[other] , { $refused } refused
}{ $lost ->
    [0] { "" }
   *[other] , { $lost } failed
}

## The stage in words: what is going on, what the instances do, what becomes of the requests

story-in-words = { $headline }. { $instances }; { $requests }
    .besides = { $text }. { $more }
story-at = at { $time } { $served }
story-count-about = about { $n }
story-count-old = { $n } old in service
story-count-new = { $n } new in service
story-count-both = { $new } new and { $old } old in service
story-count-nothing = downtime: nothing is in service
story-count-draining = { $n } draining
story-count-launching = { $n } launching
story-count-installing = { $n } installing
story-count-starting = { $n } starting
story-count-checking = { $n } being checked
story-count-terminating = { $n } draining for good
story-count-failed = { $n } failed
story-count-dead = { $n } not answering

poke-poke = Poke
poke-poke-meaning = Let something happen at this moment
poke-at = At { $time }
poke-kill-any = Kill an instance
poke-kill = Kill { $instance } here
poke-turn-bad = The new version turns bad: fails { $share }
poke-turn-good = The new version turns good
poke-abort = Abort the deployment
poke-approve = Approve now
poke-share = Turns bad by
    .meaning = The share of its requests that the new version fails when it turns bad.
poke-demand = Demand from here
    .meaning = Requests per second from this moment on.
poke-show-events = Events of the scenario …
poke-in-vain-over = The deployment is over by then. Go back to a moment before its end.
poke-in-vain-not-in-service = Only an instance in service can be killed.
poke-in-vain-same-share = The new version fails just so much already.
poke-in-vain-well = The new version is well.
poke-in-vain-has-failed = The deployment has failed already.
poke-in-vain-nothing-to-approve = No plan waits for a person at this moment.
poke-event-kill =
    { $n ->
        [one] kill { $n } instance at { $time }
       *[other] kill { $n } instances at { $time }
    }
poke-event-kill-instance = kill { $instance } at { $time }
poke-event-turn-bad = new version fails { $share } from { $time }
poke-event-turn-good = new version is well from { $time }
poke-event-demand = demand { $rate } from { $time }
poke-event-abort = abort at { $time }
poke-event-approve = approve at { $time }
poke-events =
    { $n ->
        [0] Events
       *[other] Events ({ $n })
    }
poke-no-events = Nothing happens of itself. Poke the deployment while it plays, or add an event.
poke-add-event = Add an event
poke-remove = Remove: { $event }
poke-when = At
    .meaning = How long after the deployment's start.
poke-what = Event
    .meaning = What happens.
poke-kinds-kill = instances die
poke-kinds-kill-instance = one instance dies
poke-kinds-turn-bad = turns bad
poke-kinds-turn-good = turns good
poke-kinds-demand = demand
poke-kinds-abort = abort
poke-kinds-approve = approval
poke-how-many = How many
    .meaning = So many of those in service die, whichever the seed says.
poke-which = Which
    .meaning = The instance's number: those of the start first, then in order of launch.
poke-after-the-end = After the deployment's end: it has no effect.
poke-mark = Event: { $event }
poke-compared = Compared with before
poke-compared-with-kept = Compared with the baseline
poke-keep = Keep
poke-keep-meaning = Keep as baseline: compare later changes with it too
poke-dismiss = Stop comparing
poke-simulating = Simulating …
poke-keys-kill = Kill the chosen instance, or any
poke-keys-turn = The new version turns bad, good
poke-keys-answer = Approve, abort
poke-keys-events = Events of the scenario
poke-keys-compare = Keep the baseline, stop comparing
poke-lost = the simulation stopped before its end
poke-line-kill =
    { $n ->
        [one] { $n } instance dies
       *[other] { $n } instances die
    }
poke-line-kill-instance = instance { $instance } dies
poke-line-turn-bad = fails { $share }
poke-line-demand = demand { $rate }
poke-turns-bad = The new version turns bad

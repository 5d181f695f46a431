controls-untitled = Untitled
controls-edited = edited
controls-saved = saved
controls-open = Open
controls-save = Save
controls-save-as = Save as
controls-undo = Undo
controls-redo = Redo
controls-theme = Theme
controls-language-menu = Language: { $name }
controls-help = Help
controls-close = Close
controls-cancel = Cancel
controls-presets-for-strategies = One for each strategy
controls-presets-situations = Situations
controls-presets-failing = When it fails
controls-presets-own = Your own
controls-strategy = Strategy
controls-fleet-and-traffic = Fleet and traffic
controls-timings = Timings
controls-load-balancer = Load balancer and health check
controls-chance = Chance
controls-counted-in = Counted in
controls-no-settings = This strategy has no settings of its own.
controls-steps-hint = Steps are edited in the scenario's file.
controls-demand-steps-hint = The levels are edited in the scenario's file.
controls-spread = Such as 60s, or varying: 40s..80s, 60s ± 10s, median 60s, p95 120s.
controls-no-seed = a seed is a whole number, such as 1
controls-rps = req/s
controls-percent-unit = %
controls-checks = checks
controls-never-ends = too long
controls-fails = fails
controls-goes-back = back
controls-scorecard = What it meant
controls-log = What happened
controls-log-empty = Nothing happened.
controls-close-why = Close why
controls-how-it-ended = How it ended
controls-ask-why = Click: why?
controls-play = Play
controls-pause = Pause
controls-to-start = To the start
controls-to-end = To the end
controls-previous-event = Previous event
controls-next-event = Next event
controls-time = Time
controls-keys-title = Keys
controls-unsaved-title = Save the changes?
controls-discard = Discard
controls-path-open-title = Open a scenario
controls-path-save-title = Save the scenario
controls-path = File
controls-path-why = This system shows no file dialog. Type the path of a file.
controls-path-exists = There is a file of this name already.
controls-replace = Replace
controls-file-kind = Scenario (RON)
controls-batch = Batch
    .meaning = How many instances are updated at the same time. A percentage is rounded up.
controls-minimum-healthy = Minimum healthy
    .meaning = So many instances stay in service at any time. A percentage is rounded up (CodeDeploy).
controls-surge = Surge
    .meaning = The most instances above the fleet's size (maxSurge). A percentage is rounded up.
controls-unavailable = Unavailable
    .meaning = The most instances below the fleet's size (maxUnavailable). A percentage is rounded down.
controls-progress-deadline = Progress deadline
    .meaning = After so long without progress the rollout is marked as stuck.
controls-new-version-percent = New version gets
    .meaning = The new version's share of the traffic during the evaluation.
controls-evaluation-time = Evaluation time
    .meaning = How long both versions are compared before all traffic moves.
controls-switch = Switch by
    .meaning = How clients get to the new environment: all at once, or as their DNS answers expire.
controls-ttl = Time to live
    .meaning = How long clients keep a DNS answer; they follow evenly over this time.
controls-bake = Bake
    .meaning = How long the old environment is kept after the switch, ready to go back to.
controls-first-share = First share
    .meaning = The new version's share of the traffic before it gets all of it.
controls-share-step = Share of a step
    .meaning = How much more of the traffic the new version gets at each step.
controls-interval = Interval
    .meaning = The time from one step to the next.
controls-new-set = New set
    .meaning = A full second set first, or one that grows with its share of the traffic.
controls-instances-setting = Instances
    .meaning = How many instances should be in service.
controls-one-serves = One serves
    .meaning = Requests per second that one instance in service can serve.
controls-demand = Demand
    .meaning = Requests per second that users send; 70 % of what the fleet serves unless it is set.
controls-demand-kind = Demand is
    .meaning = How the demand goes over time.
controls-wave-mean = Mean
    .meaning = The demand in the middle of the wave.
controls-wave-amplitude = Amplitude
    .meaning = How far the demand goes above and below the mean; at most the mean.
controls-wave-period = Period
    .meaning = The time of one whole wave.
controls-ramp-from = From
    .meaning = The demand at the start.
controls-ramp-to = To
    .meaning = The demand at the end of the ramp, and from then on.
controls-ramp-over = Over
    .meaning = How long the change takes.
controls-settle = Settle
    .meaning = How long an instance must stay healthy before the plan goes on. It serves meanwhile.
controls-drain = Drain
    .meaning = How long an instance finishes what it has and takes nothing new (deregistration delay).
controls-request-takes = A request takes
    .meaning = The mean time of one request: what is in flight when an instance stops is cut.
controls-check-interval = Check every
    .meaning = The time between two health checks of an instance.
controls-healthy-threshold = Healthy after
    .meaning = Passed checks in a row until an instance is in service.
controls-seed = Seed
    .meaning = The random numbers' seed. Another one draws other times where they vary.
controls-boot = Boot
    .meaning = From the launch of a new instance until its install begins.
controls-install = Install
    .meaning = Installing the new version on an instance.
controls-startup = Startup
    .meaning = From the application's start until its first health check.
controls-themes-like-the-system = Like the system
controls-themes-light = Light
controls-themes-dark = Dark
controls-switches-load-balancer = load balancer
controls-switches-dns = DNS
controls-new-sets-full = full
controls-new-sets-in-proportion = in proportion
controls-counts-instances = instances
controls-counts-percent = percent
controls-demand-kinds-constant = constant
controls-demand-kinds-a-wave = a wave
controls-demand-kinds-a-ramp = a ramp
controls-demand-kinds-in-steps = in steps
controls-instances = { $n ->
    [one] 1 instance
   *[other] { $n } instances
}
controls-scenario-menu = Scenario: { $name }
controls-scenario-menu-edited = Scenario: { $name }, edited
controls-window-title = { $name } – { $program }
controls-window-title-edited = • { $name } – { $program }
controls-at-least = at least { $least }
controls-at-most = at most { $most }
controls-instances-unit = { $n ->
    [one] instance
   *[other] instances
}
controls-batch-is = { $size } of { $n ->
    [one] { $n } instance
   *[other] { $n } instances
}, { $batches ->
    [one] { $batches } batch
   *[other] { $batches } batches
}
controls-batch-comes-to = { $part } of { $n } = { $size ->
    [one] { $size } instance
   *[other] { $size } instances
}, { $batches ->
    [one] { $batches } batch
   *[other] { $batches } batches
}
controls-minimum-comes-to = { $part } of { $n } = { $stay } stay healthy, { $room } at a time
controls-minimum-comes-to-all = { $part } of { $n } = { $stay } stay healthy: none may be worked on
controls-minimum-is = { $stay } of { $n } stay healthy, { $room } at a time
controls-minimum-is-all = { $stay } of { $n } stay healthy: none may be worked on
controls-fenceposts-come-to = { $share } = { $up } above, { $down } below
controls-fenceposts-are = { $up } above, { $down } below
controls-step-launch = Launch { $part }
controls-step-update = Update { $part }
controls-step-shift = { $share } of the traffic to the new group
controls-step-wait = Wait for { $time }
controls-step-approve = Wait for approval
controls-step-check-at-most = Check for { $over }: { $metric } at most { $threshold }{ $failures ->
    [one] {""}
   *[other] , { $failures } bad ones fail it
}
controls-step-check-at-least = Check for { $over }: { $metric } at least { $threshold }{ $failures ->
    [one] {""}
   *[other] , { $failures } bad ones fail it
}
controls-step-replace = Replace up to { $to }, { $surge } above, { $unavailable } below
controls-step-end-old = End the old group
controls-step-end-new = End the new group
controls-demand-level = from { $at }: { $rate }
controls-and-more = and { $n } more
controls-picture = capacity { $capacity }
controls-picture-range = capacity from { $lowest } to { $most }
controls-why-figure = Why? { $label }: { $value }
controls-ribbon-mark = { $at } { $what }
controls-speed = { $factor }×
controls-speed-button = Speed: { $speed }
controls-speed-entry = { $speed }, all of it in { $takes }
controls-of-end = of { $end }
controls-clock-of = { $t } of { $end }
controls-cannot-open = This scenario cannot be opened
controls-cannot-open-problems = This scenario cannot be opened: { $n } problems
controls-place = { $file }, line { $line }, column { $column }
controls-advice = Help: { $help }
controls-cannot-simulate = { $name }: { $why }
controls-change-refused = The change was not taken: { $why }.
controls-unsaved = “{ $name }” was changed and is not saved.

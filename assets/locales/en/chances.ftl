chances-odds = Odds
chances-odds-question = How sure is that, with jitter and failures?
chances-runs = Runs
chances-number = Number of runs
    .meaning = Each run is this deployment with other random numbers. More runs, narrower intervals.
chances-first-seed = First seed
    .meaning = The first run's seed; the others' follow it. The same seeds give the same result.
chances-targets = Targets
chances-targets-meaning = State a limit, and see how likely it is kept.
chances-add-target = Add a target
chances-figure = Figure
chances-side = Limit
chances-at-most = at most
chances-at-least = at least
chances-value = Value
chances-remove-target = Remove target { $n }
chances-no-duration = Write a duration such as 15m, or seconds.
chances-no-percentage = Write a percentage such as 90%.
chances-no-number = Write a number.
chances-nothing-varies = Nothing in this scenario is left to chance
chances-nothing-varies-why = Every run comes to the same. Let something vary, and thousands of runs show how likely each outcome is.
chances-let-install = Let the install vary: { $spread }
chances-let-startup = Let the start-up vary: { $spread }
chances-stop = Stop
chances-go-on = Go on
chances-made = { $runs ->
    [one] One run
   *[other] { $runs } runs
 } with the seeds { $first } to { $last }
chances-stopped = Stopped after { $runs } of { $all } runs
chances-interval = { $between }, 95 % sure
chances-chance = { $what }: { $share } (95 % sure: { $between })
chances-watch-one = Click to watch such a run.
chances-watch-miss = Click to watch a run that misses it.
chances-kept-at-most = { $figure } at most { $value }
chances-kept-at-least = { $figure } at least { $value }
chances-and = { $one } and { $other }
chances-quantiles = Median { $median }, 90 % of the runs no worse than { $p90 }, 95 % { $p95 }, 99 % { $p99 }, worst { $worst }
chances-some = Only in { $some } of { $all } runs
chances-short = Median { $median }, 90 % { $p90 }, 95 % { $p95 }, 99 % { $p99 }, worst { $worst }
chances-short-meaning = So many per cent of the runs are no worse than what stands beside them.
chances-peak = Highest bar: { $share } of the runs
chances-bar-named = { $figure } { $bar }
chances-bar = { $from } to { $to }: { $runs ->
    [one] one run
   *[other] { $runs } runs
 }, { $share }
chances-bar-of-one = { $value }: { $runs ->
    [one] one run
   *[other] { $runs } runs
 }, { $share }
chances-picture = { $figure }. { $quantiles }
chances-picture-hint = The arrow keys go from bar to bar, Enter watches a run that fell into it.
chances-same = The same in every run: { $figures }
chances-same-figure = { $figure } { $value }
chances-alarm = Alarm
chances-missed = A bad release is missed
chances-false-alarm = A healthy one alarms falsely
chances-in-first-step = in the first step of the traffic
chances-error-rate = A bad release fails
    .meaning = The share of its requests that the release fails which the alarm should catch.
chances-certainty = To be caught with
    .meaning = How sure it should be that the alarm catches such a release.

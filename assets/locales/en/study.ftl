study-figure-duration = Duration
study-figure-downtime = Downtime
study-figure-degraded = Below demand
study-figure-mixed-versions = Mixed versions
study-figure-min-capacity = Lowest capacity
study-figure-max-instances = Most instances
study-figure-extra-instance = Extra cost
study-figure-requests = Requests
study-figure-failed = Requests failed
study-figure-failed-by = Failed: { $cause }
study-figure-failed-share = Share failed
study-figure-availability = Availability
study-figure-exposed = Exposed
study-figure-exposed-share = Share exposed
study-figure-rollback = Rollback
study-figure-time-to-notice = Time to notice
study-figure-back-to-good = Back to good
study-figure-left-old = Left with the old version
study-figure-left-new = Left with the new version
study-figure-left-failed = Left failed
study-figure-left-mixed = Left mixed
study-if-bad = If it is bad: { $figure }
study-none = none
study-never = never
study-best = best
study-worst = worst
study-baseline = baseline
study-now = now
study-refused = cannot be run: { $why }
study-all-settings = { $suitable } of { $all } settings meet { $needs ->
    [0] everything: nothing is asked
    [one] the requirement
   *[other] all { $needs } requirements
}.
study-best-is = { $best } has { $value } ({ $figure }), the best of them.
study-second-is = Next comes { $second } with { $value }.
study-beyond = { $other } would have { $value } and misses { $need } by { $by }.
study-nothing-beyond = No other setting would be better.
study-nearest-is = { $other } comes nearest: it misses { $need } by { $by }{ $more ->
    [0] .
    [one] , and 1 more requirement.
   *[other] , and { $more } more requirements.
}
study-nearest = The nearest that do not
study-misses = misses
study-strategy = strategy
study-total = total
study-where-time-goes = Where the time goes
study-work-draining = draining
study-work-boot = boot
study-work-install = install
study-work-startup = startup
study-work-health-checks = health checks
study-work-settling = settling
study-work-ending = draining for good
study-work-unnoticed = not noticed
study-work-waiting = waiting
study-setting = setting
study-value = value
study-step-down = a step down
study-step-up = a step up
study-no-lever = No setting moves it.

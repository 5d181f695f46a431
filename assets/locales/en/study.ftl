study-figure-duration = Duration
    .meaning = From the start until nothing is left to do.
study-figure-downtime = Downtime
    .meaning = Time with no instance in service at all.
study-figure-degraded = Below demand
    .meaning = Time with less capacity than is asked for, downtime included.
study-figure-mixed-versions = Mixed versions
    .meaning = Time in which both versions get traffic.
study-figure-min-capacity = Lowest capacity
    .meaning = The least capacity in service, of what the whole fleet has.
study-figure-max-instances = Most instances
    .meaning = The most instances that existed at once.
study-figure-extra-instance = Extra cost
    .meaning = Instance-hours beyond the fleet's size.
study-figure-requests = Requests
    .meaning = Requests that came during the deployment.
study-figure-failed = Requests failed
    .meaning = Requests refused, cut off, failed or sent nowhere, during the deployment.
study-figure-failed-by = Failed: { $cause }
study-figure-failed-share = Share failed
    .meaning = Failed requests, of all that came.
study-figure-availability = Availability
    .meaning = The share of all requests that were served.
study-figure-exposed = Exposed
    .meaning = Requests that the new version got before it was fully rolled out.
study-figure-exposed-share = Share exposed
    .meaning = Requests that the new version got before it was fully rolled out, of all.
study-figure-rollback = Rollback
    .meaning = From the decision to go back until the old version serves everything at full capacity.
study-figure-time-to-notice = Time to notice
    .meaning = From the first thing that went wrong until the deployment was known to have failed.
study-figure-back-to-good = Back to good
    .meaning = From the first thing that went wrong until the old version serves everything again.
study-figure-left-old = Left with the old version
    .meaning = Instances that run the old version when all is over.
study-figure-left-new = Left with the new version
    .meaning = Instances that run the new version when all is over.
study-figure-left-failed = Left failed
    .meaning = Instances that do not serve when all is over because they died or failed.
study-figure-left-mixed = Left mixed
    .meaning = The fewer of the two versions' instances when all is over.
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
study-of-bad-release = { $meaning } With a bad release.

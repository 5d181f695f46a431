pictures-stage = Stage
pictures-old-version = old version
pictures-new-version = new version
pictures-refused-or-failed = failed
pictures-load-balancer = load balancer
pictures-fleet = fleet
pictures-downtime = downtime
pictures-plot-capacity = Capacity against demand, requests per second
pictures-plot-traffic = Traffic by version, share served
pictures-plot-failed = Requests failed, per second
pictures-nothing-fails = no request fails
pictures-alarm-here = alarm
pictures-failed-here = failed
pictures-went-back-here = goes back
pictures-shortfall = short of demand
pictures-demand = demand
pictures-failed-tile = failed
pictures-dead-tile = dead
pictures-unhealthy = failing
pictures-never-passes = It never passes its checks.
pictures-mixed-group-names-there-at-the-start = there at the start
pictures-mixed-group-names-launched-since = launched since
pictures-refused = { $rate } refused
pictures-failing-new-version = { $rate } failed by the new version
pictures-failing-dead = { $rate } sent to dead instances
pictures-failing-dns = { $rate } sent to the ended environment
pictures-failing-there = { $rate } fail where they are sent
pictures-new-version-fails = new version, fails { $share }
pictures-trouble-failed = { $counted ->
    [about] about { $n } failed
   *[exactly] { $n } failed
}
pictures-trouble-dead = { $counted ->
    [about] about { $n } not answering
   *[exactly] { $n } not answering
}
pictures-trouble-failed-short = { $counted ->
    [about] about { $n } failed
   *[exactly] { $n } failed
}
pictures-trouble-dead-short = { $counted ->
    [about] about { $n } dead
   *[exactly] { $n } dead
}
pictures-group = { $n } of { $of } in service
pictures-group-share = { $share } of the traffic · { $n } of { $of } in service
pictures-group-asked = { $share } of the traffic, asked { $asked } · { $n } of { $of } in service
pictures-group-short = { $n }/{ $of }
pictures-group-share-short = { $share } · { $n }/{ $of }
pictures-group-asked-short = { $share }, asked { $asked } · { $n }/{ $of }
pictures-group-original = original group
pictures-group-temporary = temporary group
pictures-group-blue = blue
pictures-group-green = green
pictures-group-additional = additional batch
pictures-group-old-pods = old pods
pictures-group-new-pods = new pods
pictures-group-old-tasks = old tasks
pictures-group-new-tasks = new tasks
pictures-group-old-instances = old instances
pictures-group-new-instances = new instances
pictures-group-old = old group
pictures-group-new = new group
pictures-cell-stands-for = 1 cell = { $n } instances
pictures-tile-new = v2
pictures-tile-old = v1
pictures-tile-draining = drain
pictures-tile-launching = launch
pictures-tile-installing = install
pictures-tile-starting = start
pictures-tile-checking = check
pictures-tile-terminating = end
pictures-tile-gone = gone
pictures-instance-title = { $number }, { $version }
pictures-instance-state = { $state } since { $since }
pictures-instance-state-of = { $state } since { $since }, { $done } of { $whole }
pictures-dead-consequence = It still gets requests, and fails them, until the load balancer notices.
pictures-failed-consequence = It is out of service and gets no requests.
pictures-errors-consequence = It fails { $share } of its requests.
pictures-demand-label = demand { $demand }
pictures-capacity-of-demand = capacity { $capacity }, demand { $demand }
pictures-nothing-served = nothing is served
pictures-traffic-by-version = old version { $old }, new version { $new }
pictures-cause-no-capacity = nothing in service
pictures-cause-overload = over capacity
pictures-cause-cut-off = cut off
pictures-cause-stale-dns = to ended environment
pictures-cause-new-version = by the new version
pictures-cause-dead = to dead instances
# As short as can be.
pictures-cause-no-capacity-short = down
pictures-cause-overload-short = overload
pictures-cause-cut-off-short = cut off
pictures-cause-stale-dns-short = DNS
pictures-cause-new-version-short = version
pictures-cause-dead-short = dead
pictures-cut-off-more = + { $requests } cut off
pictures-failed-of = { $rps } { $cause }
pictures-marked-at = { $what } at { $at }
pictures-none-failed = no failed requests
pictures-failed-per-second = { $rps } failed req/s

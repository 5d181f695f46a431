stage-cell-stands-for = 1 cell = { $n } instances
stage-cell-stands-for-about = 1 cell = { $n } instances, counted in part
stage-shown-of = { $from } to { $to } of { $of }
stage-show-all = Show all
stage-unpin = Unpin { $name }
stage-pinned = Pinned: instance { $name }
stage-instance = Instance { $name }
stage-instances = Instances { $from } to { $to }
stage-life = Its life: { $life }
stage-life-part = { $state } { $for }
stage-life-since = { $state } to the end
stage-users = Users
stage-users-now = { $rps } requests per second now, at most { $peak }
stage-balancer = Load balancer
stage-balancer-does = It sends each request to one of the instances in service.
stage-balancer-to = { $n ->
    [0] No instance gets requests.
    [one] One instance gets requests.
   *[other] { $n } instances get requests.
}
stage-served = { $rps } of { $demand } requests per second are served
stage-refused = { $rps } are refused here
stage-failed-there = { $rps } fail where they are sent
stage-stream = Traffic
stage-stream-of = { $version }: { $rps } requests per second, { $share }
stage-stream-each = An instance gets { $rps } of the { $most } requests per second that it can serve.
stage-nothing-flows = Nothing gets through.
stage-group-of = { $n ->
    [one] One instance
   *[other] { $n } instances
}
stage-count = { $n } { $state }
stage-about-count = about { $n } { $state }
stage-share = { $share } of the traffic
stage-becomes-new = is being given the new version
stage-becomes-old = is being given the old version

verdict-share-stops-all = { $share } of { $of } instances is { $minimum } rounded up: none may be updated, so the deployment fails at once. A minimum of { $works } works.
verdict-count-stops-all = { $minimum } of { $of } instances must stay healthy: none may be updated, so the deployment fails at once. A minimum of { $works } works.
verdict-nothing-may-move = Of { $desired } tasks at least { $least } must run and at most { $most } may: none may stop and none may start, so the deployment never ends. A minimum of { $minimum } or a maximum of { $maximum } works.
verdict-no-room = This takes { $needed } instances at once, and the quota is { $quota }. A quota of { $needed } works.
verdict-no-approval = The plan waits for { $asked ->
    [one] { $asked } approval
   *[other] { $asked } approvals
} and gets { $given ->
    [0] none
   *[other] { $given }
}: it never ends. An Approve event for each works.
verdict-step-too-short = The step at { $share } of the traffic lasts { $lasts }, and the alarm needs { $needs }{ $periods ->
    [one] {""}
   *[other] {" "}({ $periods } periods of { $period })
}: the next step comes before it can go off.
verdict-alarm-is-blind = At { $share } of the traffic the new version can fail { $share } of all requests at most, and the alarm goes off above { $threshold }: it cannot see this step. An alarm on the new version's own requests can.
verdict-too-few-requests = At { $share } of the traffic the new version gets about { $expected } requests in { $over }. To see an error rate of { $threshold } takes { $needed }.

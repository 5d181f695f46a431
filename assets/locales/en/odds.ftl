odds-what = { $strategy }, { $runs ->
    [one] one run
   *[other] { $runs } runs
 } with the seeds { $seeds }
odds-seeds = { $first } to { $last }
odds-progress = { $done } of { $runs } runs, { $rate } a second, { $left } left
odds-probability = probability
odds-interval = { $confidence } sure
odds-example = for example
odds-between = { $low } to { $high }
odds-seed = seed { $seed }
odds-missed-by = missed by seed { $seed }
odds-succeeded = It succeeds
odds-rolled-back = It is rolled back
odds-fails = It fails
odds-downtime = There is downtime
odds-requests-fail = Requests fail
odds-all-met = All that is required
odds-median = median
odds-worst = worst
odds-about = Quantiles of more than 10,000 different values are within 0.1 % of their value.
odds-judgement = What the alarm can tell in the first step of the traffic
odds-judgement-sees = At { $share } of the traffic it sees { $requests } requests a period; { $bad } failed ones are a bad period.
odds-judgement-catches = A version that fails { $rate } of its requests is caught with a probability of { $catches } in the step's { $periods ->
    [one] one whole period
   *[other] { $periods } whole periods
 }.
odds-judgement-false-alarm = A healthy version sets it off with a probability of { $probability }.
odds-judgement-needs-time = To catch it with { $certainty } certainty at this share takes { $time }.
odds-judgement-needs-no-time = No time at this share catches it with { $certainty } certainty.
odds-judgement-needs-share = To catch it with { $certainty } certainty in this step takes { $share } of the traffic.
odds-judgement-needs-no-share = No share catches it with { $certainty } certainty in this step.

lanes-view = View of the fleet
lanes-view-stage = Stage
lanes-view-lanes = Lanes
lanes-view-stage-means = Traffic and instances at one moment
lanes-view-lanes-means = An instance a row, time from left to right
lanes-key = Stage or lanes
lanes-key-fleet = To the fleet: arrows choose an instance, Enter pins it
lanes-to-fleet = Choose an instance by keyboard
lanes-pin = Click a row to keep it here in large
lanes-zoom = Shift+drag: zoom in
lanes-zoomed = Double click: the whole time again
lanes-part-shown = { $from } to { $to }
lanes-degraded = below demand
lanes-fails-a-share = fails a share
lanes-ghost = before the change
lanes-not-there = not there
lanes-row-stands-for = { $count ->
    [one] 1 row = 1 instance
   *[other] 1 row = { $count } instances
}
lanes-more = { $count ->
    [one] and 1 more
   *[other] and { $count } more
}
lanes-one-of = { $instance }, one of { $count } in this row
lanes-life = { $instance }: { $life }
lanes-part = { $state } { $from } to { $to }, { $length }
lanes-part-lasting = { $state } from { $from }
lanes-in-service = { $count } of { $of } in service

change-undo = Undo { $change }
change-redo = Redo { $change }
change-nothing = nothing
change-and-more = { $first } and { $more } more
change-setting = { $setting } { $value }
change-setting-event = { $event }
change-moved = move: { $event }
change-removed = removal of: { $event }
change-of-the-alarm = alarm: { $setting }
change-instances =
    { $n ->
        [one] { $n } instance
       *[other] { $n } instances
    }
change-batch = Batch size
change-name = Name
change-description = Description
change-steps = own steps
change-threshold = Alarm threshold
change-alarm = Alarm

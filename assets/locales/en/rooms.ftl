rooms-rooms = Rooms
rooms-watch = Watch
rooms-watch-question = What happens during this deployment?
rooms-compare = Compare
rooms-compare-question = Which policy suits me?
rooms-before = Before the change
rooms-now = As it is now
rooms-working = Simulating…
rooms-running = Simulating { $done } of { $all }
rooms-all-strategies = All strategies on this fleet
rooms-with-before = With what it was before
rooms-add = Add
rooms-show-shared = Shared settings
rooms-hide-shared = Hide shared settings
rooms-shared-meaning = Fleet, traffic, timings and release: a change holds for all that are compared.
rooms-done-at = done at { $at }
rooms-card = { $name }, { $baseline ->
    [yes] baseline, 
   *[no] {""}
}{ $state }
rooms-card-hint = Click to watch it alone.
rooms-remove = Remove { $name }
rooms-make-baseline = Compare the others with { $name }
rooms-ends = { $name } ends
rooms-keys-rooms = To a room, in the order of the tabs

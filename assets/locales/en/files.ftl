files-recent = Recent files
files-none-recent = No file was open yet.
files-gone = { $name } (gone)
files-ron = RON
files-ron-title = Scenario as RON
files-ron-meaning = The scenario's text beside the stage: read it, edit it, copy it.
files-copy = Copy
files-copied = copied
files-close-ron = Close the text
files-line = Line { $line }, column { $column }
files-behind = The settings were changed meanwhile. What is written here replaces them as soon as it is right.
files-show-settings = Show the settings instead
files-cannot-paste = { $n ->
    [one] What was pasted is no scenario
   *[other] What was pasted is no scenario: { $n } problems
}
files-nothing-changed = Nothing was changed.
files-clipboard = pasted text
files-drop = Drop to open { $name }
files-drop-unnamed = Drop to open this file
files-no-folder = there is no folder { $folder }
files-is-folder = a folder is called so
files-file-read-only = this file is read-only
files-folder-read-only = nothing may be written in { $folder }
files-disk-full = the disk is full
files-not-saved = Not saved to { $path }: { $why }. Your changes are still here.
files-changed = { $name } was changed by another program.
files-reload = Reload
files-keep = Keep what is here
files-wrong = { $name }, line { $line }: { $message }. The last good version is shown until this is right.
files-unreadable = { $message }. The last good version is shown.
files-vanished = { $name } is gone. Save writes it again.
files-overwrite-title = Replace what another program wrote?
files-overwrite = { $name } was changed by another program after it was opened here.
files-recover-title = Recover unsaved work?
files-recover = Recover the unsaved work on “{ $title }” from { $ago }?
files-recover-yes = Recover
files-recover-later = Esc: ask again at the next start.
files-ago-moment = a moment ago
files-ago-minutes = { $n ->
    [one] 1 minute ago
   *[other] { $n } minutes ago
}
files-ago-hours = { $n ->
    [one] 1 hour ago
   *[other] { $n } hours ago
}
files-ago-days = { $n ->
    [one] 1 day ago
   *[other] { $n } days ago
}
files-not-kept = Unsaved work cannot be kept against a crash: { $why }
files-draft-left = Saved as the settings are. The text beside the stage is no scenario yet and was not saved.
files-folder = In { $folder }
files-key-ron = The scenario as RON, to read and to edit
files-key-copy = Copy the scenario as RON
files-key-paste = Paste a scenario as RON

command-standard-output = the standard output
command-picture = capacity in service, requests per second
command-explain-outcome = What happened
command-explain-failed = Why requests failed
command-explain-downtime = Why there was downtime
command-explain-settings = What the settings come to
command-explain-is-for-the-table = `--explain` and `--explain-at` are for people: they go with `--format table` alone

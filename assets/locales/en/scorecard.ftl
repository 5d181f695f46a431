scorecard-failed = Requests failed
scorecard-better = better
scorecard-worse = worse
scorecard-none = none

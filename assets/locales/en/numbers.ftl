numbers-under-a-ms = under 1 ms
numbers-ms = { $ms } ms
numbers-s = { $s } s
numbers-min = { $min } min
numbers-min-s = { $min } min { $s } s
numbers-h = { $h } h
numbers-h-min = { $h } h { $min } min
numbers-d = { $d } d
numbers-d-h = { $d } d { $h } h
numbers-percent = { $digits } %
numbers-rate = { $n } req/s
# A figure whose label says that it counts requests.
numbers-requests = { $n }
# A figure whose label says that it counts instances.
numbers-instances = { $n }
numbers-list = { $before }, { $next }

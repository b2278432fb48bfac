-- get.lua: for wrk: GETs the paths given as arguments in turn (none: the URL's own), and prints one
-- line: requests, microseconds, p50 and p99 in microseconds, bytes, failures.

local paths, at = {}, 0

function init(args)
	for i = 1, #args do
		paths[i] = wrk.format("GET", args[i])
	end
	if #paths == 0 then
		paths[1] = wrk.format("GET")
	end
end

function request()
	at = at % #paths + 1
	return paths[at]
end

function done(summary, latency)
	local e = summary.errors
	io.write(string.format("figures: %d %d %d %d %d %d\n", summary.requests, summary.duration,
		latency:percentile(50), latency:percentile(99), summary.bytes,
		e.connect + e.read + e.write + e.timeout + e.status))
end

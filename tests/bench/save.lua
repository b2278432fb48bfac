-- save.lua: for wrk, with as many threads as connections: each thread edits an integration of its
-- own, over and over. Arguments: the csrf token, the host, then "PATH VERSION" for each thread.

local threads = {}

function setup(thread)
	thread:set("number", #threads + 1)
	table.insert(threads, thread)
end

function init(args)
	local csrf, host = args[1], args[2]
	failures, version = 0, 0
	path, version = args[2 + number]:match("^(%S+) (%d+)$")
	form = "csrf=" .. csrf .. "&name=zz-save-" .. number .. "&url_key=url&role_member=1&scope=all" ..
		"&url=https%3A%2F%2Fapi.bench.example%2Fv3&secret.token=a-token-of-the-bench"
	wrk.headers["Host"] = host
	wrk.headers["Origin"] = "http://" .. host
	wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
end

function request()
	return wrk.format("POST", path, nil, form .. "&version=" .. version)
end

-- A saved form answers 303 and has raised the version by one.
function response(status)
	if status == 303 then
		version = version + 1
	else
		failures = failures + 1
	end
end

function done(summary, latency)
	local failed = 0
	for _, thread in ipairs(threads) do
		failed = failed + thread:get("failures")
	end
	io.write(string.format("figures: %d %d %d %d %d %d\n", summary.requests, summary.duration,
		latency:percentile(50), latency:percentile(99), summary.bytes, failed))
end

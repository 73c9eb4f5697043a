-- post.lua: for wrk.  A form by POST, or with nothing behind the URL a GET; what was
-- measured goes to stderr as one line: seconds, answers, others than 2xx and 3xx,
-- failures, and the latency's p50, p99 and maximum in microseconds.
function init(args)
    if args[1] then
        wrk.method = "POST"
        wrk.body = args[1]
        wrk.headers["Origin"] = args[2]
        wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
    end
end

function done(summary, latency)
    local errors = summary.errors
    io.stderr:write(string.format("%.3f %d %d %d %d %d %d\n", summary.duration / 1e6,
        summary.requests, errors.status, errors.connect + errors.read + errors.write + errors.timeout,
        latency:percentile(50), latency:percentile(99), latency.max))
end

-- post.lua: for wrk.  A form by POST, or with nothing behind the URL a GET; with a file of cookies
-- each request brings the next one, as a browser does that was sent it for its first record.  What was
-- measured goes to stderr as one line: seconds, answers, others than 2xx and 3xx, failures, and
-- the latency's p50, p99 and maximum in microseconds.
local threads, started = 2, 0 -- wrk's; each takes every second cookie

function setup(thread)
    thread:set("at", started)
    started = started + 1
end

local function bring(file)
    local cookies = {}
    for line in io.lines(file) do
        cookies[#cookies + 1] = line
    end
    request = function()
        wrk.headers["Cookie"] = cookies[at % #cookies + 1]
        at = at + threads
        return wrk.format()
    end
end

function init(args)
    if args[1] then
        wrk.method = "POST"
        wrk.body = args[1]
        wrk.headers["Origin"] = args[2]
        wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
    end
    if args[3] then
        bring(args[3])
    end
end

function done(summary, latency)
    local errors = summary.errors
    io.stderr:write(string.format("%.3f %d %d %d %d %d %d\n", summary.duration / 1e6,
        summary.requests, errors.status, errors.connect + errors.read + errors.write + errors.timeout,
        latency:percentile(50), latency:percentile(99), latency.max))
end

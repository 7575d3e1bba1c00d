-- The load of one kind of work: random people, random threads. wrk counts every answer whose status is not a success;
-- the bench fails on the first.
--
-- wrk ... -- KIND TOKENS PRACTICE THREADS EPOCH_MS STEP_MS

local threads_started = 0

function setup(thread)
    threads_started = threads_started + 1
    thread:set("number", threads_started)
end

local function headers_of(path, posts)
    local all = {}
    for token in io.lines(path) do
        local headers = { ["Authorization"] = "Bearer " .. token }
        if posts then headers["Content-Type"] = "application/json" end
        all[#all + 1] = headers
    end
    return all
end

local statuses = { "open", "in-progress", "waiting-patient", "waiting-provider" }

local function thread_id(n)
    local time = string.format("%012x", epoch_ms + n * step_ms)
    return string.format("%s-%s-7005-8%03x-%012x", time:sub(1, 8), time:sub(9, 12), practice, n)
end

-- Only threads that are not closed take a reply: 43 of each hundred.
local function active_thread()
    return thread_id(math.random(0, math.floor(threads / 100) - 1) * 100 + math.random(0, 42))
end

local reply = '{"messageText":"Good morning. Thank you for telling us. Please keep the area dry until tomorrow evening, '
    .. 'and put the moisturizer on twice a day. If it is not better by the end of the week, write to us again."}'

local question = '{"subject":"rash after cream","category":"medical","messageText":"I have a rash on my arm since '
    .. 'Monday. It started after the new cream and itches at night. I have stopped the cream, but it has not become '
    .. 'better. What should I do now?"}'

local staff, portal = "/api/patient-messages", "/api/patient-portal/messages"

local work = {
    inbox = function() return "GET", staff .. "/threads?limit=50&status=" .. statuses[math.random(#statuses)] end,
    thread = function() return "GET", staff .. "/threads/" .. thread_id(math.random(0, threads - 1)) .. "?limit=50" end,
    unread = function() return "GET", staff .. "/unread-count" end,
    portal_list = function() return "GET", portal .. "/threads?limit=50" end,
    send = function() return "POST", staff .. "/threads/" .. active_thread() .. "/messages", reply end,
    portal_start = function() return "POST", portal .. "/threads", question end,
}

function init(args)
    local kind = args[1]
    practice, threads = tonumber(args[3]), tonumber(args[4])
    epoch_ms, step_ms = tonumber(args[5]), tonumber(args[6])
    math.randomseed(os.time() * 10 + number)
    next_request = work[kind]
    people = headers_of(args[2], kind == "send" or kind == "portal_start")
end

function request()
    local method, path, body = next_request()
    return wrk.format(method, path, people[math.random(#people)], body)
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        "RESULT requests=%d microseconds=%d status=%d socket=%d p50=%d p95=%d p99=%d max=%d\n",
        summary.requests, summary.duration, errors.status,
        errors.connect + errors.read + errors.write + errors.timeout,
        latency:percentile(50), latency:percentile(95), latency:percentile(99), latency.max))
end

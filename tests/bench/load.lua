-- What load.ts does, for wrk, but for looking at the answers, which would slow the generator down.
-- Secrets are read where they lie: 52 MB of them as one string made the generator itself stand still for
-- some 30 ms now and then, which was most of its 99th percentile, against the bare server as well.
-- Arguments: file of secrets, service key, kind, keys.
local file, width, count, service, kind, keys

function init(args)
  file = io.open(args[1], "rb")
  width = #file:read("*l") + 1
  count = file:seek("end") / width
  service, kind, keys = args[2], args[3], args[4]
  math.randomseed(os.time())
end

function request()
  file:seek("set", math.random(0, count - 1) * width)
  local secret = file:read(width - 1)
  if keys == "malformed" then secret = secret:sub(1, -2) .. "!" end
  local address = "10." .. math.random(0, 255) .. "." .. math.random(0, 255) .. ".7"
  if kind == "gate" then
    return wrk.format("GET", "/api/v1/gate", {
      ["X-Keydesk-Service"] = service, ["X-API-Key"] = secret, ["X-Forwarded-For"] = address,
    })
  end
  local body = '{"key":"' .. secret .. '"'
  if keys == "unknown" then body = body .. ',"ip":"' .. address .. '"' end
  return wrk.format("POST", "/api/v1/verify", {
    ["Authorization"] = "Bearer " .. service, ["Content-Type"] = "application/json",
  }, body .. "}")
end

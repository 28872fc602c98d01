-- The statements of a profile, each once. What they say is read one by one.
SELECT
  profile, period, profile_version, definitions,
  toUnixTimestamp(from_at) * 1000 AS from_at_ms,
  toUnixTimestamp(to_at) * 1000 AS to_at_ms,
  call_evidence, ticket_evidence, due_ticket_evidence, calls_status, tickets_status, form, id, sha256, simulated,
  toUnixTimestamp64Milli(last_emitted_at) AS last_emitted_at_ms
FROM statements FINAL
WHERE profile = {profile:String}
ORDER BY period, from_at, profile_version, call_evidence, ticket_evidence, due_ticket_evidence, calls_status, tickets_status, form, sha256
LIMIT 1 BY id

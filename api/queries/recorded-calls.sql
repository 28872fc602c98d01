-- Calls of a range as planning looks at them: winners that asked for a person, and outbound calls, by arrival.
--
-- Callers and seats come as hashes: who belongs together matters, and nobody's pseudonym leaves the store. 0 stands for
-- what never was. Winners are chosen before anything is looked at, as in call-winners.sql.
SELECT
  toUnixTimestamp64Milli(arrived_at) AS arrived_at_ms,
  ifNull(toUnixTimestamp64Milli(queued_at), 0) AS queued_at_ms,
  ifNull(toUnixTimestamp64Milli(answered_at), 0) AS answered_at_ms,
  toUnixTimestamp64Milli(ended_at) AS ended_at_ms,
  toInt8(outcome) AS outcome,
  direction = 'OUTBOUND' AS is_outbound,
  if(caller = '', 0, 1 + bitShiftRight(cityHash64(caller), 12)) AS caller_key,
  if(agent IS NULL, -1, toInt64(bitShiftRight(cityHash64(assumeNotNull(agent)), 34))) AS seat_key,
  line,
  region,
  startsWith(call_id, 'sim-') AS is_simulated
FROM (
  SELECT cell, call_id, arrived_at, line, region, direction, caller, queued_at, answered_at, ended_at, agent, outcome
  FROM call_facts
  WHERE cell >= {from:DateTime('UTC')} AND cell < {to:DateTime('UTC')}
  ORDER BY cell, call_id, arrived_at, revision DESC, emitted_at DESC, content DESC
  LIMIT 1 BY cell, call_id, arrived_at
)
WHERE direction = 'OUTBOUND' OR queued_at IS NOT NULL
ORDER BY arrived_at, call_id

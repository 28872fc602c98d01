-- The seats that answered a call of each of the cells {cells}, of one part or of all.
--
-- Winners are chosen before anything is looked at, as in call-winners.sql.
SELECT toUnixTimestamp(cell) AS cell_s, groupUniqArray(assumeNotNull(agent)) AS agents
FROM (
  SELECT cell, call_id, arrived_at, line, region, direction, outcome, queued_at, answered_at, ended_at, agent
  FROM call_facts
  WHERE cell IN {cells:Array(UInt32)}
  ORDER BY cell, call_id, arrived_at, revision DESC, emitted_at DESC, content DESC
  LIMIT 1 BY cell, call_id, arrived_at
)
WHERE direction = 'INBOUND' AND outcome NOT IN ('TEST', 'BLACKLISTED', 'VOID') AND queued_at IS NOT NULL
  AND ifNull(ended_at > answered_at, false) AND agent IS NOT NULL
  AND (empty({lines:Array(String)}) OR has({lines:Array(String)}, line))
  AND (empty({regions:Array(String)}) OR has({regions:Array(String)}, region))
GROUP BY cell

-- The seats that answered a call of each of the cells {cells}, of one part or of all.
--
-- As hashes: who is the same one matters, and of sealed quarter-hours nothing else was kept when their records were deleted.
-- Winners are chosen before anything is looked at, as in call-winners.sql.
SELECT toUnixTimestamp(cell) AS cell_s, groupUniqArray(toString(seat)) AS agents
FROM (
  SELECT cell, line, region, cityHash64(assumeNotNull(agent)) AS seat
  FROM (
    SELECT cell, call_id, arrived_at, line, region, direction, outcome, queued_at, answered_at, ended_at, agent
    FROM call_facts
    WHERE cell IN {cells:Array(UInt32)}
      AND cell >= (SELECT max(before_at) FROM seals WHERE is_sealed)
    ORDER BY cell, call_id, arrived_at, revision DESC, emitted_at DESC, content DESC
    LIMIT 1 BY cell, call_id, arrived_at
  )
  WHERE direction = 'INBOUND' AND outcome NOT IN ('TEST', 'BLACKLISTED', 'VOID') AND queued_at IS NOT NULL
    AND ifNull(ended_at > answered_at, false) AND agent IS NOT NULL
  UNION ALL
  SELECT cell, line, region, arrayJoin(answering) AS seat
  FROM sealed_seats FINAL
  WHERE cell IN {cells:Array(UInt32)}
    AND cell < (SELECT max(before_at) FROM seals WHERE is_sealed)
)
WHERE (empty({lines:Array(String)}) OR has({lines:Array(String)}, line))
  AND (empty({regions:Array(String)}) OR has({regions:Array(String)}, region))
GROUP BY cell

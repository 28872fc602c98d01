-- The seats that answered, by quarter-hour, line and region, of what is about to be sealed: before {before}, not sealed yet.
--
-- Decided as in api/queries/seats-answering.sql and seats-by-month.sql, whose answers go on from here. Winners are chosen
-- before anything is looked at.
INSERT INTO sealed_seats (cell, line, region, answering, seen)
SELECT cell, line, region, groupUniqArrayIf(seat, asked_for_a_person AND NOT is_unnamed), groupUniqArrayIf(seat, NOT is_unnamed AND seat_name != '')
FROM (
  SELECT cell, line, region, ifNull(agent, '') AS seat_name, cityHash64(seat_name) AS seat, agent IS NULL AS is_unnamed,
    direction = 'INBOUND' AND queued_at IS NOT NULL AS asked_for_a_person,
    ifNull(ended_at > answered_at, false) AND outcome NOT IN ('TEST', 'BLACKLISTED', 'VOID') AS is_answered
  FROM call_facts
  WHERE cell < {before:DateTime('UTC')} AND cell >= (SELECT max(before_at) FROM seals WHERE is_sealed)
  ORDER BY cell, call_id, arrived_at, revision DESC, emitted_at DESC, content DESC
  LIMIT 1 BY cell, call_id, arrived_at
)
WHERE is_answered
GROUP BY cell, line, region

-- How the records came in, by quarter-hour, of what is about to be sealed: before {before}, not sealed yet.
--
-- Decided as in api/queries/late-records.sql and tickets-of-unknown-calls.sql, whose answers go on from here.
INSERT INTO sealed_continuity (cell, late, amendments, of_unknown_calls)
SELECT cell, sum(late), sum(amendments), sum(of_unknown_calls)
FROM (
  SELECT cell, uniqExact(call_id, arrived_at, revision, emitted_at, content) AS late,
    uniqExactIf((call_id, arrived_at, revision, emitted_at, content), revision > 1) AS amendments, 0 AS of_unknown_calls
  FROM call_facts
  WHERE cell < {before:DateTime('UTC')} AND cell >= (SELECT max(before_at) FROM seals WHERE is_sealed)
    AND emitted_at > ended_at + INTERVAL 1 DAY
  GROUP BY cell
  UNION ALL
  SELECT cell, 0 AS late, 0 AS amendments, uniqExact(ticket_id, accepted_at) AS of_unknown_calls
  FROM ticket_facts
  WHERE cell < {before:DateTime('UTC')} AND cell >= (SELECT max(before_at) FROM seals WHERE is_sealed)
    AND call_id IS NOT NULL
    AND cityHash64(assumeNotNull(call_id)) NOT IN (SELECT cityHash64(call_id) FROM call_facts)
    AND cityHash64(assumeNotNull(call_id)) NOT IN (SELECT call_hash FROM sealed_calls)
  GROUP BY cell
)
GROUP BY cell

-- Tickets that name a call of which there is no record, by the part of a range they were accepted in.
--
-- Calls are looked for among those that arrived from {calls_from} to {calls_to}; of these, only such as a ticket names are
-- held. Ids are compared by a hash of 64 bits: a tenth of the memory, and of a hundred million calls less than one ticket in
-- a thousand thousand would be missed.
-- Of sealed quarter-hours the numbers were kept when their records were deleted, and so were the deleted calls that tickets
-- name which stayed.
SELECT part_s, sum(of_unknown_calls) AS of_unknown_calls
FROM (
  SELECT roundDown(toUnixTimestamp(cell), {starts:Array(UInt32)}) AS part_s, uniqExact(ticket_id, accepted_at) AS of_unknown_calls
  FROM ticket_facts
  WHERE cell >= {from:DateTime('UTC')}
    AND cell < {to:DateTime('UTC')}
    AND cell >= (SELECT max(before_at) FROM seals WHERE is_sealed)
    AND call_id IS NOT NULL
    AND cityHash64(assumeNotNull(call_id)) NOT IN (
      SELECT cityHash64(call_id) FROM call_facts
      WHERE cell >= {calls_from:DateTime('UTC')} AND cell < {calls_to:DateTime('UTC')}
        AND cityHash64(call_id) IN (
          SELECT cityHash64(assumeNotNull(call_id)) FROM ticket_facts
          WHERE cell >= {from:DateTime('UTC')} AND cell < {to:DateTime('UTC')} AND call_id IS NOT NULL))
    AND cityHash64(assumeNotNull(call_id)) NOT IN (SELECT call_hash FROM sealed_calls)
  GROUP BY part_s
  UNION ALL
  SELECT roundDown(toUnixTimestamp(cell), {starts:Array(UInt32)}) AS part_s, sum(kept.of_unknown_calls) AS of_unknown_calls
  FROM (SELECT * FROM sealed_continuity FINAL) AS kept
  WHERE cell >= {from:DateTime('UTC')}
    AND cell < {to:DateTime('UTC')}
    AND cell < (SELECT max(before_at) FROM seals WHERE is_sealed)
  GROUP BY part_s
)
GROUP BY part_s

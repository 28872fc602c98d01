-- Distinct seats that answered a call, by local month, from the facts emitted until {as_of} (in).
--
-- Seats, not persons: it stands beside the number of persons employed and does not replace it.
-- Of sealed quarter-hours the seats were kept, as hashes, when their records were deleted: all of them, whatever {as_of}.
SELECT month, uniqExact(seat) AS seats
FROM (
  SELECT formatDateTime(cell, '%Y-%m', {time_zone:String}) AS month, cityHash64(ifNull(agent, '')) AS seat
  FROM (
    SELECT *
    FROM call_facts FINAL
    WHERE cell >= {from:DateTime('UTC')}
      AND cell < {to:DateTime('UTC')}
      AND cell >= (SELECT max(before_at) FROM seals WHERE is_sealed)
      AND emitted_at <= {as_of:DateTime64(3, 'UTC')}
    ORDER BY cell, call_id, arrived_at, revision DESC, emitted_at DESC, content DESC
    LIMIT 1 BY cell, call_id, arrived_at
  )
  WHERE ifNull(ended_at > answered_at, false)
    AND outcome NOT IN ('TEST', 'BLACKLISTED', 'VOID')
    AND ifNull(agent, '') != ''
  UNION ALL
  SELECT formatDateTime(cell, '%Y-%m', {time_zone:String}) AS month, arrayJoin(seen) AS seat
  FROM sealed_seats FINAL
  WHERE cell >= {from:DateTime('UTC')}
    AND cell < {to:DateTime('UTC')}
    AND cell < (SELECT max(before_at) FROM seals WHERE is_sealed)
)
GROUP BY month
ORDER BY month
SETTINGS do_not_merge_across_partitions_select_final = 1

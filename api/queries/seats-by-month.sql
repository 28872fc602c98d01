-- Distinct seats that answered a call, by local month, from the facts emitted until {as_of} (in).
--
-- Seats, not persons: it stands beside the number of persons employed and does not replace it.
-- Of sealed quarter-hours the seats were kept, as hashes, when their records were deleted: all of them, whatever {as_of}.
-- Winners without a sort, as in processors/sql/recompute-call-cells.sql: facts are read in the order in which they are stored.
SELECT formatDateTime(month_start, '%Y-%m') AS month, uniqExact(seat) AS seats
FROM (
  SELECT toStartOfMonth(cell, {time_zone:String}) AS month_start, cityHash64(seat_name) AS seat
  FROM (
    SELECT
      cell, outcome, ifNull(agent, '') AS seat_name, ifNull(ended_at > answered_at, false) AS is_answered,
      count() OVER (PARTITION BY cell, call_id, arrived_at ORDER BY revision, emitted_at, content ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) = 1 AS wins
    FROM call_facts FINAL
    WHERE cell >= {from:DateTime('UTC')}
      AND cell < {to:DateTime('UTC')}
      AND cell >= (SELECT max(before_at) FROM seals WHERE is_sealed)
      AND emitted_at <= {as_of:DateTime64(3, 'UTC')}
  )
  WHERE wins AND is_answered AND seat_name != '' AND outcome NOT IN ('TEST', 'BLACKLISTED', 'VOID')
  UNION ALL
  SELECT toStartOfMonth(cell, {time_zone:String}) AS month_start, arrayJoin(seen) AS seat
  FROM sealed_seats FINAL
  WHERE cell >= {from:DateTime('UTC')}
    AND cell < {to:DateTime('UTC')}
    AND cell < (SELECT max(before_at) FROM seals WHERE is_sealed)
)
GROUP BY month_start
ORDER BY month_start
SETTINGS do_not_merge_across_partitions_select_final = 1, optimize_read_in_window_order = 1

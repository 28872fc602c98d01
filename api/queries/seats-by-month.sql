-- Distinct seats that answered a call, by local month, from the facts emitted until {as_of} (in).
--
-- Seats, not persons: it stands beside the number of persons employed and does not replace it.
SELECT formatDateTime(arrived_at, '%Y-%m', {time_zone:String}) AS month, uniqExact(agent) AS seats
FROM (
  SELECT *
  FROM call_facts FINAL
  WHERE cell >= {from:DateTime('UTC')}
    AND cell < {to:DateTime('UTC')}
    AND emitted_at <= {as_of:DateTime64(3, 'UTC')}
  ORDER BY cell, call_id, arrived_at, revision DESC, emitted_at DESC, content DESC
  LIMIT 1 BY cell, call_id, arrived_at
)
WHERE ifNull(ended_at > answered_at, false)
  AND outcome NOT IN ('TEST', 'BLACKLISTED', 'VOID')
  AND ifNull(agent, '') != ''
GROUP BY month
ORDER BY month
SETTINGS do_not_merge_across_partitions_select_final = 1

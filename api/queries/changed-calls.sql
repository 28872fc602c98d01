-- The calls that speak for a period, as a statement kept them and as they are now: rows that stand on one side only, and
-- the other calls of a caller's day that has such a row, because caller-days do not add up from single calls.
SELECT
  is_now, sides = 1 AS is_change,
  call_id, revision, line, region, direction, caller, agent, outcome, rating,
  toUnixTimestamp64Milli(arrived_at) AS arrived_at_ms,
  toUnixTimestamp64Milli(queued_at) AS queued_at_ms,
  toUnixTimestamp64Milli(answered_at) AS answered_at_ms,
  toUnixTimestamp64Milli(ended_at) AS ended_at_ms,
  toUnixTimestamp64Milli(emitted_at) AS emitted_at_ms
FROM (
  SELECT *, max(sides = 1) OVER (PARTITION BY toDate(cell, {time_zone:String}), caller) AS is_day_changed
  FROM (
    SELECT *, count() OVER (PARTITION BY cell, call_id, arrived_at, revision, emitted_at, content) AS sides
    FROM (
      SELECT *, false AS is_now
      FROM call_facts FINAL
      WHERE cell >= {from:DateTime('UTC')} AND cell < {to:DateTime('UTC')}
        AND (cell, call_id, arrived_at, revision, emitted_at, content) IN (
          SELECT cell, id, at, revision, emitted_at, content
          FROM statement_records
          WHERE from_at = {from:DateTime('UTC')} AND to_at = {to:DateTime('UTC')}
            AND kind = 'call' AND evidence = {call_evidence:UInt64})
      UNION ALL
      SELECT *, true AS is_now
      FROM (
        SELECT *
        FROM call_facts FINAL
        WHERE cell >= {from:DateTime('UTC')} AND cell < {to:DateTime('UTC')}
        ORDER BY cell, call_id, arrived_at, revision DESC, emitted_at DESC, content DESC
        LIMIT 1 BY cell, call_id, arrived_at
      )
    )
  )
)
WHERE sides = 1 OR (is_day_changed AND caller != '')
ORDER BY cell, call_id, arrived_at, is_now
LIMIT {rows_max:UInt32}
SETTINGS do_not_merge_across_partitions_select_final = 1

-- A page of tickets accepted in a range, each by the revision that speaks for it. See call-winners.sql.
SELECT
  ticket_id, revision, call_id, channel, line, region, category, kind, status, resolution, unit, satisfaction,
  toUnixTimestamp64Milli(accepted_at) AS accepted_at_ms,
  toUnixTimestamp64Milli(due_at) AS due_at_ms,
  toUnixTimestamp64Milli(closed_at) AS closed_at_ms,
  toUnixTimestamp64Milli(followed_up_at) AS followed_up_at_ms,
  toUnixTimestamp64Milli(emitted_at) AS emitted_at_ms
FROM (
  SELECT *
  FROM ticket_facts FINAL
  WHERE cell >= {from_cell:DateTime('UTC')}
    AND cell < {to:DateTime64(3, 'UTC')}
    AND accepted_at >= {from:DateTime64(3, 'UTC')}
    AND accepted_at < {to:DateTime64(3, 'UTC')}
    AND cell >= {after_cell:DateTime('UTC')}
    AND (accepted_at, ticket_id) > ({after:DateTime64(3, 'UTC')}, {after_id:String})
  ORDER BY cell, ticket_id, accepted_at, revision DESC, emitted_at DESC, content DESC
  LIMIT 1 BY cell, ticket_id, accepted_at
)
WHERE (empty({lines:Array(String)}) OR has({lines:Array(String)}, line))
  AND (empty({regions:Array(String)}) OR has({regions:Array(String)}, region))
  AND (empty({outcomes:Array(String)}) OR has({outcomes:Array(String)}, toString(status)))
ORDER BY cell, accepted_at, ticket_id
LIMIT {rows_max:UInt32}
SETTINGS do_not_merge_across_partitions_select_final = 1

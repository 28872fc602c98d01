-- Every fact of one ticket id, the one that speaks for its acceptance last.
SELECT
  ticket_id, revision, call_id, channel, line, region, category, kind, status, resolution, unit, satisfaction,
  toUnixTimestamp64Milli(accepted_at) AS accepted_at_ms,
  toUnixTimestamp64Milli(due_at) AS due_at_ms,
  toUnixTimestamp64Milli(closed_at) AS closed_at_ms,
  toUnixTimestamp64Milli(followed_up_at) AS followed_up_at_ms,
  toUnixTimestamp64Milli(emitted_at) AS emitted_at_ms
FROM ticket_facts FINAL
WHERE ticket_id = {id:String}
ORDER BY accepted_at, revision, emitted_at, content
LIMIT {rows_max:UInt32}
SETTINGS do_not_merge_across_partitions_select_final = 1

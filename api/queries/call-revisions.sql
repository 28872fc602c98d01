-- Every fact of one call id, the one that speaks for its arrival last. One id with two arrivals is two calls, as sent.
SELECT
  call_id, revision, line, region, direction, caller, agent, outcome, rating,
  toUnixTimestamp64Milli(arrived_at) AS arrived_at_ms,
  toUnixTimestamp64Milli(queued_at) AS queued_at_ms,
  toUnixTimestamp64Milli(answered_at) AS answered_at_ms,
  toUnixTimestamp64Milli(ended_at) AS ended_at_ms,
  toUnixTimestamp64Milli(emitted_at) AS emitted_at_ms
FROM call_facts FINAL
WHERE call_id = {id:String}
ORDER BY arrived_at, revision, emitted_at, content
LIMIT {rows_max:UInt32}
SETTINGS do_not_merge_across_partitions_select_final = 1

-- A page of calls of a range, each by the revision that speaks for it.
--
-- Winners are chosen before line, region and outcome are looked at: a revision that no longer matches must not let an
-- older one through. Pages go by the instant; cell stands before it in ORDER BY, though it follows from it, because the
-- table lies in that order: only the calls of a quarter-hour are sorted, and a page costs no more the further back it lies.
SELECT
  call_id, revision, line, region, direction, caller, agent, outcome, rating,
  toUnixTimestamp64Milli(arrived_at) AS arrived_at_ms,
  toUnixTimestamp64Milli(queued_at) AS queued_at_ms,
  toUnixTimestamp64Milli(answered_at) AS answered_at_ms,
  toUnixTimestamp64Milli(ended_at) AS ended_at_ms,
  toUnixTimestamp64Milli(emitted_at) AS emitted_at_ms
FROM (
  SELECT *
  FROM call_facts FINAL
  WHERE cell >= {from_cell:DateTime('UTC')}
    AND cell < {to:DateTime64(3, 'UTC')}
    AND arrived_at >= {from:DateTime64(3, 'UTC')}
    AND arrived_at < {to:DateTime64(3, 'UTC')}
    AND cell >= {after_cell:DateTime('UTC')}
    AND (arrived_at, call_id) > ({after:DateTime64(3, 'UTC')}, {after_id:String})
  ORDER BY cell, call_id, arrived_at, revision DESC, emitted_at DESC, content DESC
  LIMIT 1 BY cell, call_id, arrived_at
)
WHERE (empty({lines:Array(String)}) OR has({lines:Array(String)}, line))
  AND (empty({regions:Array(String)}) OR has({regions:Array(String)}, region))
  AND (empty({outcomes:Array(String)}) OR has({outcomes:Array(String)}, toString(outcome)))
ORDER BY cell, arrived_at, call_id
LIMIT {rows_max:UInt32}
SETTINGS do_not_merge_across_partitions_select_final = 1

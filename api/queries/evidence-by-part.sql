-- On how much evidence each part of a range stands: parts begin at {starts}, epoch seconds, rising.
SELECT toUInt32(part_s) AS part_s, sum(calls) AS calls, sum(tickets) AS tickets, sum(accepted) AS accepted
FROM (
  SELECT roundDown(toUnixTimestamp(cell), {starts:Array(UInt32)}) AS part_s, evidence AS calls, 0 AS tickets, 0 AS accepted
  FROM call_cells FINAL
  WHERE definitions = {definitions:String}
    AND cell >= {from:DateTime('UTC')}
    AND cell < {to:DateTime('UTC')}
  UNION ALL
  SELECT roundDown(toUnixTimestamp(cell), {starts:Array(UInt32)}) AS part_s, 0 AS calls, evidence AS tickets, accepted
  FROM ticket_cells FINAL
  WHERE definitions = {definitions:String}
    AND cell >= {from:DateTime('UTC')}
    AND cell < {to:DateTime('UTC')}
)
GROUP BY part_s
SETTINGS do_not_merge_across_partitions_select_final = 1

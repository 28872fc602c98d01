-- On how much evidence each part of a range stands, and how many of its records of calls came late: parts begin at
-- {starts}, epoch seconds, rising.
SELECT toUInt32(part_s) AS part_s, sum(calls) AS calls, sum(tickets) AS tickets, sum(accepted) AS accepted,
  sum(late) AS late, sum(amendments) AS amendments, min(knows_late) AS knows_late
FROM (
  SELECT roundDown(toUnixTimestamp(cell), {starts:Array(UInt32)}) AS part_s, evidence AS calls, 0 AS tickets, 0 AS accepted,
    late, late_amendments AS amendments, knows_late
  FROM call_cells FINAL
  WHERE definitions = {definitions:String}
    AND cell >= {from:DateTime('UTC')}
    AND cell < {to:DateTime('UTC')}
  UNION ALL
  SELECT roundDown(toUnixTimestamp(cell), {starts:Array(UInt32)}) AS part_s, 0 AS calls, evidence AS tickets, accepted,
    0 AS late, 0 AS amendments, true AS knows_late
  FROM ticket_cells FINAL
  WHERE definitions = {definitions:String}
    AND cell >= {from:DateTime('UTC')}
    AND cell < {to:DateTime('UTC')}
)
GROUP BY part_s
SETTINGS do_not_merge_across_partitions_select_final = 1

-- Distinct facts of calls and of tickets by local day: a day whose number has grown holds cells that were counted anew.
SELECT day, sum(calls) AS calls, sum(tickets) AS tickets
FROM (
  SELECT toString(toDate(cell, {time_zone:String})) AS day, evidence AS calls, 0 AS tickets
  FROM call_cells FINAL
  WHERE definitions = {definitions:String}
  UNION ALL
  SELECT toString(toDate(cell, {time_zone:String})) AS day, 0 AS calls, evidence AS tickets
  FROM ticket_cells FINAL
  WHERE definitions = {definitions:String}
)
GROUP BY day
ORDER BY day
SETTINGS do_not_merge_across_partitions_select_final = 1

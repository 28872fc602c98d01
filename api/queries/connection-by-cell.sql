-- Offered and answered calls of every cell of a range, in order; cells without a record are not there.
--
-- Points of any grain are added up from these by kpi/periods.ts, the one place that knows where a local hour ends.
SELECT toUnixTimestamp(cell) AS cell_s, evidence, offered, answered, simulated
FROM call_cells FINAL
WHERE definitions = {definitions:String}
  AND cell >= {from:DateTime('UTC')}
  AND cell < {to:DateTime('UTC')}
ORDER BY cell
SETTINGS do_not_merge_across_partitions_select_final = 1

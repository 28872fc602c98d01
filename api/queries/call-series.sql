-- The calls of every cell of a range, in order; cells without a record are not there.
--
-- What a window counts is added up from these by kpi/cell-series.ts. The array `breakdown` is not read.
SELECT toUnixTimestamp(cell) AS cell_s, offered, answered, abandoned, no_seat, flowed_out, failed, other, waited_ms, evidence, simulated
FROM call_cells FINAL
WHERE definitions = {definitions:String}
  AND cell >= {from:DateTime('UTC')}
  AND cell < {to:DateTime('UTC')}
SETTINGS do_not_merge_across_partitions_select_final = 1

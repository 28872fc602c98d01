-- Every cell of a range, as columns: a window and its base are added up from one and the same read.
SELECT toUnixTimestamp(cell) AS cell_s, offered, answered, abandoned, no_seat, flowed_out, failed, other, waited_ms, evidence, simulated
FROM call_cells FINAL
WHERE definitions = {definitions:String}
  AND cell >= {from:DateTime('UTC')}
  AND cell < {to:DateTime('UTC')}
SETTINGS do_not_merge_across_partitions_select_final = 1

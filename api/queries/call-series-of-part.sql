-- The calls of every cell of a range that belong to one line, one region, or one line in one region.
--
-- An empty list asks for all, because the empty text is a region too: the unknown one. `evidence` stays that of the
-- whole cell: that is what the row was computed from.
SELECT
  toUnixTimestamp(cell) AS cell_s,
  evidence,
  arraySum(parts.offered) AS offered,
  arraySum(parts.answered) AS answered,
  arraySum(parts.abandoned) AS abandoned,
  arraySum(parts.no_seat) AS no_seat,
  arraySum(parts.flowed_out) AS flowed_out,
  arraySum(parts.failed) AS failed,
  arraySum(parts.other) AS other,
  arraySum(parts.waited_ms) AS waited_ms,
  arraySum(parts.simulated) AS simulated
FROM (
  SELECT
    cell,
    evidence,
    arrayFilter(
      part -> (empty({lines:Array(String)}) OR has({lines:Array(String)}, part.line))
        AND (empty({regions:Array(String)}) OR has({regions:Array(String)}, part.region)),
      breakdown
    ) AS parts
  FROM call_cells FINAL
  WHERE definitions = {definitions:String}
    AND cell >= {from:DateTime('UTC')}
    AND cell < {to:DateTime('UTC')}
  SETTINGS do_not_merge_across_partitions_select_final = 1
)

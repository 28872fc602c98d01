-- What the calls of a period add up to.
--
-- FINAL keeps of each cell the row with the most evidence. No cell has rows in two partitions, so the setting spares
-- merging across them. The array `breakdown` is not read.
SELECT
  sum(evidence) AS evidence,
  sum(offered) AS offered,
  sum(answered) AS answered,
  sum(answered_fast) AS answered_fast,
  sum(abandoned) AS abandoned,
  sum(no_seat) AS no_seat,
  sum(flowed_out) AS flowed_out,
  sum(failed) AS failed,
  sum(other) AS other,
  sum(short_abandoned) AS short_abandoned,
  sum(rated) AS rated,
  sum(rated_good) AS rated_good,
  sum(waited_ms) AS waited_ms,
  sum(outbound) AS outbound,
  sum(outbound_answered) AS outbound_answered,
  sum(simulated) AS simulated
FROM call_cells FINAL
WHERE definitions = {definitions:String}
  AND cell >= {from:DateTime('UTC')}
  AND cell < {to:DateTime('UTC')}
SETTINGS do_not_merge_across_partitions_select_final = 1

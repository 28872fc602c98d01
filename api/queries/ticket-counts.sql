-- What the tickets accepted in a period add up to.
--
-- FINAL keeps of each cell the row with the most evidence. The arrays are not read.
SELECT
  sum(evidence) AS evidence,
  sum(accepted) AS accepted,
  sum(withdrawn) AS withdrawn,
  sum(direct) AS direct,
  sum(closed) AS closed,
  sum(satisfaction_given) AS satisfaction_given,
  sum(satisfied) AS satisfied,
  sum(dispatched_closed) AS dispatched_closed,
  sum(dispatched_followed_up) AS dispatched_followed_up,
  sum(simulated) AS simulated
FROM ticket_cells FINAL
WHERE definitions = {definitions:String}
  AND cell >= {from:DateTime('UTC')}
  AND cell < {to:DateTime('UTC')}
SETTINGS do_not_merge_across_partitions_select_final = 1

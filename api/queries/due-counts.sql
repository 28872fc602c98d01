-- What the tickets due in a period add up to, wherever they were accepted.
--
-- There is no range on `cell`: a due instant may lie any time after the acceptance, or before it. The trap is FINAL
-- with ARRAY JOIN: rows must be chosen before they are unfolded, so the choice stands in a query of its own.
SELECT
  sum(one.2) AS due,
  sum(one.3) AS closed,
  sum(one.4) AS on_time,
  countIf(simulated > 0) AS simulated
FROM (
  SELECT due, simulated
  FROM ticket_cells FINAL
  WHERE definitions = {definitions:String}
  SETTINGS do_not_merge_across_partitions_select_final = 1
)
ARRAY JOIN due AS one
WHERE one.1 >= {from:DateTime('UTC')}
  AND one.1 < {to:DateTime('UTC')}

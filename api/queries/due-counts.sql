-- What the tickets due in a period add up to, wherever they were accepted.
--
-- There is no range on `cell`: a due instant may lie any time after the acceptance, or before it. The trap is FINAL
-- with ARRAY JOIN: rows must be chosen before they are unfolded, so the choice stands in a query of its own.
SELECT
  sum(part.due) AS due,
  sum(part.closed) AS closed,
  sum(part.on_time) AS on_time,
  countIf(of_simulated > 0) AS simulated
FROM (
  SELECT due AS parts, simulated AS of_simulated
  FROM ticket_cells FINAL
  WHERE definitions = {definitions:String}
  SETTINGS do_not_merge_across_partitions_select_final = 1
)
ARRAY JOIN parts AS part
WHERE part.due_cell >= {from:DateTime('UTC')}
  AND part.due_cell < {to:DateTime('UTC')}

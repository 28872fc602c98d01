-- Before which instant facts are deleted, and how many tickets due in a range were accepted there.
--
-- Tickets of before that are due in the range are counted in its figures, and are no longer among its facts.
SELECT
  (SELECT toUnixTimestamp(max(before_at)) FROM seals WHERE is_sealed) AS before_s,
  (
    SELECT sum(part.due)
    FROM (
      SELECT due AS parts FROM ticket_cells FINAL
      WHERE definitions = {definitions:String} AND cell < (SELECT max(before_at) FROM seals WHERE is_sealed)
    )
    ARRAY JOIN parts AS part
    WHERE part.due_cell >= {from:DateTime('UTC')} AND part.due_cell < {to:DateTime('UTC')}
  ) AS due

-- Sealed quarter-hours of a range: how many series have any there, and whether the asked one is among them.
--
-- Facts of sealed time are deleted, so a series that was not counted before can have no cells there any more.
SELECT
  uniqExact(definitions) AS series,
  countIf(definitions = {definitions:String}) > 0 AS is_counted
FROM
(
  SELECT definitions FROM call_cells
  WHERE cell >= {from:DateTime('UTC')} AND cell < least({to:DateTime('UTC')}, (SELECT max(before_at) FROM seals WHERE is_sealed))
  UNION ALL
  SELECT definitions FROM ticket_cells
  WHERE cell >= {from:DateTime('UTC')} AND cell < least({to:DateTime('UTC')}, (SELECT max(before_at) FROM seals WHERE is_sealed))
)

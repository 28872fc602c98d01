-- How many quarter-hours before {before}, not sealed yet, have a row in __CELLS__ that has not seen all its facts: by series.
--
-- The series are those of the profiles that processors judge by, and {own}.
SELECT series.definitions AS definitions, countIf(cells.evidence < facts.facts) AS behind
FROM (
  SELECT cell, count() AS facts
  FROM __FACTS__ FINAL
  WHERE cell < {before:DateTime('UTC')} AND cell >= (SELECT max(before_at) FROM seals WHERE is_sealed)
  GROUP BY cell
) AS facts
CROSS JOIN (SELECT DISTINCT definitions FROM profiles FINAL UNION DISTINCT SELECT {own:String}) AS series
LEFT JOIN (SELECT definitions, cell, evidence FROM __CELLS__ FINAL WHERE cell < {before:DateTime('UTC')}) AS cells
  ON cells.definitions = series.definitions AND cells.cell = facts.cell
GROUP BY definitions

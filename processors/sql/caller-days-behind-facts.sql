-- How many local days in {time_zone} that begin before {before}, in quarter-hours not sealed yet, have a row of caller-days
-- for {definitions} that has not seen all its facts.
SELECT countIf(days.evidence < facts.facts) AS behind
FROM (
  SELECT toDate(cell, {time_zone:String}) AS day, count() AS facts
  FROM call_facts FINAL
  WHERE toStartOfDay(cell, {time_zone:String}) < {before:DateTime('UTC')}
    AND toStartOfDay(cell, {time_zone:String}) >= (SELECT max(before_at) FROM seals WHERE is_sealed)
  GROUP BY day
) AS facts
LEFT JOIN (
  SELECT day, evidence FROM caller_days FINAL WHERE definitions = {definitions:String} AND time_zone = {time_zone:String}
) AS days ON days.day = facts.day

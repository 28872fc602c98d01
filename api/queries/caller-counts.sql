-- Caller-days of a period of local days: one caller counts once a day, and days add up.
SELECT sum(callers) AS callers, sum(answered_callers) AS answered_callers
FROM caller_days FINAL
WHERE definitions = {definitions:String}
  AND time_zone = {time_zone:String}
  AND day >= {from_day:Date}
  AND day < {to_day:Date}
SETTINGS do_not_merge_across_partitions_select_final = 1

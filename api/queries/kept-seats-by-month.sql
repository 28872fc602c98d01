-- Distinct seats that answered a call, by local month, from what was kept with the callers of each day.
--
-- Where a row does not know (an earlier program wrote it), the facts have to be asked: seats-by-month.sql.
SELECT formatDateTime(toStartOfMonth(day), '%Y-%m') AS month, uniqExactArray(kept.seats) AS seats, min(knows_seats) AS knows_seats
FROM (SELECT day, seats, knows_seats FROM caller_days FINAL
  WHERE definitions = {definitions:String}
    AND time_zone = {time_zone:String}
    AND day >= {from_day:Date}
    AND day < {to_day:Date}) AS kept
GROUP BY month
ORDER BY month
SETTINGS do_not_merge_across_partitions_select_final = 1

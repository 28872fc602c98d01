-- Caller-days of the local days whose cells are named in __CELLS__, with the seats that answered, from all the facts they hold.
-- Read once, like call cells.
--
-- A day that begins in a sealed quarter-hour is left as it is: a part of its callers is deleted.
--
-- A caller who rang two lines or redialled is one; every call from a withheld number (empty caller) counts alone.
-- uniqExact counts texts by 128 bits of their hash. Winners are found as in recompute-call-cells.sql.
INSERT INTO caller_days (definitions, time_zone, day, evidence, callers, answered_callers, seats, knows_seats)
SELECT
  {definitions:String} AS definitions, {time_zone:String} AS time_zone, day, count(),
  uniqExactIf(caller, was_offered AND caller != '') + countIf(was_offered AND caller = ''),
  uniqExactIf(caller, was_answered AND caller != '') + countIf(was_answered AND caller = ''),
  arraySort(groupUniqArrayIf(cityHash64(seat_name), has_seat)), true
FROM (
  SELECT
    toDate(cell, {time_zone:String}) AS day,
    caller, ifNull(agent, '') AS seat_name,
    count() OVER (PARTITION BY cell, call_id, arrived_at ORDER BY revision, emitted_at, content ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) = 1 AS wins,
    ifNull(ended_at > answered_at, false) AS is_answered,
    {short_abandon_ms_max:UInt32} > 0 AND outcome IN ('WAITING_ABANDONED', 'RINGING_ABANDONED') AND NOT is_answered
      AND ifNull(toUnixTimestamp64Milli(ended_at) - toUnixTimestamp64Milli(queued_at) <= {short_abandon_ms_max:UInt32}, false) AS is_short_abandon,
    wins AND outcome NOT IN ('TEST', 'BLACKLISTED', 'VOID') AS is_citizen,
    is_citizen AND direction = 'INBOUND' AND queued_at IS NOT NULL AND NOT is_short_abandon AS was_offered,
    was_offered AND is_answered AS was_answered,
    is_citizen AND is_answered AND seat_name != '' AS has_seat
  FROM call_facts FINAL
  WHERE __CELLS__
    AND toStartOfDay(cell, {time_zone:String}) >= (SELECT max(before_at) FROM seals WHERE is_sealed)
)
GROUP BY day
SETTINGS optimize_read_in_window_order = 1

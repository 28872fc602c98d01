-- What happened in each of some windows, from the facts: the windows {starts} to {ends} (out), epoch seconds on
-- quarter-hours, numbered from 1. They may overlap. A window without an offered call has no row.
--
-- Winners are chosen before anything is looked at, as in call-winners.sql. What is offered, and what became of it, is
-- decided as in call-counts-as-of.sql.
SELECT
  window,
  count() AS offered,
  countIf(is_answered) AS answered,
  countIf(NOT is_answered AND is_abandon) AS abandoned,
  countIf(NOT is_answered AND outcome = 'NO_SEAT') AS no_seat,
  countIf(NOT is_answered AND outcome = 'FLOWED_OUT') AS flowed_out,
  countIf(NOT is_answered AND outcome = 'SYSTEM_FAILED') AS failed,
  offered - answered - abandoned - no_seat - flowed_out - failed AS other,
  sumIf(answered_ms - queued_ms, is_answered) AS waited_ms,
  sumIf(ended_ms - answered_ms, is_answered) AS handled_ms,
  uniqExactIf(agent, is_answered AND agent IS NOT NULL) AS seats,
  countIf(caller != '') - uniqExactIf(caller, caller != '') AS redials,
  sumMap(map(line, toUInt64(1))) AS line_offered,
  sumMap(map(line, toUInt64(is_answered))) AS line_answered
FROM (
  SELECT
    cell, call_id, arrived_at, line, region, direction, caller, agent, outcome,
    queued_at IS NOT NULL AS has_queued,
    ifNull(ended_at > answered_at, false) AS is_answered,
    outcome IN ('WAITING_ABANDONED', 'RINGING_ABANDONED') AS is_abandon,
    ifNull(toUnixTimestamp64Milli(queued_at), 0) AS queued_ms,
    ifNull(toUnixTimestamp64Milli(answered_at), 0) AS answered_ms,
    toUnixTimestamp64Milli(ended_at) AS ended_ms
  FROM call_facts
  WHERE cell IN (
    SELECT toDateTime(arrayJoin(arrayFlatten(arrayMap((s, e) -> range(s, e, 900), {starts:Array(UInt32)}, {ends:Array(UInt32)}))), 'UTC')
  )
  ORDER BY cell, call_id, arrived_at, revision DESC, emitted_at DESC, content DESC
  LIMIT 1 BY cell, call_id, arrived_at
) AS winners
INNER JOIN (
  SELECT window, toDateTime(arrayJoin(range(s, e, 900)), 'UTC') AS cell
  FROM (SELECT arrayJoin(arrayZip(arrayEnumerate({starts:Array(UInt32)}), {starts:Array(UInt32)}, {ends:Array(UInt32)})) AS bounds,
    bounds.1 AS window, bounds.2 AS s, bounds.3 AS e)
) AS windows USING (cell)
WHERE direction = 'INBOUND' AND outcome NOT IN ('TEST', 'BLACKLISTED', 'VOID') AND has_queued
  AND NOT ({short_abandon_ms_max:UInt32} > 0 AND is_abandon AND NOT is_answered
    AND ended_ms - queued_ms <= {short_abandon_ms_max:UInt32})
  AND (empty({lines:Array(String)}) OR has({lines:Array(String)}, line))
  AND (empty({regions:Array(String)}) OR has({regions:Array(String)}, region))
GROUP BY window

-- What the calls of a period added up to, from the facts emitted until {as_of} (in): by brute force, over the facts.
--
-- The revision that spoke then need not be the one that speaks now, so winners are chosen among what was emitted.
SELECT
  count() AS evidence,
  countIf(wins AND is_offered) AS offered,
  countIf(wins AND is_offered AND is_answered) AS answered,
  countIf(wins AND is_offered AND is_answered AND wait_ms <= {answer_threshold_ms:UInt32}) AS answered_fast,
  countIf(wins AND is_offered AND NOT is_answered AND is_abandon) AS abandoned,
  countIf(wins AND is_offered AND NOT is_answered AND outcome = 'NO_SEAT') AS no_seat,
  countIf(wins AND is_offered AND NOT is_answered AND outcome = 'FLOWED_OUT') AS flowed_out,
  countIf(wins AND is_offered AND NOT is_answered AND outcome = 'SYSTEM_FAILED') AS failed,
  offered - answered - abandoned - no_seat - flowed_out - failed AS other,
  countIf(wins AND asked_for_a_person AND is_short_abandon) AS short_abandoned,
  countIf(wins AND is_offered AND is_answered AND rating IS NOT NULL) AS rated,
  countIf(wins AND is_offered AND is_answered AND ifNull(rating, 0) >= {positive_rating_min:UInt8}) AS rated_good,
  sumIf(wait_ms, wins AND is_offered AND is_answered) AS waited_ms,
  countIf(wins AND is_citizen AND direction = 'OUTBOUND') AS outbound,
  countIf(wins AND is_citizen AND direction = 'OUTBOUND' AND is_answered) AS outbound_answered,
  countIf(wins AND startsWith(call_id, 'sim-')) AS simulated
FROM (
  SELECT
    call_id, direction, outcome, rating,
    row_number() OVER (PARTITION BY cell, call_id, arrived_at ORDER BY revision DESC, emitted_at DESC, content DESC) = 1 AS wins,
    outcome NOT IN ('TEST', 'BLACKLISTED', 'VOID') AS is_citizen,
    is_citizen AND direction = 'INBOUND' AND queued_at IS NOT NULL AS asked_for_a_person,
    ifNull(ended_at > answered_at, false) AS is_answered,
    outcome IN ('WAITING_ABANDONED', 'RINGING_ABANDONED') AS is_abandon,
    ifNull(toUnixTimestamp64Milli(ended_at) - toUnixTimestamp64Milli(queued_at), 0) AS held_ms,
    {short_abandon_ms_max:UInt32} > 0 AND is_abandon AND NOT is_answered
      AND held_ms <= {short_abandon_ms_max:UInt32} AS is_short_abandon,
    asked_for_a_person AND NOT is_short_abandon AS is_offered,
    ifNull(toUnixTimestamp64Milli(answered_at) - toUnixTimestamp64Milli(queued_at), 0) AS wait_ms
  FROM call_facts FINAL
  WHERE cell >= {from:DateTime('UTC')}
    AND cell < {to:DateTime('UTC')}
    AND emitted_at <= {as_of:DateTime64(3, 'UTC')}
)
SETTINGS do_not_merge_across_partitions_select_final = 1

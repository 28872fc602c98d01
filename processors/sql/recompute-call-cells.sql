-- The call cells named in __CELLS__, from all the facts they hold.
--
-- One read gives both the counts and the evidence, so evidence can never speak of other facts than the counts do.
-- FINAL: a fact that was inserted twice is one fact, in the evidence too.
-- Winners: of one identity the highest revision, of equal ones the later emitted_at, then the greater content. That is the
-- last one in the order in which facts are stored, so nothing is sorted: it wins whom none of its identity follows.
-- A sealed cell is left as it is, whoever asks: its facts are deleted, and fewer would be counted.
-- How records came in is counted of all of them, winners or not.
-- An amended line or region leaves nothing behind: the breakdown is made of winners and replaces the row's old one whole.
INSERT INTO call_cells (definitions, cell, evidence, offered, answered, answered_fast, abandoned, no_seat, flowed_out, failed, other,
  short_abandoned, rated, rated_good, waited_ms, outbound, outbound_answered, simulated, breakdown, late, late_amendments, knows_late)
SELECT
  {definitions:String} AS definitions, cell, sum(g.facts),
  sum(g.offered), sum(g.answered), sum(g.answered_fast), sum(g.abandoned), sum(g.no_seat), sum(g.flowed_out), sum(g.failed), sum(g.other),
  sum(g.short_abandoned), sum(g.rated), sum(g.rated_good), sum(g.waited_ms), sum(g.outbound), sum(g.outbound_answered), sum(g.simulated),
  arraySort(groupArrayIf((g.line, g.region, g.offered, g.answered, g.answered_fast, g.abandoned, g.no_seat, g.flowed_out, g.failed, g.other,
    g.short_abandoned, g.rated, g.rated_good, g.waited_ms, g.outbound, g.outbound_answered, g.simulated), g.winners > 0)),
  sum(g.late), sum(g.late_amendments), true
FROM (
  SELECT
    cell, line, region,
    count() AS facts,
    countIf(wins) AS winners,
    countIf(wins AND is_offered) AS offered,
    countIf(wins AND is_offered AND is_answered) AS answered,
    countIf(wins AND is_offered AND is_answered AND wait_ms <= {answer_threshold_ms:UInt32}) AS answered_fast,
    countIf(wins AND is_offered AND NOT is_answered AND is_abandon) AS abandoned,
    countIf(wins AND is_offered AND NOT is_answered AND outcome = 'NO_SEAT') AS no_seat,
    countIf(wins AND is_offered AND NOT is_answered AND outcome = 'FLOWED_OUT') AS flowed_out,
    countIf(wins AND is_offered AND NOT is_answered AND outcome = 'SYSTEM_FAILED') AS failed,
    countIf(wins AND is_offered AND NOT is_answered AND NOT is_abandon AND outcome NOT IN ('NO_SEAT', 'FLOWED_OUT', 'SYSTEM_FAILED')) AS other,
    countIf(wins AND asked_for_a_person AND is_short_abandon) AS short_abandoned,
    countIf(wins AND is_offered AND is_answered AND has_rating) AS rated,
    countIf(wins AND is_offered AND is_answered AND has_rating AND rating_given >= {positive_rating_min:UInt8}) AS rated_good,
    sumIf(wait_ms, wins AND is_offered AND is_answered) AS waited_ms,
    countIf(wins AND is_citizen AND direction = 'OUTBOUND') AS outbound,
    countIf(wins AND is_citizen AND direction = 'OUTBOUND' AND is_answered) AS outbound_answered,
    countIf(wins AND is_simulated) AS simulated,
    countIf(is_late) AS late,
    countIf(is_late AND revision > 1) AS late_amendments
  FROM (
    SELECT
      cell, line, region, direction, outcome, revision,
      count() OVER (PARTITION BY cell, call_id, arrived_at ORDER BY revision, emitted_at, content ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) = 1 AS wins,
      outcome NOT IN ('TEST', 'BLACKLISTED', 'VOID') AS is_citizen,
      is_citizen AND direction = 'INBOUND' AND queued_at IS NOT NULL AS asked_for_a_person,
      ifNull(ended_at > answered_at, false) AS is_answered,
      outcome IN ('WAITING_ABANDONED', 'RINGING_ABANDONED') AS is_abandon,
      {short_abandon_ms_max:UInt32} > 0 AND is_abandon AND NOT is_answered
        AND ifNull(toUnixTimestamp64Milli(ended_at) - toUnixTimestamp64Milli(queued_at) <= {short_abandon_ms_max:UInt32}, false) AS is_short_abandon,
      asked_for_a_person AND NOT is_short_abandon AS is_offered,
      ifNull(toUnixTimestamp64Milli(answered_at) - toUnixTimestamp64Milli(queued_at), 0) AS wait_ms,
      rating IS NOT NULL AS has_rating,
      ifNull(rating, 0) AS rating_given,
      startsWith(call_id, 'sim-') AS is_simulated,
      emitted_at > ended_at + INTERVAL 1 DAY AS is_late
    FROM call_facts FINAL
    WHERE __CELLS__
      AND cell >= (SELECT max(before_at) FROM seals WHERE is_sealed)
  )
  GROUP BY cell, line, region
) AS g
GROUP BY cell
SETTINGS optimize_read_in_window_order = 1

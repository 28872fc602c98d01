-- Caller-days of a period, from the facts emitted until {as_of} (in). See call-counts-as-of.sql.
SELECT countIf(was_offered) AS callers, countIf(was_answered) AS answered_callers
FROM (
  SELECT day, who, max(is_offered) AS was_offered, max(is_offered AND is_answered) AS was_answered
  FROM (
    SELECT
      toDate(cell, {time_zone:String}) AS day,
      -- a withheld number is a caller of its own, one per call
      caller = '' ? (call_id, arrived_at) : (caller, toDateTime64(0, 3, 'UTC')) AS who,
      ifNull(ended_at > answered_at, false) AS is_answered,
      {short_abandon_ms_max:UInt32} > 0 AND outcome IN ('WAITING_ABANDONED', 'RINGING_ABANDONED') AND NOT is_answered
        AND ifNull(toUnixTimestamp64Milli(ended_at) - toUnixTimestamp64Milli(queued_at), 0) <= {short_abandon_ms_max:UInt32}
        AS is_short_abandon,
      outcome NOT IN ('TEST', 'BLACKLISTED', 'VOID') AND direction = 'INBOUND' AND queued_at IS NOT NULL
        AND NOT is_short_abandon AS is_offered
    FROM (
      SELECT *
      FROM call_facts FINAL
      WHERE cell >= {from:DateTime('UTC')}
        AND cell < {to:DateTime('UTC')}
        AND emitted_at <= {as_of:DateTime64(3, 'UTC')}
      ORDER BY cell, call_id, arrived_at, revision DESC, emitted_at DESC, content DESC
      LIMIT 1 BY cell, call_id, arrived_at
    )
  )
  GROUP BY day, who
)
SETTINGS do_not_merge_across_partitions_select_final = 1

-- The tickets that speak for a period, as a statement kept them and as they are now: those that stand on one side only.
--
-- Of tickets accepted elsewhere only those ever due in the period are looked at, as in keep-ticket-records.sql.
SELECT
  is_now, true AS is_change,
  ticket_id, revision, call_id, channel, line, region, category, kind, status, resolution, unit, satisfaction,
  toUnixTimestamp64Milli(accepted_at) AS accepted_at_ms,
  toUnixTimestamp64Milli(due_at) AS due_at_ms,
  toUnixTimestamp64Milli(closed_at) AS closed_at_ms,
  toUnixTimestamp64Milli(followed_up_at) AS followed_up_at_ms,
  toUnixTimestamp64Milli(emitted_at) AS emitted_at_ms
FROM (
  SELECT *, count() OVER (PARTITION BY cell, ticket_id, accepted_at, revision, emitted_at, content) AS sides
  FROM (
    SELECT *, false AS is_now, true AS wins, true AS was_due
    FROM ticket_facts FINAL
    WHERE (cell, ticket_id, accepted_at, revision, emitted_at, content) IN (
        SELECT cell, id, at, revision, emitted_at, content
        FROM statement_records
        WHERE from_at = {from:DateTime('UTC')} AND to_at = {to:DateTime('UTC')}
          AND (kind, evidence) IN (('ticket', {ticket_evidence:UInt64}), ('due-ticket', {due_ticket_evidence:UInt64})))
    UNION ALL
    SELECT *, true AS is_now,
      row_number() OVER (PARTITION BY cell, ticket_id, accepted_at ORDER BY revision DESC, emitted_at DESC, content DESC) = 1 AS wins,
      max(ifNull(due_at >= {from:DateTime('UTC')} AND due_at < {to:DateTime('UTC')}, false))
        OVER (PARTITION BY cell, ticket_id, accepted_at) AS was_due
    FROM ticket_facts FINAL
  )
  WHERE wins AND (was_due OR (cell >= {from:DateTime('UTC')} AND cell < {to:DateTime('UTC')}))
)
WHERE sides = 1
ORDER BY cell, ticket_id, accepted_at, is_now
LIMIT {rows_max:UInt32}
SETTINGS do_not_merge_across_partitions_select_final = 1

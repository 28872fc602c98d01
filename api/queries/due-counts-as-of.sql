-- What the tickets due in a period added up to, from the facts emitted until {as_of} (in), wherever they were accepted.
--
-- Winners are chosen before the due instant is looked at: a ticket whose due date moved away is due here no more.
SELECT
  count() AS due,
  countIf(status = 'CLOSED') AS closed,
  countIf(status = 'CLOSED' AND ifNull(closed_at <= due_at, false)) AS on_time,
  countIf(startsWith(ticket_id, 'sim-')) AS simulated
FROM (
  SELECT *
  FROM ticket_facts FINAL
  WHERE emitted_at <= {as_of:DateTime64(3, 'UTC')}
  ORDER BY cell, ticket_id, accepted_at, revision DESC, emitted_at DESC, content DESC
  LIMIT 1 BY cell, ticket_id, accepted_at
)
WHERE status NOT IN ('VOID', 'WITHDRAWN')
  AND due_at >= {from:DateTime64(3, 'UTC')}
  AND due_at < {to:DateTime64(3, 'UTC')}
SETTINGS do_not_merge_across_partitions_select_final = 1

-- How many distinct facts a statement about a period would be made of, by kind. See keep-ticket-records.sql.
SELECT
  (SELECT count() FROM call_facts FINAL WHERE cell >= {from:DateTime('UTC')} AND cell < {to:DateTime('UTC')}) AS calls,
  countIf(is_inside) AS tickets,
  countIf(NOT is_inside AND was_due) AS due_tickets
FROM (
  SELECT
    cell >= {from:DateTime('UTC')} AND cell < {to:DateTime('UTC')} AS is_inside,
    max(ifNull(due_at >= {from:DateTime('UTC')} AND due_at < {to:DateTime('UTC')}, false))
      OVER (PARTITION BY cell, ticket_id, accepted_at) AS was_due
  FROM ticket_facts FINAL
)
SETTINGS do_not_merge_across_partitions_select_final = 1

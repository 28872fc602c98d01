-- What the tickets accepted in a period added up to, from the facts emitted until {as_of} (in): by brute force.
SELECT
  count() AS evidence,
  countIf(wins AND status != 'VOID') AS accepted,
  countIf(wins AND status = 'WITHDRAWN') AS withdrawn,
  countIf(wins AND status != 'VOID' AND is_direct) AS direct,
  countIf(wins AND status = 'CLOSED') AS closed,
  countIf(wins AND status != 'VOID' AND satisfaction IS NOT NULL) AS satisfaction_given,
  countIf(wins AND status != 'VOID' AND ifNull(satisfaction, 0) >= {satisfied_min:UInt8}) AS satisfied,
  countIf(wins AND status = 'CLOSED' AND is_dispatched) AS dispatched_closed,
  countIf(wins AND status = 'CLOSED' AND is_dispatched AND followed_up_at IS NOT NULL) AS dispatched_followed_up,
  countIf(wins AND startsWith(ticket_id, 'sim-')) AS simulated
FROM (
  SELECT
    ticket_id, status, satisfaction, followed_up_at,
    row_number() OVER (PARTITION BY cell, ticket_id, accepted_at ORDER BY revision DESC, emitted_at DESC, content DESC) = 1 AS wins,
    ifNull(resolution = 'DIRECT', false) AS is_direct,
    ifNull(resolution = 'DISPATCHED', false) AS is_dispatched
  FROM ticket_facts FINAL
  WHERE cell >= {from:DateTime('UTC')}
    AND cell < {to:DateTime('UTC')}
    AND emitted_at <= {as_of:DateTime64(3, 'UTC')}
)
SETTINGS do_not_merge_across_partitions_select_final = 1

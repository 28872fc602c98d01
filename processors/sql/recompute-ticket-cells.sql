-- The ticket cells named in __CELLS__, from all the facts they hold. Read once, like call cells: see recompute-call-cells.sql.
--
-- `due` says in which quarter-hours the tickets accepted here are due. It is part of this row, so a moved due date rewrites
-- its own row and nothing is left behind in another. CLOSED without closed_at is not on time.
INSERT INTO ticket_cells (definitions, cell, evidence, accepted, withdrawn, direct, closed, satisfaction_given, satisfied,
  dispatched_closed, dispatched_followed_up, simulated, breakdown, due)
WITH sumMap(g.due_counts.1, g.due_counts.2, g.due_counts.3, g.due_counts.4) AS due_by_cell
SELECT
  {definitions:String} AS definitions, cell, sum(g.facts),
  sum(g.accepted), sum(g.withdrawn), sum(g.direct), sum(g.closed), sum(g.satisfaction_given), sum(g.satisfied),
  sum(g.dispatched_closed), sum(g.dispatched_followed_up), sum(g.simulated),
  arraySort(groupArrayIf((g.line, g.region, g.accepted, g.withdrawn, g.direct, g.closed, g.satisfaction_given, g.satisfied,
    g.dispatched_closed, g.dispatched_followed_up, g.simulated), g.winners > 0)),
  arrayZip(due_by_cell.1, due_by_cell.2, due_by_cell.3, due_by_cell.4)
FROM (
  SELECT
    cell, line, region,
    count() AS facts,
    countIf(wins) AS winners,
    countIf(wins AND is_accepted) AS accepted,
    countIf(wins AND status = 'WITHDRAWN') AS withdrawn,
    countIf(wins AND is_accepted AND is_direct) AS direct,
    countIf(wins AND status = 'CLOSED') AS closed,
    countIf(wins AND is_accepted AND has_satisfaction) AS satisfaction_given,
    countIf(wins AND is_accepted AND has_satisfaction AND satisfaction_value >= {satisfied_min:UInt8}) AS satisfied,
    countIf(wins AND status = 'CLOSED' AND is_dispatched) AS dispatched_closed,
    countIf(wins AND status = 'CLOSED' AND is_dispatched AND followed_up_at IS NOT NULL) AS dispatched_followed_up,
    countIf(wins AND is_simulated) AS simulated,
    sumMapIf([due_cell], [toUInt64(1)], [toUInt64(status = 'CLOSED')], [toUInt64(is_on_time)],
      wins AND due_at IS NOT NULL AND status NOT IN ('VOID', 'WITHDRAWN')) AS due_counts
  FROM (
    SELECT
      cell, line, region, status, followed_up_at, due_at,
      count() OVER (PARTITION BY cell, ticket_id, accepted_at ORDER BY revision, emitted_at, content ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) = 1 AS wins,
      status != 'VOID' AS is_accepted,
      ifNull(resolution = 'DIRECT', false) AS is_direct,
      ifNull(resolution = 'DISPATCHED', false) AS is_dispatched,
      satisfaction IS NOT NULL AS has_satisfaction,
      ifNull(satisfaction, 0) AS satisfaction_value,
      toDateTime(intDiv(toUnixTimestamp64Milli(ifNull(due_at, toDateTime64(0, 3, 'UTC'))), 900000) * 900, 'UTC') AS due_cell,
      status = 'CLOSED' AND ifNull(closed_at <= due_at, false) AS is_on_time,
      startsWith(ticket_id, 'sim-') AS is_simulated
    FROM ticket_facts FINAL
    WHERE __CELLS__
      AND cell >= (SELECT max(before_at) FROM seals WHERE is_sealed)
  )
  GROUP BY cell, line, region
) AS g
GROUP BY cell
SETTINGS optimize_read_in_window_order = 1

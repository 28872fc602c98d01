-- Keeps the tickets that speak for a period: those accepted in it, and those accepted elsewhere that were ever due in it.
--
-- "Ever due" and not "due by the winner", so that the set of facts only grows: a due date that moves away takes nothing
-- out of the evidence. There is no range on `cell`, because a due instant may lie any time after the acceptance.
INSERT INTO statement_records (from_at, to_at, kind, evidence, cell, id, at, revision, emitted_at, content, records)
SELECT {from:DateTime('UTC')}, {to:DateTime('UTC')}, kind, evidence, cell, ticket_id, accepted_at, revision, emitted_at, content, records
FROM (
  SELECT *, count() OVER (PARTITION BY kind) AS evidence, countIf(wins) OVER (PARTITION BY kind) AS records
  FROM (
    SELECT
      cell, ticket_id, accepted_at, revision, emitted_at, content,
      if(cell >= {from:DateTime('UTC')} AND cell < {to:DateTime('UTC')}, 'ticket', 'due-ticket') AS kind,
      row_number() OVER (PARTITION BY cell, ticket_id, accepted_at ORDER BY revision DESC, emitted_at DESC, content DESC) = 1 AS wins,
      max(ifNull(due_at >= {from:DateTime('UTC')} AND due_at < {to:DateTime('UTC')}, false))
        OVER (PARTITION BY cell, ticket_id, accepted_at) AS was_due
    FROM ticket_facts FINAL
  )
  WHERE kind = 'ticket' OR was_due
)
WHERE wins

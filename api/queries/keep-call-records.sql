-- Keeps the calls that speak for a period, each by its winning revision, with the evidence they were chosen from.
--
-- One read gives winners, evidence and the size of the set, so they speak of the same facts.
INSERT INTO statement_records (from_at, to_at, kind, evidence, cell, id, at, revision, emitted_at, content, records)
SELECT {from:DateTime('UTC')}, {to:DateTime('UTC')}, 'call', evidence, cell, call_id, arrived_at, revision, emitted_at, content, records
FROM (
  SELECT *, count() OVER () AS evidence, countIf(wins) OVER () AS records
  FROM (
    SELECT
      cell, call_id, arrived_at, revision, emitted_at, content,
      row_number() OVER (PARTITION BY cell, call_id, arrived_at ORDER BY revision DESC, emitted_at DESC, content DESC) = 1 AS wins
    FROM call_facts FINAL
    WHERE cell >= {from:DateTime('UTC')} AND cell < {to:DateTime('UTC')}
  )
)
WHERE wins

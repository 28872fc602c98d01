-- Calls of before {before} that a ticket names which stays: their facts go, and the ticket must not seem to name nobody.
INSERT INTO sealed_calls (call_hash)
SELECT DISTINCT cityHash64(call_id) FROM call_facts
WHERE cell < {before:DateTime('UTC')}
  AND cityHash64(call_id) IN (
    SELECT cityHash64(assumeNotNull(call_id)) FROM ticket_facts WHERE cell >= {before:DateTime('UTC')} AND call_id IS NOT NULL)

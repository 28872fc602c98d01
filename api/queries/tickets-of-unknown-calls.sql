-- Tickets accepted in a range that name a call of which there is no record.
--
-- Calls are looked for among those that arrived from {calls_from} to {calls_to}. Ids are compared by a hash of 64 bits: a
-- tenth of the memory, and of a hundred million calls less than one ticket in a thousand thousand would be missed.
SELECT
  (SELECT sum(accepted) FROM ticket_cells FINAL
    WHERE definitions = {definitions:String} AND cell >= {from:DateTime('UTC')} AND cell < {to:DateTime('UTC')}) AS accepted,
  uniqExact(ticket_id, accepted_at) AS of_unknown_calls
FROM ticket_facts
WHERE cell >= {from:DateTime('UTC')}
  AND cell < {to:DateTime('UTC')}
  AND call_id IS NOT NULL
  AND cityHash64(assumeNotNull(call_id)) NOT IN (
    SELECT cityHash64(call_id) FROM call_facts
    WHERE cell >= {calls_from:DateTime('UTC')} AND cell < {calls_to:DateTime('UTC')})

-- Tickets that name a call of which there is no record, by the part of a range they were accepted in.
--
-- Calls are looked for among those that arrived from {calls_from} to {calls_to}. Ids are compared by a hash of 64 bits: a
-- tenth of the memory, and of a hundred million calls less than one ticket in a thousand thousand would be missed.
SELECT roundDown(toUnixTimestamp(cell), {starts:Array(UInt32)}) AS part_s, uniqExact(ticket_id, accepted_at) AS of_unknown_calls
FROM ticket_facts
WHERE cell >= {from:DateTime('UTC')}
  AND cell < {to:DateTime('UTC')}
  AND call_id IS NOT NULL
  AND cityHash64(assumeNotNull(call_id)) NOT IN (
    SELECT cityHash64(call_id) FROM call_facts
    WHERE cell >= {calls_from:DateTime('UTC')} AND cell < {calls_to:DateTime('UTC')})
GROUP BY part_s

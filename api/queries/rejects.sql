-- A page of messages that were not counted, where they stand and why. Retries wrote some twice; FINAL makes them one.
SELECT topic, partition, offset, code, reason
FROM rejects FINAL
WHERE (empty({codes:Array(String)}) OR has({codes:Array(String)}, code))
  AND (empty({topics:Array(String)}) OR has({topics:Array(String)}, topic))
  AND (topic, partition, offset) > ({after_topic:String}, {after_partition:Int64}, {after_offset:Int64})
ORDER BY topic, partition, offset
LIMIT {rows_max:UInt32}

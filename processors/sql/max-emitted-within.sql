-- The greatest emission among the ranges of a topic that lie wholly before the end offsets {vector} (by partition number).
SELECT toUnixTimestamp64Milli(max(max_emitted_at)) AS max_emitted_at_ms
FROM progress
WHERE topic = {topic:String} AND partition < length({vector:Array(Int64)}) AND next_offset <= {vector:Array(Int64)}[partition + 1]

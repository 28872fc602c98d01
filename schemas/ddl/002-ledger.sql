-- What was read, what was refused, and how far time has come.

-- A row per partition and committed range: from_offset is in, next_offset is out, and
-- fact_records + reject_records + gap_offsets + heartbeats = next_offset - from_offset.
-- Ranges of two processors may overlap after a rebalance; the union must have no hole.
CREATE TABLE progress (
  topic LowCardinality(String),
  partition UInt32,
  from_offset Int64,
  next_offset Int64,
  fact_records UInt64,
  reject_records UInt64,
  gap_offsets UInt64,
  heartbeats UInt64,
  max_emitted_at DateTime64(3, 'UTC') COMMENT 'of facts and heartbeats; 1970 where the range has neither',
  last_hash UInt64 COMMENT 'of the bytes of the last record of the range'
) ENGINE = ReplacingMergeTree
ORDER BY (topic, partition, from_offset, next_offset);

-- A row per refused message: what was not counted, where it stands in the log, and why. No payload: that is in hotline.rejected.v1.
CREATE TABLE rejects (
  topic LowCardinality(String),
  partition UInt32,
  offset Int64,
  code LowCardinality(String),
  reason String
) ENGINE = ReplacingMergeTree
ORDER BY (topic, partition, offset);

-- The last vector of end offsets of a topic that progress has covered everywhere, and the watermark it gave.
CREATE TABLE watermarks (
  topic LowCardinality(String),
  vector Array(Int64) COMMENT 'end offset of each partition, by its number',
  vector_sum UInt64,
  watermark DateTime64(3, 'UTC')
) ENGINE = ReplacingMergeTree(vector_sum)
ORDER BY topic;

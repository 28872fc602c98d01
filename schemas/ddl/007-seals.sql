-- Retention: which quarter-hours are sealed, and what answers still need of their records once these are deleted.

-- The greatest instant speaks. A seal comes in two steps: first no fact of before comes in any more, then, when every
-- cell has all its facts, no cell of before is computed again. Only after that are facts deleted.
CREATE TABLE seals (
  before_at DateTime('UTC') COMMENT 'out: the start of a UTC year, because facts are deleted by whole partitions',
  is_sealed Bool COMMENT 'false: facts of before are refused; true: cells of before are sealed too'
) ENGINE = ReplacingMergeTree(is_sealed)
ORDER BY before_at;

-- The seats that answered in a sealed quarter-hour, as hashes: who shared a month or a window can be counted, not named.
CREATE TABLE sealed_seats (
  cell DateTime('UTC'),
  line LowCardinality(String),
  region LowCardinality(String),
  answering Array(UInt64) COMMENT 'of calls that asked for a person',
  seen Array(UInt64) COMMENT 'of all calls, outbound ones too'
) ENGINE = ReplacingMergeTree
PARTITION BY toYear(cell)
ORDER BY (cell, line, region);

-- How the records of a sealed quarter-hour came in, and whether its tickets belonged to calls.
CREATE TABLE sealed_continuity (
  cell DateTime('UTC'),
  late UInt32 COMMENT 'records of calls emitted more than a day after their call had ended',
  amendments UInt32 COMMENT 'of these, later revisions',
  of_unknown_calls UInt32 COMMENT 'tickets that name a call of which there was no record'
) ENGINE = ReplacingMergeTree
PARTITION BY toYear(cell)
ORDER BY cell;

-- Deleted calls that a ticket names which stays: without them it would look like a ticket of an unknown call.
CREATE TABLE sealed_calls (
  call_hash UInt64 COMMENT 'cityHash64 of call_id'
) ENGINE = ReplacingMergeTree
ORDER BY call_hash;

-- Statements 定版报表: figures as they were issued, and the records that made them.

-- The records that spoke for a period, each by the revision that won. A set is named by period, kind and evidence: facts
-- only grow, so equal evidence of one period is the same set, whoever wrote it and however often. It is whole once it has
-- `records` rows; what was cut off is never read.
CREATE TABLE statement_records (
  from_at DateTime('UTC'),
  to_at DateTime('UTC') COMMENT 'out',
  kind Enum8('call' = 0, 'ticket' = 1, 'due-ticket' = 2) COMMENT 'due-ticket: accepted outside the period, and in some revision due in it',
  evidence UInt64 COMMENT 'distinct facts the winners were chosen from',
  cell DateTime('UTC'),
  id String,
  at DateTime64(3, 'UTC') COMMENT 'arrived_at or accepted_at',
  revision UInt32,
  emitted_at DateTime64(3, 'UTC'),
  content UInt64 COMMENT 'hash of the fields, as in the facts',
  records UInt64 COMMENT 'rows of the whole set'
) ENGINE = ReplacingMergeTree
PARTITION BY toYear(from_at)
ORDER BY (from_at, to_at, kind, evidence, cell, id, at, revision, emitted_at, content);

-- A row is never altered: everything in it follows from its sort key, so issuing one twice changes nothing.
CREATE TABLE statements (
  profile LowCardinality(String),
  period String COMMENT '2023, 2023-Q1 (counted from the start of the contract) or 2023-01',
  profile_version LowCardinality(String),
  definitions LowCardinality(String),
  from_at DateTime('UTC'),
  to_at DateTime('UTC') COMMENT 'out',
  call_evidence UInt64,
  ticket_evidence UInt64,
  due_ticket_evidence UInt64,
  calls_status Enum8('open' = 0, 'provisional' = 1, 'final' = 2),
  tickets_status Enum8('open' = 0, 'provisional' = 1, 'final' = 2),
  form UInt16 COMMENT 'raised when statements are written differently',
  id String COMMENT 'hash of everything above',
  sha256 String COMMENT 'of the canonical form of json without its own sha256',
  simulated Bool,
  last_emitted_at DateTime64(3, 'UTC') COMMENT 'greatest emitted_at of the records; 1970 if there is none',
  json String COMMENT 'the bytes that were issued' CODEC(ZSTD(3))
) ENGINE = ReplacingMergeTree
ORDER BY (profile, period, profile_version, definitions, from_at, to_at, call_evidence, ticket_evidence, due_ticket_evidence,
  calls_status, tickets_status, form, id, sha256);

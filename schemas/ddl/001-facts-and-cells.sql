-- Facts are the truth: append-only sets of distinct accepted records. A cell is a cache with evidence.

-- One row per distinct accepted call record. Every column of the sort key and of the partition key is an immutable
-- attribute of the record, so inserting a record twice changes nothing once parts merge, and nothing when read with FINAL.
CREATE TABLE call_facts (
  cell DateTime('UTC') COMMENT 'start of the quarter-hour of arrived_at',
  call_id String,
  arrived_at DateTime64(3, 'UTC'),
  revision UInt32,
  emitted_at DateTime64(3, 'UTC'),
  content UInt64 COMMENT '64-bit hash of the fields that differ from their default',
  line LowCardinality(String),
  region LowCardinality(String),
  direction Enum8('INBOUND' = 0, 'OUTBOUND' = 1),
  caller String,
  queued_at Nullable(DateTime64(3, 'UTC')),
  answered_at Nullable(DateTime64(3, 'UTC')),
  ended_at DateTime64(3, 'UTC'),
  agent LowCardinality(Nullable(String)),
  outcome Enum8('ANSWERED' = 0, 'WAITING_ABANDONED' = 1, 'RINGING_ABANDONED' = 2, 'IVR_COMPLETED' = 3, 'IVR_ABANDONED' = 4,
                'NO_SEAT' = 5, 'FLOWED_OUT' = 6, 'BLACKLISTED' = 7, 'SYSTEM_FAILED' = 8, 'TEST' = 9, 'VOID' = 10),
  rating Nullable(UInt8)
) ENGINE = ReplacingMergeTree
PARTITION BY toYear(cell)
ORDER BY (cell, call_id, arrived_at, revision, emitted_at, content);

CREATE TABLE ticket_facts (
  cell DateTime('UTC') COMMENT 'start of the quarter-hour of accepted_at',
  ticket_id String,
  accepted_at DateTime64(3, 'UTC'),
  revision UInt32,
  emitted_at DateTime64(3, 'UTC'),
  content UInt64 COMMENT '64-bit hash of the fields that differ from their default',
  call_id Nullable(String),
  channel Enum8('PHONE' = 0, 'WEB' = 1, 'APP' = 2, 'WECHAT' = 3, 'MAIL' = 4, 'OTHER' = 5),
  line LowCardinality(String),
  region LowCardinality(String),
  category LowCardinality(String),
  kind Enum8('CONSULT' = 0, 'HELP' = 1, 'COMPLAINT' = 2, 'REPORT' = 3, 'SUGGESTION' = 4, 'OTHER' = 5),
  status Enum8('ACCEPTED' = 0, 'DISPATCHED' = 1, 'CLOSED' = 2, 'WITHDRAWN' = 3, 'VOID' = 4),
  resolution Nullable(Enum8('DIRECT' = 0, 'DISPATCHED' = 1)),
  unit LowCardinality(Nullable(String)),
  due_at Nullable(DateTime64(3, 'UTC')),
  closed_at Nullable(DateTime64(3, 'UTC')),
  followed_up_at Nullable(DateTime64(3, 'UTC')),
  satisfaction Nullable(UInt8)
) ENGINE = ReplacingMergeTree
PARTITION BY toYear(cell)
ORDER BY (cell, ticket_id, accepted_at, revision, emitted_at, content);

-- A cell row replaces its predecessor whole: the row with more evidence has read a superset of its facts.
-- The counts are those of kpi/: offered = answered + abandoned + no_seat + flowed_out + failed + other.
CREATE TABLE call_cells (
  definitions LowCardinality(String) COMMENT 'hash of the settings that enter a count',
  cell DateTime('UTC'),
  evidence UInt64 COMMENT 'distinct facts this row was computed from',
  offered UInt32,
  answered UInt32,
  answered_fast UInt32,
  abandoned UInt32,
  no_seat UInt32,
  flowed_out UInt32,
  failed UInt32,
  other UInt32,
  short_abandoned UInt32,
  rated UInt32,
  rated_good UInt32,
  waited_ms UInt64,
  outbound UInt32,
  outbound_answered UInt32,
  simulated UInt32,
  breakdown Array(Tuple(line String, region String, offered UInt32, answered UInt32, answered_fast UInt32, abandoned UInt32,
    no_seat UInt32, flowed_out UInt32, failed UInt32, other UInt32, short_abandoned UInt32, rated UInt32, rated_good UInt32,
    waited_ms UInt64, outbound UInt32, outbound_answered UInt32, simulated UInt32))
) ENGINE = ReplacingMergeTree(evidence)
PARTITION BY toYear(cell)
ORDER BY (definitions, cell);

CREATE TABLE ticket_cells (
  definitions LowCardinality(String),
  cell DateTime('UTC'),
  evidence UInt64,
  accepted UInt32 COMMENT 'winners but VOID; WITHDRAWN stays in',
  withdrawn UInt32,
  direct UInt32,
  closed UInt32,
  satisfaction_given UInt32,
  satisfied UInt32,
  dispatched_closed UInt32,
  dispatched_followed_up UInt32,
  simulated UInt32,
  breakdown Array(Tuple(line String, region String, accepted UInt32, withdrawn UInt32, direct UInt32, closed UInt32,
    satisfaction_given UInt32, satisfied UInt32, dispatched_closed UInt32, dispatched_followed_up UInt32, simulated UInt32)),
  due Array(Tuple(due_cell DateTime('UTC'), due UInt32, closed UInt32, on_time UInt32))
    COMMENT 'tickets accepted in this cell by the quarter-hour they are due in; neither VOID nor WITHDRAWN'
) ENGINE = ReplacingMergeTree(evidence)
PARTITION BY toYear(cell)
ORDER BY (definitions, cell);

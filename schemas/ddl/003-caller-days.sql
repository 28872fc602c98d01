-- Distinct callers do not add up from cells, so they are counted by local day, and anew when a cell of that day is dirty.
CREATE TABLE caller_days (
  definitions LowCardinality(String),
  time_zone LowCardinality(String),
  day Date COMMENT 'local day of arrived_at in time_zone',
  evidence UInt64 COMMENT 'distinct facts of the day this row was computed from',
  callers UInt32 COMMENT 'distinct callers with an offered call; each call from a withheld number is one',
  answered_callers UInt32 COMMENT 'of these, with at least one answered call'
) ENGINE = ReplacingMergeTree(evidence)
PARTITION BY toYear(day)
ORDER BY (definitions, time_zone, day);

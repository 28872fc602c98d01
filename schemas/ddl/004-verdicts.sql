-- What was said of windows when they became final, and the windows themselves for people's own tools.

-- The profiles that processors judge by, each as it was last started with.
CREATE TABLE profiles (
  profile LowCardinality(String),
  profile_version LowCardinality(String),
  definitions LowCardinality(String) COMMENT 'names the series of cells',
  time_zone LowCardinality(String)
) ENGINE = ReplacingMergeTree
ORDER BY profile;

-- Every window of the years that have records, by version of the profile. `end_at` is out.
CREATE TABLE windows (
  profile LowCardinality(String),
  profile_version LowCardinality(String),
  year UInt16 COMMENT 'local year on one of whose days it starts',
  kind Enum8('peak' = 0, 'special' = 1, 'hour' = 2, 'day' = 3, 'month' = 4, 'quarter' = 5, 'year' = 6),
  window String COMMENT 'evening@2023-03-10, 2023-03-10, 2023-03, 2023-Q1; of an hour its start in ISO-8601',
  period LowCardinality(String) COMMENT 'id of the definition in the profile, or the kind',
  local_date Date COMMENT 'local day it starts on',
  start_at DateTime('UTC'),
  end_at DateTime('UTC')
) ENGINE = ReplacingMergeTree
ORDER BY (profile, profile_version, kind, start_at, window);

-- Verdicts as they were issued. The content is a function of the sort key, so issuing one twice changes nothing.
-- Of one window the row with the most evidence is the last; the earlier ones stay readable.
CREATE TABLE verdicts (
  profile LowCardinality(String),
  profile_version LowCardinality(String),
  definitions LowCardinality(String),
  window String COMMENT 'evening@2023-03-10',
  evidence UInt64 COMMENT 'distinct facts of the window',
  base_evidence UInt64 COMMENT 'distinct facts of the local year up to end_at',
  period LowCardinality(String),
  kind Enum8('peak' = 0, 'special' = 1),
  local_date Date,
  start_at DateTime64(3, 'UTC'),
  end_at DateTime64(3, 'UTC'),
  base_from DateTime64(3, 'UTC'),
  offered UInt32,
  answered UInt32,
  abandoned UInt32,
  no_seat UInt32,
  flowed_out UInt32,
  failed UInt32,
  other UInt32,
  waited_ms UInt64,
  base_offered UInt64,
  base_answered UInt64,
  deviation_points Nullable(Float64),
  lower_points Nullable(Float64),
  upper_points Nullable(Float64),
  within_tolerance Nullable(Bool),
  least_tolerance_points Nullable(Float64),
  verdict Enum8('stable' = 0, 'deviates' = 1, 'insufficient' = 2),
  reason Enum8('none' = 0, 'first-days' = 1, 'no-calls' = 2),
  calls_for_verdict Nullable(UInt64),
  coverage Enum8('received' = 0, 'no-data' = 1, 'unknown' = 2, 'open' = 3),
  expected_count Nullable(Float64),
  tolerance_points Float64,
  confidence Float64,
  simulated Bool
) ENGINE = ReplacingMergeTree
ORDER BY (profile, profile_version, definitions, window, evidence, base_evidence);

-- Peaks and special periods with their rates, and what was last said of them (NULL: nothing yet).
CREATE VIEW peak_rates AS
SELECT
  w.profile AS profile, w.period AS period, w.kind AS kind, w.local_date AS local_date, w.start_at AS start_at, w.end_at AS end_at,
  w.offered_count AS offered_count, w.answered_count AS answered_count,
  if(offered_count = 0, NULL, answered_count / offered_count) AS ratio,
  if(v.window = '', NULL, toNullable(v.last_verdict)) AS verdict
FROM (
  SELECT
    i.profile AS profile, any(i.profile_version) AS profile_version, any(i.definitions) AS definitions, i.window AS window,
    any(i.period) AS period, any(toString(i.kind)) AS kind, any(i.local_date) AS local_date, any(i.start_at) AS start_at,
    any(i.end_at) AS end_at, sum(c.offered) AS offered_count, sum(c.answered) AS answered_count
  FROM (
    SELECT windows.profile AS profile, windows.profile_version AS profile_version, profiles.definitions AS definitions,
      window, period, kind, local_date, start_at, end_at,
      arrayJoin(range(toUnixTimestamp(start_at), toUnixTimestamp(end_at), 900)) AS cell_s
    FROM (SELECT * FROM windows FINAL WHERE kind IN ('peak', 'special')) AS windows
    INNER JOIN (SELECT * FROM profiles FINAL) AS profiles
      ON windows.profile = profiles.profile AND windows.profile_version = profiles.profile_version
  ) AS i
  LEFT JOIN (SELECT definitions, toUnixTimestamp(cell) AS cell_s, offered, answered FROM call_cells FINAL) AS c
    ON i.definitions = c.definitions AND i.cell_s = c.cell_s
  GROUP BY profile, window
) AS w
LEFT JOIN (
  SELECT profile, profile_version, definitions, window, argMax(toString(verdict), (evidence, base_evidence)) AS last_verdict
  FROM verdicts
  GROUP BY profile, profile_version, definitions, window
) AS v ON w.profile = v.profile AND w.profile_version = v.profile_version AND w.definitions = v.definitions AND w.window = v.window;

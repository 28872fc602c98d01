/** The statements by which the Kafka engine takes part. */

export interface EngineSource {
  brokers: string
  topic: string
  group: string
  registry: string
}

const IS_OFFERED = `direction = 'INBOUND' AND queued_at IS NOT NULL AND outcome NOT IN ('TEST', 'BLACKLISTED', 'VOID')`
const IS_ANSWERED = `ifNull(ended_at > answered_at, false)`
const OUTCOMES = `Enum8('ANSWERED' = 0, 'WAITING_ABANDONED' = 1, 'RINGING_ABANDONED' = 2, 'IVR_COMPLETED' = 3, 'IVR_ABANDONED' = 4,
  'NO_SEAT' = 5, 'FLOWED_OUT' = 6, 'BLACKLISTED' = 7, 'SYSTEM_FAILED' = 8, 'TEST' = 9, 'VOID' = 10)`
const COLUMNS = `call_id String, revision Int32, arrived_at DateTime64(3, 'UTC'), line LowCardinality(String), region LowCardinality(String),
  direction Enum8('INBOUND' = 0, 'OUTBOUND' = 1), caller String, queued_at Nullable(DateTime64(3, 'UTC')),
  answered_at Nullable(DateTime64(3, 'UTC')), ended_at DateTime64(3, 'UTC'), agent LowCardinality(Nullable(String)),
  outcome ${OUTCOMES}, rating Nullable(Int32), emitted_at DateTime64(3, 'UTC')`

/** The views come last: with the first of them the engine begins to read. */
export function engineTables({ brokers, topic, group, registry }: EngineSource): string[] {
  return [
    `CREATE TABLE facts (cell DateTime('UTC'), ${COLUMNS}) ENGINE = ReplacingMergeTree
     PARTITION BY toYear(cell) ORDER BY (cell, call_id, arrived_at, revision, emitted_at)`,
    `CREATE TABLE hourly_sums (hour DateTime('UTC'), evidence UInt64, offered UInt64, answered UInt64)
     ENGINE = SummingMergeTree ORDER BY hour`,
    `CREATE TABLE source (${COLUMNS}) ENGINE = Kafka
     SETTINGS kafka_broker_list = '${brokers}', kafka_topic_list = '${topic}', kafka_group_name = '${group}', kafka_format = 'AvroConfluent',
       format_avro_schema_registry_url = '${registry}', kafka_num_consumers = 2, kafka_thread_per_consumer = 1`,
    `CREATE MATERIALIZED VIEW to_hourly_sums TO hourly_sums AS
     SELECT toStartOfHour(toDateTime(arrived_at, 'UTC')) AS hour, count() AS evidence, countIf(${IS_OFFERED}) AS offered,
       countIf(${IS_OFFERED} AND ${IS_ANSWERED}) AS answered FROM source GROUP BY hour`,
    `CREATE MATERIALIZED VIEW to_facts TO facts AS
     SELECT toStartOfFifteenMinutes(toDateTime(arrived_at, 'UTC')) AS cell, * FROM source`,
  ]
}

export const HOURLY_SUMS = `SELECT toUnixTimestamp(hour) * 1000 AS cellAtMs, sum(evidence) AS evidence, sum(offered) AS offered,
  sum(answered) AS answered FROM hourly_sums GROUP BY hour`

/** What its facts say, made right when they are read: distinct ones, and of each call the highest revision. */
export const FACT_CELLS = `SELECT toUnixTimestamp(cell) * 1000 AS cellAtMs, count() AS evidence, countIf(wins AND ${IS_OFFERED}) AS offered,
  countIf(wins AND ${IS_OFFERED} AND ${IS_ANSWERED}) AS answered
  FROM (SELECT *, row_number() OVER (PARTITION BY cell, call_id, arrived_at ORDER BY revision DESC, emitted_at DESC) = 1 AS wins FROM facts FINAL)
  GROUP BY cell`

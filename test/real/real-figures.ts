/** The real database and its topics, looked at as a whole: to see that something left them as they were. */
import { Kafka, logLevel } from 'kafkajs'
import { expect } from 'vitest'
import { kafkaNamesOf } from '../../schemas/kafka-names.ts'
import { until } from './local-processes.ts'
import type { Up } from './steadyline.ts'

/** Every table of a database with its number of rows and a sum over all of them. */
export async function checksums(up: Up, database: string, tables?: readonly string[]): Promise<Record<string, string>> {
  const names = tables ?? (await tablesOf(up, database))
  const sums = await Promise.all(
    names.map(async (table) => {
      const [row] = await up.rows<{ sum: string }>(
        `SELECT concat(toString(count()), ' rows ', toString(sum(cityHash64(toString(tuple(*)))))) AS sum FROM ${database}.${table} FINAL`,
      )
      return [table, row!.sum]
    }),
  )
  return Object.fromEntries(sums)
}

async function tablesOf(up: Up, database: string): Promise<string[]> {
  const tables = await up.rows<{ name: string }>(
    `SELECT name FROM system.tables WHERE database = '${database}' AND engine LIKE '%MergeTree' ORDER BY name`,
  )
  return tables.map(({ name }) => name)
}

/** Of all partitions of all topics, the real ones (`null`) or those of a scenario. */
export async function endOffsets(up: Up, scenario: string | null): Promise<Record<string, number[]>> {
  const { calls, tickets, rejected, verdicts } = kafkaNamesOf(scenario)
  return withAdmin(up, async (admin) => {
    const ends = await Promise.all(
      [calls, tickets, rejected, verdicts].map(async (topic) => {
        const partitions = await admin.fetchTopicOffsets(topic)
        return [topic, partitions.map(({ high }) => Number(high))]
      }),
    )
    return Object.fromEntries(ends)
  })
}

export async function withAdmin<Answer>(
  up: Up,
  ask: (admin: ReturnType<Kafka['admin']>) => Promise<Answer>,
): Promise<Answer> {
  const admin = new Kafka({ brokers: [up.record().kafkaBrokers], logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  return ask(admin).finally(() => admin.disconnect())
}

/** Returns once the real figures have been the same for a while: the last verdicts may come after all is counted. */
export async function settled(up: Up, whileMs: number): Promise<void> {
  await unchanged('the real figures have settled', () => realState(up), whileMs)
}

/** Waits until an answer has been the same for a while, and returns it. */
export async function unchanged<Answer>(what: string, ask: () => Promise<Answer>, whileMs: number): Promise<Answer> {
  let answer = await ask()
  let sinceMs = performance.now()
  const isSame = async () => {
    const now = await ask()
    if (JSON.stringify(now) !== JSON.stringify(answer)) [answer, sinceMs] = [now, performance.now()]
    return performance.now() - sinceMs >= whileMs
  }
  await until(what, isSame)
  return answer
}

/** Runs something, and asserts that every real table and topic is the same before and after. */
export async function leavingTheRealAlone(
  up: Up,
  action: () => Promise<void>,
  mustHoldRows: readonly string[] = ['call_facts'],
): Promise<void> {
  const before = await realState(up)
  for (const table of mustHoldRows) expect(before.tables[table], table).toMatch(/^[1-9]\d* rows/)
  await action()
  expect(await realState(up)).toEqual(before)
}

async function realState(up: Up) {
  return { tables: await checksums(up, 'steadyline'), ends: await endOffsets(up, null) }
}

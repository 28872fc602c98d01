/**
 * The faults must be able to fail: with a guard taken away, from outside and not in the program, each of these goes wrong
 * and is seen to. What cannot be taken away from outside is in docs/faults.md and test/property/write-path.test.ts.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from './eventually.ts'
import { deduplicated } from './kinds/records.ts'
import { recreate } from './kinds/replaced-logs.ts'
import { recordsOfTwoWeeks, type SentRecord } from './records.ts'
import { type Servers, startServers } from './servers.ts'
import type { Rule } from './store-proxy.ts'
import { Trial } from './trial.ts'

const GUARD_MS_MAX = 900_000
const DEDUPLICATION = ['insert_deduplicate', 'deduplicate_insert', 'deduplicate_insert_select']

let servers: Servers
let records: SentRecord[]
beforeAll(async () => {
  records = recordsOfTwoWeeks(0.05)
  servers = await startServers()
})
afterAll(() => servers.stop())

let number = 0
async function withTrial(rule: Rule, action: (trial: Trial) => Promise<void>): Promise<void> {
  const trial = await Trial.begin(servers, `guard_${++number}`, records)
  try {
    trial.proxy.rule = rule
    await action(trial)
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${trial.said()}`, { cause: error })
  } finally {
    await trial.end()
  }
}

const done = { status: 200, text: '' } as const

test(
  'a store that acknowledges facts and does not keep them: lost, and named by reconcile --log',
  async () => {
    let left = 1
    const rule: Rule = ({ table }) => (table === 'call_facts' && left-- > 0 ? { answer: done } : {})
    await withTrial(rule, async (trial) => {
      await trial.startProcessor()
      await trial.send(0, 1)
      await trial.untilCounted()
      const { lost, problems } = await trial.outcome()
      expect(lost).toBeGreaterThan(0)
      expect(problems.join('\n')).toContain('the log holds a record of')
    })
  },
  GUARD_MS_MAX,
)

test(
  'progress before cells: a processor that dies in between leaves cells without their facts',
  async () => {
    // The recompute is put off until after progress, when the processor is dead: the order turned round from outside.
    await withTrial(
      () => ({}),
      async (trial) => {
        const processor = await trial.startProcessor()
        trial.proxy.rule = ({ table }) => {
          if (table === 'progress') return { done: () => processor.kill(), isAnswerCut: true }
          return table !== null && /_cells$|^caller_days$/.test(table) ? { answer: done } : {}
        }
        await trial.send(0, 1 / 2)
        await eventually('the processor is dead', () => processor.hasEnded)
        trial.proxy.heal()
        await trial.startProcessor()
        await trial.send(1 / 2, 1)
        await trial.untilCounted()
        const { lost, problems } = await trial.outcome()
        expect(lost).toBeGreaterThan(0)
        expect(problems.length).toBeGreaterThan(0)
      },
    )
  },
  GUARD_MS_MAX,
)

test(
  'without the settings against deduplication, rows that come again are swallowed',
  async () => {
    const rule: Rule = ({ table }) => (table === null ? {} : { settingsLeftOut: DEDUPLICATION })
    await withTrial(rule, async (trial) => {
      await deduplicated.run(trial)
      await trial.untilCounted()
      expect((await trial.outcome()).lost).toBeGreaterThan(0)
    })
  },
  GUARD_MS_MAX,
)

test(
  'without the hash of the last record, a topic that was filled again is read on as if it were the old one',
  async () => {
    const rule: Rule = ({ statement }) =>
      statement.includes('last_hash') && statement.includes('SELECT') ? { answer: done } : {}
    await withTrial(rule, async (trial) => {
      const processor = await trial.startProcessor()
      await trial.send(0, 1 / 4)
      await trial.untilCounted()
      await processor.end()
      await recreate(trial)
      await trial.send(1 / 4, 1)
      await trial.startProcessor()
      await trial.untilCounted()
      expect((await trial.outcome()).lost).toBeGreaterThan(0)
    })
  },
  GUARD_MS_MAX,
)

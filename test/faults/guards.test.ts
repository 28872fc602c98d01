/**
 * The faults must be able to fail: with a guard taken away, from outside and not in the program, each of these goes wrong
 * and is seen to. What cannot be taken away from outside is in docs/faults.md and test/property/write-path.test.ts.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from './eventually.ts'
import { expectNothingReadAgain } from './kinds/offsets.ts'
import { CLOCK, callFrom2090, deduplicated, watermarkYear } from './kinds/records.ts'
import { expire, recreate } from './kinds/replaced-logs.ts'
import { landsAfterTheSeal } from './kinds/seals.ts'
import { POISON } from './poison.ts'
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
async function withTrial(rule: Rule, action: (trial: Trial) => Promise<void>, isReal = false): Promise<void> {
  const trial = await Trial.begin(servers, isReal ? null : `guard_${++number}`, records)
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

/** What `progress` says of how far was counted is not heard: reading then begins with the log. */
const progressNotHeard: Rule = ({ statement }) => (statement.includes('AS counted_until') ? { answer: done } : {})

test(
  'not beginning at progress, everything is read again: seen by the ledger',
  async () => {
    await withTrial(
      () => ({}),
      async (trial) => {
        const processor = await trial.startProcessor()
        await trial.send(0, 1 / 2)
        await trial.untilCounted()
        await processor.end()
        await expectNothingReadAgain(trial)
        trial.proxy.rule = progressNotHeard
        await trial.startProcessor()
        await trial.send(1 / 2, 1)
        await trial.untilCounted()
        await eventually('offsets are booked twice', () =>
          expectNothingReadAgain(trial).then(
            () => false,
            () => true,
          ),
        )
      },
    )
  },
  GUARD_MS_MAX,
)

test(
  'not beginning at progress, nobody stops where retention has overtaken a processor, and what expired is lost',
  async () => {
    await withTrial(
      () => ({}),
      async (trial) => {
        const processor = await trial.startProcessor()
        await trial.send(0, 1 / 2)
        await trial.untilCounted()
        await processor.end()
        await trial.send(1 / 2, 1)
        await expire(trial, ({ endOffset }) => endOffset - 1)
        trial.proxy.rule = progressNotHeard
        const reckless = await trial.startProcessor()
        const logged = (await trial.endOffsets()).reduce((sum, { endOffset }) => sum + endOffset, 0)
        await eventually('it reads to the end', async () => (await trial.countedCount()) === logged)
        expect(reckless.hasEnded).toBe(false)
        expect((await trial.outcome({ isLogWhole: false })).lost).toBeGreaterThan(0)
      },
    )
  },
  GUARD_MS_MAX,
)

test(
  'counting every revision of a call and not the one that wins: doubled',
  async () => {
    const rule: Rule = ({ table }) =>
      table === 'call_cells' ? { rewritten: (statement) => statement.replace(') = 1 AS wins', ') > 0 AS wins') } : {}
    await withTrial(rule, async (trial) => {
      await trial.startProcessor()
      await trial.send(0, 1)
      await trial.untilCounted()
      const { doubled, problems } = await trial.outcome()
      expect(doubled).toBeGreaterThan(0)
      expect(problems.length).toBeGreaterThan(0)
    })
  },
  GUARD_MS_MAX,
)

test(
  'counting repeated facts as others: the evidence is said to be wrong',
  async () => {
    const rule: Rule = ({ table }) =>
      table === 'call_cells'
        ? { rewritten: (statement) => statement.replace('FROM call_facts FINAL', 'FROM call_facts') }
        : {}
    await withTrial(rule, async (trial) => {
      await trial.startProcessor()
      await trial.client.command({ query: 'SYSTEM STOP MERGES call_facts' }) // or a merge would put it right
      await trial.send(0, 1)
      await trial.untilCounted()
      await trial.send(0, 1)
      await trial.untilCounted()
      expect((await trial.outcome()).problems.join('\n')).toContain('evidence is')
    })
  },
  GUARD_MS_MAX,
)

test(
  'a store that acknowledges rejects and does not keep them: missing, and named by reconcile --log',
  async () => {
    const rule: Rule = ({ table }) => (table === 'rejects' ? { answer: done } : {})
    await withTrial(rule, async (trial) => {
      await trial.startProcessor()
      await trial.send(0, 1 / 2)
      await trial.sendPoison(POISON)
      await trial.untilCounted()
      const { problems } = await trial.outcome()
      expect(problems.join('\n')).toContain(`0 messages are rejected, expected ${POISON.length}`)
      expect(problems.join('\n')).toContain('and booked as nothing')
    })
  },
  GUARD_MS_MAX,
)

test(
  'where the host believes that it is 2091, a record of 2090 moves the watermark, and that is seen',
  async () => {
    const from2091 = (Date.UTC(2091, 0, 1) - Date.now()) / 3_600_000
    await withTrial(
      () => ({}),
      async (trial) => {
        await trial.startProcessor({ preload: CLOCK(from2091) })
        await trial.send(0, 1 / 2)
        await trial.sendRecords([callFrom2090(trial)])
        await trial.untilCounted()
        await eventually('the watermark is in 2090', async () => (await watermarkYear(trial)) === 2090)
      },
      true,
    )
  },
  GUARD_MS_MAX,
)

test(
  'without the refusal of facts of sealed years, those of a zombie come in after the year was deleted',
  async () => {
    await withTrial(
      () => ({}),
      async (trial) => {
        const sealingProxy = await trial.startProxy()
        sealingProxy.rule = ({ statement }) => (statement.includes('ADD CONSTRAINT') ? { answer: done } : {})
        await landsAfterTheSeal(trial, sealingProxy)
        await eventually('facts of the sealed year are there', async () => (await trial.outcome()).doubled > 0)
      },
    )
  },
  GUARD_MS_MAX,
)

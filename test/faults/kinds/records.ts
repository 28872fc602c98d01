/** What comes in: records of the future, messages that are none, everything twice, partitions that were not there, clocks. */
import { partitionOfKey } from '../../../producers/kafka-wire/partition-of-key.ts'
import { eventually } from '../eventually.ts'
import { disturbed, type Fault } from '../fault.ts'
import { POISON } from '../poison.ts'
import { type SentRecord, sentCall } from '../records.ts'
import type { Trial } from '../trial.ts'

export const CLOCK = (hours: number) => `${new URL('../wrong-clock.mjs', import.meta.url).href}?hours=${hours}`

const from2090: Fault = {
  name: 'a record dated 2090',
  isReal: true,
  times: 1,
  isShort: true,
  must: 'count',
  async run(trial) {
    await trial.startProcessor()
    await trial.send(0, 1 / 2)
    await trial.sendRecords([callFrom2090(trial)])
    await trial.send(1 / 2, 1)
    await trial.untilCounted()
    await eventually('there is a watermark', async () => (await watermarkYear(trial)) > 1970)
    const year = await watermarkYear(trial)
    if (year !== 2023) throw new Error(`the watermark is in ${year}, expected 2023: one record has moved it`)
  },
}

export function callFrom2090(trial: Trial): SentRecord {
  const some = trial.records.find((sent) => sent.topic === 'calls')!
  if (some.topic !== 'calls') throw new Error('expected a call')
  return sentCall({ ...some.record, callId: 'sim-from-2090', emittedAtMs: Date.UTC(2090, 0, 1) })
}

export async function watermarkYear(trial: Trial): Promise<number> {
  const [row] = await trial.rows<{ year: number }>('SELECT toYear(max(watermark)) AS year FROM watermarks FINAL')
  return row!.year
}

const poison: Fault = {
  name: 'messages that are no records, in the midst of others',
  times: POISON.length * 2,
  isShort: true,
  must: 'count',
  run: (trial) =>
    disturbed(trial, async () => {
      await trial.sendPoison(POISON)
      return () => trial.sendPoison(POISON)
    }),
}

const everythingAgain: Fault = {
  name: 'the whole topic again, and backwards',
  times: 2,
  isShort: false,
  must: 'count',
  async run(trial) {
    await trial.startProcessor()
    await trial.sendRecords(trial.records.toReversed())
    await Promise.all([trial.send(0, 1), trial.startProcessor()])
  },
}

const morePartitions: Fault = {
  name: 'partitions 8 to 12 in the middle',
  times: 1,
  isShort: true,
  must: 'count',
  run: (trial) =>
    disturbed(trial, async () => {
      const topicPartitions = [trial.names.calls, trial.names.tickets].map((topic) => ({ topic, count: 12 }))
      await trial.servers.administer((admin) => admin.createPartitions({ topicPartitions }))
      // Amendments now come in another partition than the record they amend.
      return async () => {
        await trial.connectProducer()
        await trial.send(0, 2 / 3)
      }
    }),
}

const wrongClocks: Fault = {
  name: 'host clocks two hours wrong, one ahead and one behind',
  times: 2,
  isShort: false,
  must: 'count',
  async run(trial) {
    const ahead = await trial.startProcessor({ preload: CLOCK(2) })
    await trial.send(0, 1 / 3)
    await trial.startProcessor({ preload: CLOCK(-2) })
    await trial.send(1 / 3, 2 / 3)
    await ahead.kill()
    await trial.send(0, 1)
  },
}

/** Rows that were deleted on purpose and come again are the same blocks: deduplication by block would swallow them. */
export const deduplicated: Fault = {
  name: 'rows deleted and sent again, where the server drops equal inserts',
  times: 2,
  isShort: true,
  must: 'count',
  async run(trial) {
    await trial.startProcessor()
    for (const table of TABLES) {
      await trial.client.command({
        query: `ALTER TABLE ${table} MODIFY SETTING non_replicated_deduplication_window = 1000`,
      })
    }
    // Of one partition, so that they come in one answer and are one block each time, the same to the byte.
    const calls = trial.records.filter(({ topic, key }) => topic === 'calls' && partitionOfKey(key, 8) === 0)
    for (let time = 0; time < 3; time++) {
      await trial.sendRecords(calls.slice(0, 50))
      await trial.untilCounted()
      if (time === 2) continue
      for (const table of ['call_facts', 'call_cells', 'caller_days']) {
        // Not TRUNCATE: that would make the server forget the blocks as well.
        const query = `DELETE FROM ${table} WHERE 1`
        await trial.client.command({ query, clickhouse_settings: { lightweight_deletes_sync: '2' } })
      }
    }
  },
}

const TABLES = ['call_facts', 'ticket_facts', 'call_cells', 'ticket_cells', 'caller_days', 'progress', 'rejects']

export const RECORDS: readonly Fault[] = [from2090, poison, everythingAgain, morePartitions, wrongClocks, deduplicated]

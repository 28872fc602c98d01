/** A log that is not the one that was read any more: the processor must stop and say so, and count nothing of it. */
import { eventually } from '../eventually.ts'
import type { Fault } from '../fault.ts'
import type { ProcessorProcess } from '../processor-process.ts'
import type { Trial } from '../trial.ts'

function replaced(what: string, isShort: boolean, replace: (trial: Trial) => Promise<void>): Fault {
  return {
    name: what,
    times: 1,
    isShort,
    must: 'stop',
    async run(trial) {
      const processor = await trial.startProcessor()
      await trial.send(0, 1 / 2)
      await trial.untilCounted()
      await processor.end()
      const counted = [...trial.sent]
      await replace(trial)
      trial.sent.splice(0, trial.sent.length, ...counted) // what was counted before is what must be counted still
      await expectStopped(trial.launchProcessor())
    },
  }
}

export async function expectStopped(processor: ProcessorProcess): Promise<void> {
  await eventually('the processor stops', () => processor.hasEnded)
  const saidWhy = /the log holds|is not the one that was counted there/.test(processor.said)
  if (processor.exitCode !== 1 || !saidWhy || !processor.said.includes('Bring the log back'))
    throw new Error(`it ended with code ${processor.exitCode} and said: ${processor.said.slice(-2_000)}`)
}

/** Deletes records up to and without the offset that is given for each partition: what retention does. */
export async function expire(trial: Trial, untilOf: (partition: { endOffset: number }) => number): Promise<void> {
  for (const topic of [trial.names.calls, trial.names.tickets]) {
    const ends = (await trial.endOffsets()).filter((end) => end.topic === topic)
    const partitions = ends.map((end) => ({ partition: end.partition, offset: String(untilOf(end)) }))
    await trial.servers.administer(async (admin) => {
      await admin.fetchTopicOffsets(topic) // makes the client know the leaders: by itself it does not look for them
      await admin.deleteTopicRecords({ topic, partitions })
    })
  }
}

export async function recreate(trial: Trial): Promise<void> {
  const topics = [trial.names.calls, trial.names.tickets]
  await trial.servers.administer((admin) => admin.deleteTopics({ topics }))
  await eventually('the topics are gone', () =>
    trial.servers.administer(async (admin) => (await admin.listTopics()).every((topic) => !topics.includes(topic))),
  )
  await trial.connectProducer() // makes them anew
}

const expiredUpToTheNext: Fault = {
  name: 'records expired up to the next one to count',
  times: 1,
  isShort: false,
  must: 'count',
  async run(trial) {
    const processor = await trial.startProcessor()
    await trial.send(0, 1 / 2)
    await trial.untilCounted()
    await processor.end()
    await expire(trial, ({ endOffset }) => endOffset)
    await trial.startProcessor()
    await trial.send(0, 1)
  },
}

const whileItReads: Fault = {
  name: 'topics deleted and filled again beyond the next record while it reads',
  times: 1,
  isShort: true,
  must: 'stop',
  async run(trial) {
    const processor = await trial.startProcessor()
    await trial.send(0, 1 / 4)
    await trial.untilCounted()
    const counted = [...trial.sent]
    processor.signal('SIGSTOP') // so that it is all over when it reads on, and no error told of it
    const fromMs = performance.now()
    await recreate(trial)
    await trial.send(1 / 4, 1)
    trial.sent.splice(0, trial.sent.length, ...counted)
    await eventually('it stood still for two seconds', () => performance.now() - fromMs > 2_000)
    processor.signal('SIGCONT')
    await expectStopped(processor)
  },
}

export const REPLACED_LOGS: readonly Fault[] = [
  replaced('retention overtakes a stopped processor', false, async (trial) => {
    await trial.send(1 / 2, 1)
    await expire(trial, ({ endOffset }) => endOffset - 1)
  }),
  replaced('topics deleted and made again, empty', false, recreate),
  replaced('topics cut short below the last record that was read', false, async (trial) => {
    await recreate(trial)
    await trial.send(0, 1 / 8)
  }),
  replaced('topics deleted and filled again beyond the next record', true, async (trial) => {
    await recreate(trial)
    await trial.send(1 / 4, 1)
  }),
  whileItReads,
  expiredUpToTheNext,
]

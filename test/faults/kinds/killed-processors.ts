/** Processors that die with -9 exactly behind a write, and what they leave is found and finished by the next. */
import { eventually } from '../eventually.ts'
import type { Fault } from '../fault.ts'
import { POISON } from '../poison.ts'
import type { ProcessorProcess } from '../processor-process.ts'
import type { Trial } from '../trial.ts'

const DEATH_MS_MAX = 120_000

/** Dies once in the short form's kinds and twice in the others, each time when the store has done the write and before the answer is there. */
function killedAfter(what: string, table: string, isShort: boolean): Fault {
  const times = isShort ? 1 : 2
  return {
    name: `killed with -9 after ${what}`,
    times,
    isShort,
    must: 'count',
    async run(trial) {
      let processor = await trial.startProcessor()
      await trial.send(0, 1 / 4)
      await trial.untilCounted()
      for (let number = 1; number <= times; number++) {
        const victim = processor
        trial.proxy.rule = (asked) => (asked.table === table ? { done: () => victim.kill(), isAnswerCut: true } : {})
        await trial.send(number / 4, (number + 1) / 4)
        await trial.sendPoison(POISON)
        await eventually('the processor is dead', () => victim.hasEnded, DEATH_MS_MAX)
        trial.proxy.heal()
        processor = await trial.startProcessor()
      }
      await trial.send(0, 1 / 4)
      await trial.send((times + 1) / 4, 1)
    },
  }
}

/** Nothing of a commit goes to the store: the group's offsets tell. */
const killedAfterCommit: Fault = {
  name: 'killed with -9 after the commit of offsets',
  times: 1,
  isShort: false,
  must: 'count',
  async run(trial) {
    const processor = await trial.startProcessor()
    await trial.send(0, 1 / 2)
    await eventually('offsets are committed', async () => (await committedSum(trial)) > 0, DEATH_MS_MAX)
    await processor.kill()
    await trial.startProcessor()
    await trial.send(1 / 2, 1)
  },
}

async function committedSum(trial: Trial): Promise<number> {
  const topics = await trial.servers.administer((admin) =>
    admin.fetchOffsets({ groupId: trial.names.group, topics: [trial.names.calls] }),
  )
  return topics
    .flatMap(({ partitions }) => partitions)
    .reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0)
}

const twoKilledAtOnce: Fault = {
  name: 'two of three processors killed at once',
  times: 1,
  isShort: true,
  must: 'count',
  async run(trial) {
    const processors = await threeThatRead(trial)
    await trial.send(0, 1 / 2)
    await trial.untilMoreCounted()
    await Promise.all([processors[0]!.kill(), processors[1]!.kill(), trial.send(1 / 2, 3 / 4)])
    await trial.send(0, 1 / 4)
    await trial.send(3 / 4, 1)
  },
}

async function threeThatRead(trial: Trial): Promise<ProcessorProcess[]> {
  const processors = await Promise.all([trial.startProcessor(), trial.startProcessor(), trial.startProcessor()])
  await eventually(
    'each has a part',
    () => processors.every(({ partitionCount }) => partitionCount < 16 && partitionCount > 0),
    DEATH_MS_MAX,
  )
  return processors
}

const oneThreeOne: Fault = {
  name: 'one processor, then three, then one',
  times: 2,
  isShort: false,
  must: 'count',
  async run(trial) {
    const first = await trial.startProcessor()
    await trial.send(0, 1 / 4)
    const [second, third] = await Promise.all([
      trial.startProcessor(),
      trial.startProcessor(),
      trial.send(1 / 4, 1 / 2),
    ])
    await eventually(
      'each has a part',
      () => [first, second, third].every(({ partitionCount }) => partitionCount < 16 && partitionCount > 0),
      DEATH_MS_MAX,
    )
    await trial.send(1 / 2, 3 / 4)
    await Promise.all([second.end(), third.end(), trial.send(0, 1 / 4)])
    await trial.send(3 / 4, 1)
  },
}

const deployed: Fault = {
  name: 'ended in order and replaced, three times',
  times: 3,
  isShort: false,
  must: 'count',
  async run(trial) {
    let processor = await trial.startProcessor()
    for (let number = 0; number < 3; number++) {
      const next = trial.startProcessor()
      await Promise.all([trial.send(number / 3, (number + 1) / 3), processor.end()])
      processor = await next
    }
  },
}

export const KILLED_PROCESSORS: readonly Fault[] = [
  killedAfter('facts of calls', 'call_facts', true),
  killedAfter('facts of tickets', 'ticket_facts', false),
  killedAfter('rejects', 'rejects', false),
  killedAfter('cells of calls', 'call_cells', true),
  killedAfter('callers by day', 'caller_days', false),
  killedAfter('cells of tickets', 'ticket_cells', false),
  killedAfter('progress', 'progress', true),
  killedAfterCommit,
  twoKilledAtOnce,
  oneThreeOne,
  deployed,
]

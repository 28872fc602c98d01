/** Committed offsets that are not what was counted: nobody reads them, so nothing is skipped and nothing is read again. */
import { eventually } from '../eventually.ts'
import type { Fault } from '../fault.ts'
import type { Trial } from '../trial.ts'

function offsetsChanged(what: string, isShort: boolean, change: (trial: Trial) => Promise<void>): Fault {
  return {
    name: `committed offsets ${what}`,
    times: 1,
    isShort,
    must: 'count',
    async run(trial) {
      const processor = await trial.startProcessor()
      await trial.send(0, 1 / 2)
      await trial.untilCounted()
      await processor.end()
      await trial.send(1 / 2, 3 / 4) // nobody reads: this is what offsets moved ahead would leave out
      await change(trial)
      await trial.startProcessor()
      await trial.send(3 / 4, 1)
      await trial.untilCounted()
      await expectNothingReadAgain(trial)
    },
  }
}

export async function expectNothingReadAgain(trial: Trial): Promise<void> {
  const [row] = await trial.rows<{ booked: number }>(
    'SELECT sum(next_offset - from_offset) AS booked FROM progress FINAL',
  )
  const inLog = (await trial.endOffsets()).reduce((sum, { endOffset }) => sum + endOffset, 0)
  if (row!.booked !== inLog)
    throw new Error(`${row!.booked} offsets are booked, expected the ${inLog} of the log, each once`)
}

/** The group must be empty, which the broker notices a moment after its last member has left. */
function setOffsets(offsetOf: (endOffset: number) => number) {
  return async (trial: Trial): Promise<void> => {
    const ends = await trial.endOffsets()
    for (const topic of [trial.names.calls, trial.names.tickets]) {
      const partitions = ends
        .filter((end) => end.topic === topic)
        .map(({ partition, endOffset }) => ({ partition, offset: String(offsetOf(endOffset)) }))
      await eventually('offsets can be set', () =>
        trial.servers.administer((admin) =>
          admin.setOffsets({ groupId: trial.names.group, topic, partitions }).then(
            () => true,
            () => false,
          ),
        ),
      )
    }
  }
}

const deleteGroup = (trial: Trial) =>
  eventually('the group can be deleted', () =>
    trial.servers.administer((admin) =>
      admin.deleteGroups([trial.names.group]).then(
        () => true,
        () => false,
      ),
    ),
  )

export const OFFSETS: readonly Fault[] = [
  offsetsChanged('expired', true, deleteGroup),
  offsetsChanged(
    'moved ahead by hand',
    false,
    setOffsets((endOffset) => endOffset),
  ),
  offsetsChanged(
    'moved back by hand',
    false,
    setOffsets(() => 0),
  ),
]

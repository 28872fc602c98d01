import type { ProcessorProcess } from './processor-process.ts'
import type { SmallDiskOf } from './servers.ts'
import type { Trial } from './trial.ts'

/** A kind of fault, as it reads in the table. */
export interface Fault {
  name: string
  /** How often it happens in one run. */
  times: number
  /** In the short form, too. */
  isShort: boolean
  /** On the real topics, whose watermark no record of the future moves. Default: on those of a scenario. */
  isReal?: boolean
  /** With servers of its own, one of which keeps its files on a disk that can be filled. */
  smallDiskOf?: SmallDiskOf
  /** What a processor must do: count everything, or stop and say that the log is another. */
  must: 'count' | 'stop'
  /**
   * Starts processors, sends, disturbs and sends the rest. Afterwards everything that was sent is to be counted, but where
   * processors must stop: there it returns when they have, and `sent` is what was counted before.
   */
  run(trial: Trial): Promise<void>
}

/**
 * The ordinary course: a third of the records is counted, the disturbance begins, a third comes, with it the first third
 * again; the disturbance ends, the last third comes.
 */
export async function disturbed(
  trial: Trial,
  disturb: (processor: ProcessorProcess) => Promise<() => Promise<void>>,
): Promise<void> {
  const processor = await trial.startProcessor()
  await trial.send(0, 1 / 3)
  await trial.untilCounted()
  const heal = await disturb(processor)
  await Promise.all([trial.send(1 / 3, 2 / 3), trial.send(0, 1 / 3)])
  await heal()
  await trial.send(2 / 3, 1)
}

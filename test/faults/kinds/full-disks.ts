/** A disk that is really full: everything waits, and goes on when there is room again. */
import { eventually } from '../eventually.ts'
import { disturbed, type Fault } from '../fault.ts'

const storeDisk: Fault = {
  name: "the store's disk full, and then freed",
  times: 1,
  isShort: false,
  hasSmallDisk: true,
  must: 'count',
  run: (trial) =>
    disturbed(trial, async (processor) => {
      const { disk } = trial.servers
      disk!.fill()
      const saidBefore = processor.said.length
      return async () => {
        await eventually('the processor is told that there is no space', () =>
          /not enough space|no space left/i.test(processor.said.slice(saidBefore)),
        )
        if (processor.hasEnded) throw new Error('the processor has ended, expected it to wait')
        disk!.free()
      }
    }),
}

export const FULL_DISKS: readonly Fault[] = [storeDisk]

/** A disk that is really full: everything waits, or ends, and goes on when there is room again. */
import { eventually } from '../eventually.ts'
import { disturbed, type Fault } from '../fault.ts'

const storeDisk: Fault = {
  name: "the store's disk full, and then freed",
  times: 1,
  isShort: false,
  smallDiskOf: 'store',
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

/** Kafka ends where it cannot write. What it did not acknowledge its sender sends again. */
const brokerDisk: Fault = {
  name: "the broker's disk full: it ends, and is started again when there is room",
  times: 1,
  isShort: false,
  smallDiskOf: 'broker',
  must: 'count',
  async run(trial) {
    const processor = await trial.startProcessor()
    await trial.send(0, 1 / 3)
    await trial.untilCounted()
    const { broker, disk } = trial.servers
    const { pid } = broker
    disk!.fill()
    const given = trial.send(1 / 3, 2 / 3).then(
      () => 'acknowledged',
      () => 'given up',
    )
    await eventually('the broker has ended', () => broker.pid !== pid)
    disk!.free()
    await given
    if (processor.hasEnded) throw new Error('the processor has ended, expected it to wait')
    await eventually('the broker is started again', () => trial.endOffsets().then(() => broker.pid !== 0))
    await trial.connectProducer()
    await trial.send(1 / 3, 1)
  },
}

export const FULL_DISKS: readonly Fault[] = [storeDisk, brokerDisk]

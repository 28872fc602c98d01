/** Waits until a group has committed everything: both contenders do that last, after their store has acknowledged. */
import { setTimeout as waitMs } from 'node:timers/promises'
import { type Admin, Kafka, logLevel } from 'kafkajs'

const LOOK_EVERY_MS = 50

export class GroupWatch {
  readonly #admin: Admin

  constructor(brokers: string) {
    this.#admin = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING }).admin()
  }

  async connect(): Promise<void> {
    await this.#admin.connect()
  }

  /** @throws if it takes longer than `msMax` */
  async untilCommitted(group: string, topic: string, recordCount: number, msMax: number): Promise<void> {
    const untilMs = performance.now() + msMax
    for (;;) {
      const committed = await this.#committed(group, topic)
      if (committed >= recordCount) return
      if (performance.now() > untilMs)
        throw new Error(`${group} has committed ${committed} of ${recordCount} records of ${topic} after ${msMax} ms`)
      await waitMs(LOOK_EVERY_MS)
    }
  }

  /** A group that comes back must not be taken for done. */
  async forget(group: string): Promise<void> {
    await this.#admin.deleteGroups([group]).catch(() => {})
  }

  async close(): Promise<void> {
    await this.#admin.disconnect()
  }

  async #committed(group: string, topic: string): Promise<number> {
    const topics = await this.#admin.fetchOffsets({ groupId: group, topics: [topic] }).catch(() => [])
    const partitions = topics.flatMap(({ partitions }) => partitions)
    return partitions.reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0)
  }
}

import type { Publisher } from '../../../producers/publisher.ts'

export interface Published {
  topic: string
  key: Buffer
  value: Buffer
}

/** Takes records into arrays. Copies bytes at once, as the real one does: sources use their buffers again. */
export class ArrayPublisher implements Publisher {
  readonly records: Published[] = []
  readonly heartbeats: { topic: string; atMs: number }[] = []
  flushCount = 0
  isFull = false

  send(topic: string, key: Uint8Array, value: Uint8Array): void {
    this.records.push({ topic, key: Buffer.from(key), value: Buffer.from(value) })
  }

  async room(): Promise<void> {}

  flush(): void {
    this.flushCount += 1
  }

  async drained(): Promise<void> {}

  async heartbeat(topic: string, atMs: number): Promise<void> {
    this.heartbeats.push({ topic, atMs })
  }

  async close(): Promise<void> {}
}

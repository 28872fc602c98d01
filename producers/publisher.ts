/** What producers need of Kafka, in our words. The adapter is kafka-publisher.ts; tests use an array. */
export interface Publisher {
  /**
   * Hands in one record; it is sent with others of its partition, in order. Ask `isFull` now and then.
   *
   * @param key  bytes of the id, which choose the partition
   */
  send(topic: string, key: Uint8Array, value: Uint8Array): void
  /** Whether so much is unsent that the source should wait: `await room()`. */
  readonly isFull: boolean
  /** Resolves when more may be handed in. @throws what made sending impossible */
  room(): Promise<void>
  /** Sends what is there without waiting for batches to fill. */
  flush(): void
  /** Resolves when everything handed in has been acknowledged. @throws what made sending impossible */
  drained(): Promise<void>
  /** Says that a topic is complete until an instant: a record with a null value and a watermark header. */
  heartbeat(topic: string, atMs: number): Promise<void>
  close(): Promise<void>
}

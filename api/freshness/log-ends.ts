/** What the API asks of Kafka: where the log of a topic begins and ends. The adapter is kafka-offsets.ts. */
export interface PartitionEnds {
  partition: number
  /** First offset that is still there. */
  startOffset: number
  /** Offset that the next record will have. */
  endOffset: number
}

export interface LogEnds {
  /** In order of partitions. @throws if Kafka does not answer */
  ofTopic(topic: string): Promise<PartitionEnds[]>
  close(): Promise<void>
}

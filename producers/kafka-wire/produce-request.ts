/** Kafka's Produce request, version 3 (brokers from 0.11 to 4.x know it), for one batch of one partition. */

export const PRODUCE_API_KEY = 0
export const PRODUCE_API_VERSION = 3
const ACKS_ALL = -1

/** Everything after the request's head. */
export function produceRequestBody(topic: string, partition: number, batch: Buffer, timeoutMs: number): Buffer {
  const name = Buffer.from(topic)
  const head = Buffer.alloc(2 + 2 + 4 + 4 + 2 + name.length + 4 + 4 + 4)
  let at = head.writeInt16BE(-1, 0) // no transaction
  at = head.writeInt16BE(ACKS_ALL, at)
  at = head.writeInt32BE(timeoutMs, at)
  at = head.writeInt32BE(1, at) // one topic
  at = head.writeInt16BE(name.length, at)
  at += name.copy(head, at)
  at = head.writeInt32BE(1, at) // one partition
  at = head.writeInt32BE(partition, at)
  head.writeInt32BE(batch.length, at)
  return Buffer.concat([head, batch])
}

/** Error code of the one partition of a response; 0 is success. */
export function errorCodeOf(response: Buffer): number {
  const nameBytes = response.readInt16BE(4)
  const partitionAt = 4 + 2 + nameBytes + 4
  return response.readInt16BE(partitionAt + 4)
}

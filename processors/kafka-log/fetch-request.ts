/** Kafka's Fetch request, version 11 (brokers from 2.3 to 4.x know it), without a session: every request says all. */

const FETCH_API_KEY = 1
const FETCH_API_VERSION = 11
/** Records of transactions are seen once these are committed. */
const READ_COMMITTED = 1

/** A partition to read and the first offset wanted (in). */
export interface WantedPartition {
  topic: string
  partition: number
  fromOffset: number
}

export interface FetchLimits {
  /** How long the broker may wait for a first record, ms. */
  waitMsMax: number
  bytesMax: number
  bytesPerPartitionMax: number
}

export interface FetchedPartition {
  topic: string
  partition: number
  /** Kafka's number; 0 for success. */
  errorCode: number
  /** Where the log ended (out). */
  endOffset: number
  /** Transactions that were given up, in order of their first offset. */
  aborted: AbortedTransaction[]
  /** Record batches as they lie in the log; the last one may be cut off. */
  recordSet: Buffer
}

export interface AbortedTransaction {
  producerId: number
  firstOffset: number
}

/** The request as kafka-cluster.ts sends it. */
export function fetchRequest(wanted: readonly WantedPartition[], limits: FetchLimits) {
  return {
    apiKey: FETCH_API_KEY,
    apiVersion: FETCH_API_VERSION,
    apiName: 'Fetch',
    body: bodyOf(wanted, limits),
    read: readAnswer,
  }
}

function bodyOf(wanted: readonly WantedPartition[], limits: FetchLimits): Buffer {
  const byTopic = new Map<string, WantedPartition[]>()
  for (const place of wanted) byTopic.set(place.topic, [...(byTopic.get(place.topic) ?? []), place])
  const parts = [
    int32(-1), // no replica but a consumer
    int32(limits.waitMsMax),
    int32(1), // answer as soon as there is a byte
    int32(limits.bytesMax),
    Buffer.from([READ_COMMITTED]),
    int32(0), // no session …
    int32(-1), // … and none wanted
    int32(byTopic.size),
  ]
  for (const [topic, partitions] of byTopic) {
    const name = Buffer.from(topic)
    parts.push(int16(name.length), name, int32(partitions.length))
    for (const { partition, fromOffset } of partitions) {
      parts.push(
        int32(partition),
        int32(-1), // whichever leader there is
        int64(fromOffset),
        int64(-1), // a follower's word only
        int32(limits.bytesPerPartitionMax),
      )
    }
  }
  parts.push(int32(0), int16(0)) // nothing to forget, no rack
  return Buffer.concat(parts)
}

function readAnswer(answer: Buffer): FetchedPartition[] {
  let at = 4 + 2 + 4 // throttle time, error of the session, its id
  const fetched: FetchedPartition[] = []
  const next32 = () => {
    at += 4
    return answer.readInt32BE(at - 4)
  }
  const next16 = () => {
    at += 2
    return answer.readInt16BE(at - 2)
  }
  const next64 = () => {
    at += 8
    return int64At(answer, at - 8)
  }
  for (let topics = next32(); topics > 0; topics--) {
    const nameBytes = next16()
    const topic = answer.toString('utf8', at, at + nameBytes)
    at += nameBytes
    for (let partitions = next32(); partitions > 0; partitions--) {
      const [partition, errorCode, endOffset] = [next32(), next16(), next64()]
      at += 8 + 8 // last stable offset, start of the log
      const aborted: AbortedTransaction[] = []
      for (let count = next32(); count > 0; count--) aborted.push({ producerId: next64(), firstOffset: next64() })
      at += 4 // a replica that would be nearer
      const byteCount = Math.max(0, next32())
      fetched.push({ topic, partition, errorCode, endOffset, aborted, recordSet: answer.subarray(at, at + byteCount) })
      at += byteCount
    }
  }
  return fetched
}

/** A signed number of 64 bits within ±2^53. */
export function int64At(bytes: Buffer, at: number): number {
  return bytes.readInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4)
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeInt16BE(value)
  return bytes
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

function int64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64BE(BigInt(value))
  return bytes
}

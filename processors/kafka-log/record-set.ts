/**
 * What a partition answers: Kafka's record batches (magic 2), read into places of bytes. No object is made per record.
 *
 * Records of transactions that were given up are left out, and control records, as the broker says and by Kafka's rule
 * (org.apache.kafka.clients.consumer.internals.CompletedFetch): their offsets are there without a message.
 */
import { gunzipSync } from 'node:zlib'
import { SteadylineError } from '../../schemas/errors.ts'
import { type FetchedPartition, int64At } from './fetch-request.ts'

const HEAD_BYTES = 61
const LENGTH_AT = 8
const MAGIC_AT = 16
const ATTRIBUTES_AT = 21
const LAST_OFFSET_DELTA_AT = 23
const FIRST_TIMESTAMP_AT = 27
const MAX_TIMESTAMP_AT = 35
const PRODUCER_ID_AT = 43
const COUNT_AT = 57
const CODEC_MASK = 0x07
const APPEND_TIME = 0x08
const TRANSACTIONAL = 0x10
const CONTROL = 0x20
const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd']

/** Records of one partition, by their index in order of offset. Starts of -1 are nulls. */
export interface RecordSet {
  /** What all places speak of. */
  bytes: Buffer
  count: number
  offsets: Float64Array
  keyStarts: Int32Array
  keyEnds: Int32Array
  valueStarts: Int32Array
  valueEnds: Int32Array
  /** Where the headers' number stands. */
  headerStarts: Int32Array
  /** When the first record was written or, where the topic says so, appended, epoch ms; null without one. */
  firstAtMs: number | null
  /** Behind the last offset that the batches hold, with or without a message (out); null where there is no batch. */
  nextOffset: number | null
}

/** A record batch whose records are wanted: where it begins in the set, and where its records lie. */
interface Section {
  headAt: number
  bytes: Buffer
  from: number
  to: number
}

/** @throws SteadylineError if a batch is packed or written in a way that is not known here */
export function readRecordSet(fetched: FetchedPartition): RecordSet {
  const { sections, nextOffset } = sectionsOf(fetched)
  const bytes = inOnePiece(fetched.recordSet, sections)
  const head = fetched.recordSet
  const capacity = sections.reduce((sum, { headAt }) => sum + head.readInt32BE(headAt + COUNT_AT), 0)
  const records = new RecordReader(bytes, capacity)
  for (const { headAt, from, to } of sections)
    records.read(int64At(head, headAt), head.readInt32BE(headAt + COUNT_AT), from, to)
  const [first] = sections
  return { ...records.set, firstAtMs: first === undefined ? null : writtenAtMs(head, first.headAt), nextOffset }
}

/** Batches whose records are to be seen, unpacked; and how far all of them reach. */
function sectionsOf(fetched: FetchedPartition): { sections: Section[]; nextOffset: number | null } {
  const { recordSet, aborted } = fetched
  const sections: Section[] = []
  const givenUp = new Set<number>()
  let abortedSeen = 0
  let nextOffset: number | null = null
  for (let at = 0; at + HEAD_BYTES <= recordSet.length; ) {
    const end = at + LENGTH_AT + 4 + recordSet.readInt32BE(at + LENGTH_AT)
    if (end > recordSet.length) break // cut off: it will come whole
    if (recordSet[at + MAGIC_AT] !== 2) throw notReadable(fetched, `a message of format ${recordSet[at + MAGIC_AT]}`)
    const attributes = recordSet.readInt16BE(at + ATTRIBUTES_AT)
    const producerId = int64At(recordSet, at + PRODUCER_ID_AT)
    const lastOffset = int64At(recordSet, at) + recordSet.readInt32BE(at + LAST_OFFSET_DELTA_AT)
    for (; abortedSeen < aborted.length && aborted[abortedSeen]!.firstOffset <= lastOffset; abortedSeen++)
      givenUp.add(aborted[abortedSeen]!.producerId)
    nextOffset = lastOffset + 1
    if ((attributes & CONTROL) !== 0) givenUp.delete(producerId)
    else if ((attributes & TRANSACTIONAL) === 0 || !givenUp.has(producerId))
      sections.push(unpacked(fetched, at, end, attributes & CODEC_MASK))
    at = end
  }
  return { sections, nextOffset }
}

function unpacked(fetched: FetchedPartition, headAt: number, end: number, codec: number): Section {
  const { recordSet } = fetched
  const from = headAt + HEAD_BYTES
  if (codec === 0) return { headAt, bytes: recordSet, from, to: end }
  if (codec !== 1) throw notReadable(fetched, `a batch packed with ${CODECS[codec] ?? `codec ${codec}`}`)
  const bytes = gunzipSync(recordSet.subarray(from, end))
  return { headAt, bytes, from: 0, to: bytes.length }
}

/** All places are of one run of bytes: where batches are packed, that of all sections one after the other. */
function inOnePiece(recordSet: Buffer, sections: Section[]): Buffer {
  if (sections.every(({ bytes }) => bytes === recordSet)) return recordSet
  const pieces = sections.map(({ bytes, from, to }) => bytes.subarray(from, to))
  let at = 0
  for (const section of sections) {
    const byteCount = section.to - section.from
    section.from = at
    at += byteCount
    section.to = at
  }
  return Buffer.concat(pieces)
}

/** When the first record of a batch was written or appended, epoch ms. */
function writtenAtMs(recordSet: Buffer, headAt: number): number {
  const isAppendTime = (recordSet.readInt16BE(headAt + ATTRIBUTES_AT) & APPEND_TIME) !== 0
  return int64At(recordSet, headAt + (isAppendTime ? MAX_TIMESTAMP_AT : FIRST_TIMESTAMP_AT))
}

class RecordReader {
  readonly set: Omit<RecordSet, 'firstAtMs' | 'nextOffset'>
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer, capacity: number) {
    this.#bytes = bytes
    this.set = {
      bytes,
      count: 0,
      offsets: new Float64Array(capacity),
      keyStarts: new Int32Array(capacity),
      keyEnds: new Int32Array(capacity),
      valueStarts: new Int32Array(capacity),
      valueEnds: new Int32Array(capacity),
      headerStarts: new Int32Array(capacity),
    }
  }

  /** Reads the records of one batch, which lie from `from` (in) to `to` (out). */
  read(baseOffset: number, count: number, from: number, to: number): void {
    const { set } = this
    this.#at = from
    for (let read = 0; read < count; read++) {
      const byteCount = this.#varint()
      const end = this.#at + byteCount
      if (byteCount < 0 || end > to) throw new RangeError('a record goes beyond its batch')
      this.#at += 1 // attributes, of which there are none
      while (this.#bytes[this.#at++]! >= 0x80); // how long after the batch's first: not asked for
      const index = set.count++
      set.offsets[index] = baseOffset + this.#varint()
      const keyBytes = this.#varint()
      set.keyStarts[index] = keyBytes < 0 ? -1 : this.#at
      if (keyBytes > 0) this.#at += keyBytes
      set.keyEnds[index] = this.#at
      const valueBytes = this.#varint()
      set.valueStarts[index] = valueBytes < 0 ? -1 : this.#at
      if (valueBytes > 0) this.#at += valueBytes
      set.valueEnds[index] = this.#at
      if (this.#at > end) throw new RangeError('a key or a value goes beyond its record')
      set.headerStarts[index] = this.#at
      this.#at = end
    }
  }

  /** A zigzag varint of at most five bytes. */
  #varint(): number {
    const { value, end } = varintAt(this.#bytes, this.#at)
    this.#at = end
    return value
  }
}

const read = { value: 0, end: 0 }

/** A zigzag varint of 32 bits and where it ends. What is returned is used again. */
export function varintAt(bytes: Uint8Array, start: number): { value: number; end: number } {
  let at = start
  let zigzag = 0
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++]!
    zigzag |= (byte & 0x7f) << shift
    if (byte < 0x80) break
  }
  read.value = (zigzag >>> 1) ^ -(zigzag & 1)
  read.end = at
  return read
}

function notReadable({ topic, partition }: FetchedPartition, what: string): SteadylineError {
  return new SteadylineError(
    'STEADYLINE_LOG_UNREADABLE',
    1,
    `${topic}/${partition}: ${what}, expected record batches of Kafka 0.11 or later, not packed or packed with gzip. Set compression.type of the topic or of the producer to none or gzip, and publish what cannot be read again.`,
  )
}

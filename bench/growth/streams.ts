/** Records for the growth bench: how many, into how many cells, from how many lines and regions, how many of them late. */
import type { Call } from '../../kpi/call.ts'
import { AvroEncoder } from '../../producers/avro-encoder.ts'
import { connectPublisher } from '../../producers/kafka-publisher.ts'
import type { KafkaConnection } from '../../schemas/kafka-connection.ts'
import { kafkaNamesOf } from '../../schemas/kafka-names.ts'
import { madeCall } from '../ingestion/made-records.ts'

export interface Stream {
  calls: number
  /** Quarter-hours that the calls are spread over, from the start of 2023 on. */
  cells: number
  /** Pairs of line and region. */
  parts: number
  /** Of 100 calls, so many come at the end, shuffled over all the time before. */
  latePercent: number
}

const CELL_MS = 15 * 60_000
const FROM_AT_MS = Date.UTC(2023, 0, 1)
const LOOK_FOR_ROOM_EVERY = 1_000

export async function publishStream(connection: KafkaConnection, stream: Stream): Promise<void> {
  const names = kafkaNamesOf(null)
  const publisher = await connectPublisher({ connection, names, nowMs: Date.now, say: () => {} })
  const encoder = new AvroEncoder()
  try {
    let sent = 0
    for (const place of placesOf(stream)) {
      const call = callOf(place, stream)
      publisher.send(names.calls, Buffer.from(call.callId), encoder.encodeCall(call))
      sent += 1
      if (sent % LOOK_FOR_ROOM_EVERY === 0 && publisher.isFull) await publisher.room()
    }
    await publisher.drained()
  } finally {
    await publisher.close()
  }
}

/** Calls by number, in the order in which they are published. */
function* placesOf({ calls, latePercent }: Stream): Generator<number> {
  const isLate = (place: number): boolean => (place * 37) % 100 < latePercent
  for (let place = 0; place < calls; place += 1) if (!isLate(place)) yield place
  const step = stepThrough(calls)
  for (let turn = 0, place = 0; turn < calls; turn += 1, place = (place + step) % calls) if (isLate(place)) yield place
}

/** Meets every number below `count` once, far from the one before. */
function stepThrough(count: number): number {
  let step = Math.floor(count * 0.618) | 1
  while (greatestCommonDivisor(step, count) !== 1) step += 2
  return step
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other)
}

function callOf(place: number, { calls, cells, parts }: Stream): Call {
  const call = madeCall(place * 2, calls)
  const arrivedAtMs = FROM_AT_MS + Math.floor(((place + 0.5) / calls) * cells * CELL_MS)
  const byMs = arrivedAtMs - call.arrivedAtMs
  const lines = Math.ceil(Math.sqrt(parts))
  return {
    ...call,
    arrivedAtMs,
    queuedAtMs: call.queuedAtMs === null ? null : call.queuedAtMs + byMs,
    answeredAtMs: call.answeredAtMs === null ? null : call.answeredAtMs + byMs,
    endedAtMs: call.endedAtMs + byMs,
    emittedAtMs: call.emittedAtMs + byMs,
    line: `12${345 + (place % lines)}`,
    region: String(211_100 + (Math.floor(place / lines) % Math.ceil(parts / lines))),
  }
}

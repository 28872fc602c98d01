/**
 * What would have happened with a roster, as an ordinary capture: one seed's calls, with new ids and new pseudonyms.
 *
 * Calls that asked for a person and outbound calls are in it. Tickets are not: seats say nothing about them, so
 * tickets.avro is there and empty.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Call } from '../kpi/call.ts'
import type { PlanModel } from '../kpi/planning/plan-model.ts'
import type { RecordedCalls } from '../kpi/planning/recorded-calls.ts'
import { type SeededLoad, seededLoad } from '../kpi/planning/seeded-load.ts'
import type { Duty } from '../kpi/queueing/duties.ts'
import { CALLER_KINDS } from '../kpi/queueing/queue-load.ts'
import { runQueue } from '../kpi/queueing/queue-run.ts'
import { WIRE_HEADER_BYTES } from '../schemas/wire-format.ts'
import { AvroEncoder } from './avro-encoder.ts'
import { CAPTURE_FILES } from './capture/container-format.ts'
import { CaptureWriter } from './capture-writer.ts'

export interface PlannedCapture {
  folder: string
  calls: RecordedCalls
  model: PlanModel
  duties: readonly Duty[]
  seed: number
}

const UNCOUNTED = CALLER_KINDS.indexOf('uncounted')
const WRITTEN_AFTER_MS = 1_000

/** @returns how many call records were written */
export async function writePlannedCapture(planned: PlannedCapture): Promise<number> {
  const { folder, seed } = planned
  await mkdir(folder, { recursive: true })
  const records = plannedCalls(planned)
  const encoder = new AvroEncoder()
  const { calls, tickets } = CAPTURE_FILES
  const writer = await CaptureWriter.create({ ...calls, path: join(folder, calls.file), codec: 'deflate', seed })
  try {
    for (const record of records) {
      writer.append(encoder.encodeCall(record).subarray(WIRE_HEADER_BYTES))
      if (writer.isBlockFull) await writer.writeBlock()
    }
  } finally {
    await writer.close()
  }
  const empty = await CaptureWriter.create({ ...tickets, path: join(folder, tickets.file), codec: 'deflate', seed })
  await empty.close()
  return records.length
}

/** By `emittedAtMs`. */
function plannedCalls({ calls, model, duties, seed }: PlannedCapture): Call[] {
  const seeded = seededLoad(model, seed)
  const records: Call[] = []
  const question = {
    load: seeded.load,
    duties,
    rules: model.rules,
    traits: model.traits,
    toAtMs: model.range.toAtMs,
    seed,
  }
  runQueue(question, {
    ended: (source, tryNumber, kind, arrivedAtMs, queuedAtMs, outcome, answeredAtMs, endedAtMs, seat) => {
      const place = model.places[seeded.callers[source]!]!
      const wholeArrivedAtMs = Math.floor(arrivedAtMs)
      if (wholeArrivedAtMs < model.range.fromAtMs || wholeArrivedAtMs >= model.range.toAtMs) return
      const wholeEndedAtMs = Math.max(wholeArrivedAtMs, Math.floor(endedAtMs))
      records.push({
        callId: `sim-plan${seed}-${source}${'r'.repeat(tryNumber - 1)}`,
        revision: 1,
        arrivedAtMs: wholeArrivedAtMs,
        line: calls.lineNames[calls.lines[place]!]!,
        region: calls.regionNames[calls.regions[place]!]!,
        direction: 'INBOUND',
        caller: pseudonymOf(calls, place, model, source),
        queuedAtMs: Math.max(wholeArrivedAtMs, Math.floor(queuedAtMs)),
        answeredAtMs: answeredAtMs < 0 ? null : Math.floor(answeredAtMs),
        endedAtMs: wholeEndedAtMs,
        agent: seat < 0 ? null : seatName(seat),
        outcome: kind === UNCOUNTED ? 'TEST' : outcome,
        rating: null,
        emittedAtMs: wholeEndedAtMs + WRITTEN_AFTER_MS,
      })
    },
    dialled: (outbound, atMs, seat) => records.push(outboundCall({ calls, model, seeded, seed }, outbound, atMs, seat)),
  })
  return records
    .filter(({ arrivedAtMs }) => arrivedAtMs < model.range.toAtMs)
    .sort((one, other) => one.emittedAtMs - other.emittedAtMs)
}

interface Played {
  calls: RecordedCalls
  model: PlanModel
  seeded: SeededLoad
  seed: number
}

function outboundCall({ calls, model, seeded, seed }: Played, outbound: number, atMs: number, seat: number): Call {
  const played = seeded.outbound[outbound]!
  const place = model.outboundPlaces[played]!
  const arrivedAtMs = Math.floor(atMs)
  const endedAtMs = arrivedAtMs + Math.floor(model.outboundMs[played]!)
  const isReached = model.outboundReached[played] === 1
  const dialMs = calls.answeredAtMs[place]! - calls.arrivedAtMs[place]!
  return {
    callId: `sim-plan${seed}-o${outbound}`,
    revision: 1,
    arrivedAtMs,
    line: calls.lineNames[calls.lines[place]!]!,
    region: calls.regionNames[calls.regions[place]!]!,
    direction: 'OUTBOUND',
    caller: '',
    queuedAtMs: null,
    answeredAtMs: isReached ? Math.min(endedAtMs, arrivedAtMs + dialMs) : null,
    endedAtMs,
    agent: seatName(seat),
    outcome: isReached ? 'ANSWERED' : 'RINGING_ABANDONED',
    rating: null,
    emittedAtMs: endedAtMs + WRITTEN_AFTER_MS,
  }
}

/** Who called twice calls twice here, under another name; of a fitted arrival nobody knows who it would have been. */
function pseudonymOf(calls: RecordedCalls, place: number, model: PlanModel, source: number): string {
  if (model.arrivals === 'fitted') return `q${source.toString(36)}`
  const caller = calls.callers[place]!
  return caller === 0 ? '' : `p${caller.toString(36)}`
}

/** `seat-01`. */
function seatName(seat: number): string {
  return `seat-${String(seat + 1).padStart(2, '0')}`
}

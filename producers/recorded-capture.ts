/** The calls of a capture as planning looks at them: by the rules of the processors, winners only. */
import { join } from 'node:path'
import { CALL_OUTCOMES } from '../kpi/call.ts'
import { CELL_MS } from '../kpi/cell.ts'
import { type RecordedCalls, recordedColumns } from '../kpi/planning/recorded-calls.ts'
import type { Range } from '../kpi/range.ts'
import { isSimulated } from '../kpi/simulated.ts'
import { layOut } from '../schemas/avro-fields.ts'
import { AvroRecordDecoder, UndecodableError } from '../schemas/avro-record-decoder.ts'
import { judgeCall } from '../schemas/call-fact.ts'
import { schemaOf } from '../schemas/wire-format.ts'
import { CAPTURE_FILES, CaptureUnreadableError } from './capture/container-format.ts'
import { CaptureReader } from './capture-reader.ts'

/** A winner, with what planning asks of it; NaN for what never was. */
export interface CapturedCall {
  revision: number
  emittedAtMs: number
  arrivedAtMs: number
  queuedAtMs: number
  answeredAtMs: number
  endedAtMs: number
  outcome: number
  isOutbound: boolean
  caller: string
  seat: string | null
  line: string
  region: string
  isSimulated: boolean
}

const SCHEMA = schemaOf('call.v1')
const FIELDS = layOut(SCHEMA, SCHEMA)
const slotOf = (name: string) => SCHEMA.fields.findIndex((field) => field.name === name)
const SLOTS = {
  id: slotOf('call_id'),
  revision: slotOf('revision'),
  arrivedAt: slotOf('arrived_at'),
  line: slotOf('line'),
  region: slotOf('region'),
  direction: slotOf('direction'),
  caller: slotOf('caller'),
  queuedAt: slotOf('queued_at'),
  answeredAt: slotOf('answered_at'),
  endedAt: slotOf('ended_at'),
  agent: slotOf('agent'),
  outcome: slotOf('outcome'),
  emittedAt: slotOf('emitted_at'),
}

/**
 * @param range of arrivals; `null`: all, from the cell of the first call to that of the last
 * @throws CaptureUnreadableError where there is no such capture, or none of its calls arrived in the range
 */
export async function recordedCapture(folder: string, range: Range | null): Promise<RecordedCalls> {
  const path = join(folder, CAPTURE_FILES.calls.file)
  const winners = await winnersIn(path)
  const calls = [...winners.values()].filter(
    (call) =>
      (call.isOutbound || !Number.isNaN(call.queuedAtMs)) &&
      (range === null || (range.fromAtMs <= call.arrivedAtMs && call.arrivedAtMs < range.toAtMs)),
  )
  if (calls.length === 0)
    throw new CaptureUnreadableError(
      path,
      'no call in it that asked for a person in that period, expected some. Choose another period or capture.',
    )
  calls.sort((one, other) => one.arrivedAtMs - other.arrivedAtMs)
  return { ...columnsOf(calls), range: range ?? cellsAround(calls) }
}

async function winnersIn(path: string): Promise<Map<string, CapturedCall>> {
  const decoder = new AvroRecordDecoder(SCHEMA.fields.length)
  const reader = await CaptureReader.open(path, 'call.v1').catch((error: unknown) => {
    if ((error as { code?: string }).code !== 'ENOENT') throw error
    throw new CaptureUnreadableError(path, 'no such file, expected the calls of a capture.', { cause: error })
  })
  const winners = new Map<string, CapturedCall>()
  try {
    for (; reader.datum !== null; reader.advance() || (await reader.fill())) {
      if (!isCounted(decoder, reader.datum.body)) continue
      const call = capturedCall(decoder)
      const identity = `${call.arrivedAtMs} ${textAt(decoder, SLOTS.id)}`
      const winner = winners.get(identity)
      const speaks =
        winner === undefined ||
        call.revision > winner.revision ||
        (call.revision === winner.revision && call.emittedAtMs > winner.emittedAtMs)
      if (speaks) winners.set(identity, call)
    }
  } finally {
    await reader.close()
  }
  return winners
}

function isCounted(decoder: AvroRecordDecoder, body: Uint8Array): boolean {
  try {
    decoder.decode(body, 0, FIELDS)
    return judgeCall(decoder) === null
  } catch (error) {
    if (error instanceof UndecodableError) return false
    throw error
  }
}

function capturedCall(decoder: AvroRecordDecoder): CapturedCall {
  const { numbers } = decoder
  return {
    revision: numbers[SLOTS.revision]!,
    emittedAtMs: numbers[SLOTS.emittedAt]!,
    arrivedAtMs: numbers[SLOTS.arrivedAt]!,
    queuedAtMs: numbers[SLOTS.queuedAt]!,
    answeredAtMs: numbers[SLOTS.answeredAt]!,
    endedAtMs: numbers[SLOTS.endedAt]!,
    outcome: numbers[SLOTS.outcome]!,
    isOutbound: numbers[SLOTS.direction] === 1,
    caller: textAt(decoder, SLOTS.caller),
    seat: decoder.starts[SLOTS.agent]! < 0 ? null : textAt(decoder, SLOTS.agent),
    line: textAt(decoder, SLOTS.line),
    region: textAt(decoder, SLOTS.region),
    isSimulated: isSimulated(textAt(decoder, SLOTS.id)),
  }
}

function textAt({ bytes, starts, ends }: AvroRecordDecoder, slot: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + starts[slot]!, ends[slot]! - starts[slot]!).toString('utf8')
}

/** @param calls by `arrivedAtMs` */
export function columnsOf(calls: readonly CapturedCall[]): Omit<RecordedCalls, 'range'> {
  const columns = recordedColumns(calls.length)
  const [callers, seats, lines, regions] = [new Places(), new Places(), new Places(), new Places()]
  let simulatedCount = 0
  for (const [at, call] of calls.entries()) {
    columns.arrivedAtMs[at] = call.arrivedAtMs
    columns.queuedAtMs[at] = call.queuedAtMs
    columns.answeredAtMs[at] = call.answeredAtMs
    columns.endedAtMs[at] = call.endedAtMs
    columns.outcomes[at] = Math.min(call.outcome, CALL_OUTCOMES.length - 1)
    columns.outbound[at] = call.isOutbound ? 1 : 0
    columns.callers[at] = call.caller === '' ? 0 : 1 + callers.of(call.caller)
    columns.seats[at] = call.seat === null ? -1 : seats.of(call.seat)
    columns.lines[at] = lines.of(call.line)
    columns.regions[at] = regions.of(call.region)
    if (call.isSimulated) simulatedCount += 1
  }
  return { ...columns, lineNames: lines.names, regionNames: regions.names, simulatedCount }
}

/** Numbers texts as they come. */
class Places {
  readonly names: string[] = []
  readonly #places = new Map<string, number>()

  of(name: string): number {
    const known = this.#places.get(name)
    if (known !== undefined) return known
    this.#places.set(name, this.names.length)
    return this.names.push(name) - 1
  }
}

function cellsAround(calls: readonly CapturedCall[]): Range {
  return {
    fromAtMs: Math.floor(calls[0]!.arrivedAtMs / CELL_MS) * CELL_MS,
    toAtMs: (Math.floor(calls.at(-1)!.arrivedAtMs / CELL_MS) + 1) * CELL_MS,
  }
}

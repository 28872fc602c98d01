/**
 * Writes the facts of a period back into a capture: every revision of every call that arrived and of every ticket that
 * was accepted in it, in the order in which they were emitted.
 *
 * A fact holds all that its record says, so the bytes are those that a source writes for it.
 */
import { join } from 'node:path'
import type { Call } from '../kpi/call.ts'
import { CELL_MS } from '../kpi/cell.ts'
import type { Range } from '../kpi/range.ts'
import { isSimulated } from '../kpi/simulated.ts'
import type { Ticket } from '../kpi/ticket.ts'
import { SteadylineError } from '../schemas/errors.ts'
import { WIRE_HEADER_BYTES } from '../schemas/wire-format.ts'
import { AvroEncoder } from './avro-encoder.ts'
import { CaptureFolder } from './capture-folder.ts'
import { type CaptureKind, EmissionSpool } from './emission-spool.ts'
import type { FactSource, FactsOfCell } from './fact-source.ts'

/** Facts of one question: the embedded store answers whole, and both sides hold the answer in memory. */
const FACTS_PER_QUERY_MAX = 20_000

export interface CaptureFactsOptions {
  source: FactSource
  range: Range
  /** Made if it is not there; a capture in it is replaced. */
  folder: string
  /** Most facts of one question; a quarter-hour that holds more is asked for alone. */
  factsPerQueryMax?: number
  /** Hears how many facts have been read, and about how many there are. */
  onProgress?: (readCount: number, aboutCount: number) => void
}

export interface CapturedFacts {
  callsCount: number
  ticketsCount: number
  isSimulated: boolean
}

/** @throws SteadylineError if facts of the period were deleted with their sealed years: nothing is written then */
export async function captureFacts(options: CaptureFactsOptions): Promise<CapturedFacts> {
  const { source, range, folder, factsPerQueryMax = FACTS_PER_QUERY_MAX, onProgress } = options
  const factsFromMs = await source.factsFromMs()
  if (range.fromAtMs < factsFromMs) throw factsDeleted(factsFromMs)
  const capture = await CaptureFolder.create(folder)
  const spool = await EmissionSpool.create(join(folder, '.emissions'))
  const encoder = new AvroEncoder()
  const captured: CapturedFacts = { callsCount: 0, ticketsCount: 0, isSimulated: false }
  let isComplete = false
  try {
    const cells = { calls: await source.callCells(range), tickets: await source.ticketCells(range) }
    const aboutCount = sumOf(cells.calls) + sumOf(cells.tickets)
    const told = () => onProgress?.(captured.callsCount + captured.ticketsCount, aboutCount)
    const put = (kind: CaptureKind, record: Call | Ticket, message: Buffer, id: string) => {
      spool.add(kind, record.emittedAtMs, message.subarray(WIRE_HEADER_BYTES))
      captured[kind === 'calls' ? 'callsCount' : 'ticketsCount'] += 1
      captured.isSimulated ||= isSimulated(id)
    }
    for (const part of partsOf(range, cells.calls, factsPerQueryMax)) {
      for (const call of await source.calls(part)) put('calls', call, encoder.encodeCall(call), call.callId)
      told()
    }
    for (const part of partsOf(range, cells.tickets, factsPerQueryMax)) {
      for (const ticket of await source.tickets(part))
        put('tickets', ticket, encoder.encodeTicket(ticket), ticket.ticketId)
      told()
    }
    await spool.drain((kind, body) => capture.append(kind, body))
    isComplete = true
  } finally {
    await spool.close()
    await capture.close(isComplete)
  }
  return captured
}

/** A range cut at the ends of cells, so that each part holds no more facts than a question may ask for, or is one cell. */
function partsOf(range: Range, cells: readonly FactsOfCell[], factsMax: number): Range[] {
  const parts: Range[] = []
  let factsCount = 0
  for (const [index, cell] of cells.entries()) {
    factsCount += cell.factsCount
    const isFull = factsCount + (cells[index + 1]?.factsCount ?? 0) > factsMax
    if (!isFull && index < cells.length - 1) continue
    const fromAtMs = parts.at(-1)?.toAtMs ?? range.fromAtMs
    parts.push({ fromAtMs, toAtMs: Math.min(cell.cellAtMs + CELL_MS, range.toAtMs) })
    factsCount = 0
  }
  return parts
}

function sumOf(cells: readonly FactsOfCell[]): number {
  return cells.reduce((sum, { factsCount }) => sum + factsCount, 0)
}

function factsDeleted(factsFromMs: number): SteadylineError {
  return new SteadylineError(
    'STEADYLINE_FACTS_DELETED',
    1,
    `The records before ${new Date(factsFromMs).toISOString()} were deleted with their sealed years, and a capture needs them. Use --from ${new Date(factsFromMs).toISOString()} or a later instant.`,
  )
}

/** Fuzzed messages through the program's own intake, and beside it the second judge. */
import { Span, TopicIntake } from '../../../processors/span.ts'
import { FactDecoder } from '../../../schemas/fact-decoder.ts'
import type { NativeBlock } from '../../../schemas/native/native-block.ts'
import type { RecordName } from '../../../schemas/wire-format.ts'
import { logBatch } from '../../unit/processors/log-batch.ts'
import { FuzzedMessages } from './fuzzed-messages.ts'
import { SecondJudge } from './second-judge.ts'

const BATCH_MESSAGES = 1_000
const PARTITIONS = 3
const SCRATCH_BYTES = 1 << 20

export interface FuzzReport {
  messages: number
  facts: number
  heartbeats: number
  rejectsByCode: Record<string, number>
  /** Sentences: a message that the two judges see differently, an offset that is lost. Empty if all is well. */
  differences: string[]
}

/**
 * What the library is known to let through: text that is no UTF-8, ints beyond 32 bits, and varints longer than theirs.
 * Reasons, not codes: any other disagreement is a difference.
 */
const STRICTER_BY_DESIGN = /not valid UTF-8|does not fit in 32 bits|does not fit in 64 bits|longer than ten bytes/

export function takeFuzzed(record: RecordName, seed: number, messageCount: number): FuzzReport {
  const topic = record === 'call.v1' ? 'hotline.calls.v1' : 'hotline.tickets.v1'
  const messages = new FuzzedMessages(seed, record)
  const judge = new SecondJudge(record)
  const decoder = new FactDecoder(record)
  let scratch = decoder.emptyBlock() // rows that nobody reads
  const intake = new TopicIntake(topic, record)
  const report: FuzzReport = { messages: 0, facts: 0, heartbeats: 0, rejectsByCode: {}, differences: [] }
  const next = Array.from({ length: PARTITIONS }, () => 0)
  while (report.messages < messageCount) {
    const span = new Span()
    const partition = (report.messages / BATCH_MESSAGES) % PARTITIONS
    const fromOffset = next[partition]!
    const count = Math.min(BATCH_MESSAGES, messageCount - report.messages)
    const sent = Array.from({ length: count }, (_, at) => {
      const { value, watermarkText } = messages.next()
      return { offset: fromOffset + at, value, ...(watermarkText === null ? {} : { watermarkText }) }
    })
    const rejectsBefore = span.rejects.length
    intake.take(logBatch(topic, partition, fromOffset, sent), span, Number.POSITIVE_INFINITY)
    next[partition] = fromOffset + count
    report.messages += count
    const [range] = span.ranges
    const booked = range!.factRecords + range!.rejectRecords + range!.heartbeats + range!.gapOffsets
    if (booked !== count || range!.nextOffset !== fromOffset + count || range!.gapOffsets !== 0)
      report.differences.push(`${topic}/${partition}@${fromOffset}: ${count} messages were booked as ${booked}`)
    const rows = intake.handOver()
    if ((rows?.block.rowCount ?? 0) !== range!.factRecords)
      report.differences.push(
        `${topic}/${partition}@${fromOffset}: ${range!.factRecords} facts, ${rows?.block.rowCount} rows`,
      )
    report.facts += range!.factRecords
    report.heartbeats += range!.heartbeats
    for (const { code } of span.rejects.slice(rejectsBefore))
      report.rejectsByCode[code] = (report.rejectsByCode[code] ?? 0) + 1
    for (const { offset, value, watermarkText } of sent) {
      if (watermarkText !== undefined) continue
      if (scratch.byteCount > SCRATCH_BYTES) scratch = decoder.emptyBlock()
      const difference = differenceOf(decoder, judge, scratch, value)
      if (difference !== null) report.differences.push(`seed ${seed}, ${topic}/${partition}@${offset}: ${difference}`)
    }
  }
  return report
}

function differenceOf(
  decoder: FactDecoder,
  judge: SecondJudge,
  scratch: NativeBlock,
  value: Buffer | null,
): string | null {
  const own = decoder.write(value, scratch)
  const { code, fields } = judge.judge(value)
  if (own === null) {
    if (code !== null) return `counted, and ${code} by the other judge`
    return BigInt(decoder.emittedAtMs) === fields!.emitted_at ? null : 'another emitted_at than the other judge reads'
  }
  if (own.code === code) return null
  if (own.code === 'UNDECODABLE' && STRICTER_BY_DESIGN.test(own.reason)) return null
  return `${own.code} (${own.reason}), and ${code ?? 'counted'} by the other judge: ${value?.toString('hex').slice(0, 400)}`
}

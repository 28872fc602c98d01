/**
 * Random logs under random schedules of crashes, zombies, late and repeated writes, rebalances and added partitions give
 * the figures of an oracle. The same run with a wrong order, or a wrong version, is shown to fail.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countSpan } from '../../processors/batch.ts'
import { callMessage } from '../unit/schemas/messages.ts'
import { Cluster, type Turn } from './cluster.ts'
import { MemoryStore, REFUSED_LINE, type VersionOf } from './memory-store.ts'

const FROM_MS = Date.UTC(2022, 11, 31, 23, 45) // the two quarter-hours lie in two years, so in two partitions of the store
const DEFINITIONS = { shortAbandonMsMax: 0, answerThresholdMs: 10_000, positiveRatingMin: 3, satisfiedMin: 3 }

interface SentCall {
  kind: 'call'
  id: number
  quarter: number
  revision: number
  emission: number
  isRefused: boolean
}
type Sent = (SentCall | { kind: 'broken' } | { kind: 'heartbeat' }) & { key: number; gapOffsets: number }

const place = { key: fc.nat(5), gapOffsets: fc.constantFrom(0, 0, 0, 1) }
const call = fc.record({
  kind: fc.constant('call' as const),
  id: fc.nat(2),
  quarter: fc.nat(1),
  revision: fc.integer({ min: 1, max: 3 }),
  emission: fc.nat(1),
  isRefused: fc.constantFrom(...Array<boolean>(12).fill(false), true),
  ...place,
})
const sent: fc.Arbitrary<Sent> = fc.oneof(
  { weight: 10, arbitrary: call },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('broken' as const), ...place }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('heartbeat' as const), ...place }) },
)

const turn: fc.Arbitrary<Turn> = fc.record({
  what: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('send' as const, 'give' as const, 'take' as const, 'count' as const) },
    { weight: 9, arbitrary: fc.constant('write lands' as const) },
    {
      weight: 4,
      arbitrary: fc.constantFrom<Turn['what']>(
        'add a partition',
        'take and insert',
        'write lands, answer lost',
        'write will land late',
        'late write lands',
        'crash, writes lost',
        'crash, writes under way',
        'merge',
      ),
    },
  ),
  which: fc.nat(1_000),
})

const run = fc.record({
  sent: fc.array(sent, { minLength: 1, maxLength: 14 }),
  sentAtOnce: fc.nat(14),
  turns: fc.array(turn, { minLength: 10, maxLength: 120, size: 'max' }),
})

type Run = typeof run extends fc.Arbitrary<infer Value> ? Value : never

/** What a call says is a function of what orders its revisions, so no two records tie. */
const outcomeOf = ({ id, revision, emission }: SentCall) =>
  (['ANSWERED', 'WAITING_ABANDONED', 'NO_SEAT', 'VOID'] as const)[(id + revision * 2 + emission) % 4]!

const arrivedAtOf = ({ quarter, id }: SentCall) => FROM_MS + quarter * 900_000 + id
const emittedAtOf = (record: SentCall) => arrivedAtOf(record) + 2_000 + record.emission
const factKeyOf = (record: SentCall) =>
  `c-${record.id} ${arrivedAtOf(record)} ${record.revision} ${emittedAtOf(record)}`

function messageOf(record: Sent) {
  if (record.kind === 'broken') return { value: callMessage({ revision: 0 }) }
  if (record.kind === 'heartbeat') return { value: null, watermarkText: '1700000000000' }
  const arrivedAt = arrivedAtOf(record)
  const outcome = outcomeOf(record)
  const value = callMessage({
    call_id: `c-${record.id}`,
    revision: record.revision,
    arrived_at: arrivedAt,
    queued_at: arrivedAt,
    answered_at: outcome === 'ANSWERED' ? arrivedAt + 1_000 : null,
    ended_at: arrivedAt + 2_000,
    outcome,
    rating: null,
    line: record.isRefused ? REFUSED_LINE : '12345',
    emitted_at: emittedAtOf(record),
  })
  return { value }
}

/** By cell, `evidence offered answered abandoned no_seat`, from all that was sent. */
function oracle(all: readonly Sent[]): Record<string, string> {
  const calls = all.filter((record) => record.kind === 'call').filter(({ isRefused }) => !isRefused)
  const cells: Record<string, string> = {}
  for (const quarter of [0, 1]) {
    const inCell = calls.filter((record) => record.quarter === quarter)
    const distinct = new Set(inCell.map(({ id, revision, emission }) => `${id} ${revision} ${emission}`))
    if (distinct.size === 0) continue
    const outcomes = [0, 1, 2].flatMap((id) => {
      const mine = inCell.filter((record) => record.id === id)
      const last = mine.sort((a, b) => b.revision - a.revision || b.emission - a.emission)[0]
      return last === undefined ? [] : [outcomeOf(last)]
    })
    const of = (outcome: string) => outcomes.filter((one) => one === outcome).length
    const [answered, abandoned, noSeat] = [of('ANSWERED'), of('WAITING_ABANDONED'), of('NO_SEAT')]
    const offered = answered + abandoned + noSeat
    cells[FROM_MS + quarter * 900_000] = [distinct.size, offered, answered, abandoned, noSeat].join(' ')
  }
  return cells
}

function figuresOf(store: MemoryStore): Record<string, string> {
  return Object.fromEntries(
    store.cells.final().map(({ cellAtMs, evidence, counts }) => {
      const { offered, answered, abandoned, no_seat } = counts
      return [String(cellAtMs), [evidence, offered, answered, abandoned, no_seat].join(' ')]
    }),
  )
}

type Placed = { partition: number; offset: number; record: Sent }

/** What holds at every moment, whatever is under way: I1, I2 and I5. */
function expectInvariants({ store, log, committed }: Cluster, placed: readonly Placed[]): void {
  for (const range of store.progress.all()) {
    const { factRecords, rejectRecords, gapOffsets, heartbeats } = range
    const booked = factRecords + rejectRecords + gapOffsets + heartbeats
    expect(booked, 'facts + rejects + gaps + heartbeats').toBe(range.nextOffset - range.fromOffset)
    expect(Math.min(factRecords, rejectRecords, gapOffsets, heartbeats)).toBeGreaterThanOrEqual(0)
    expect(range.nextOffset, 'a ledger without a hole').toBeLessThanOrEqual(store.countedUntil(range.partition)!)
  }
  for (const partition of log.partitions.keys()) {
    expect(committed.get(partition) ?? 0, 'committed ≤ progress').toBeLessThanOrEqual(
      store.countedUntil(partition) ?? 0,
    )
  }
  const facts = new Set(
    store.facts.all().map((fact) => `${fact.callId} ${fact.arrivedAtMs} ${fact.revision} ${fact.emittedAtMs}`),
  )
  const rejects = new Set(store.rejects.all().map(({ partition, offset }) => `${partition}@${offset}`))
  for (const { partition, offset, record } of placed) {
    if (offset >= (store.countedUntil(partition) ?? 0) || record.kind === 'heartbeat') continue
    const isReject = record.kind === 'broken' || record.isRefused
    const isIn = isReject ? rejects.has(`${partition}@${offset}`) : facts.has(factKeyOf(record))
    expect(isIn, `progress ≤ durable: ${record.kind} ${partition}@${offset} is in the store`).toBe(true)
  }
  const figures = new Map<string, string>()
  for (const { cellAtMs, evidence, counts } of store.cells.all()) {
    const key = `${cellAtMs} ${evidence}`
    const text = JSON.stringify(counts)
    expect(figures.get(key) ?? text, 'equal evidence, equal figures').toBe(text)
    figures.set(key, text)
  }
}

interface Variant {
  count?: typeof countSpan
  versionOf?: VersionOf
}

/** What was met in all runs: a schedule that never makes a zombie would prove nothing about zombies. */
const met = { runs: 0, cellRows: 0, factRows: 0, beatenCellRows: 0, overlappingRanges: 0, rejects: 0 }

async function expectTruth({ sent: all, sentAtOnce, turns }: Run, variant: Variant): Promise<void> {
  const store = new MemoryStore(DEFINITIONS, variant.versionOf)
  const cluster = new Cluster(store, variant.count ?? countSpan, 3)
  const placed: Placed[] = []
  const send = (count: number) => {
    for (const record of all.slice(placed.length, placed.length + count)) {
      placed.push({ ...cluster.log.send(record.key, messageOf(record), record.gapOffsets), record })
    }
  }
  send(sentAtOnce)
  for (const next of turns) {
    if (next.what === 'send') send(1)
    await cluster.happen(next)
    if (next.what.includes('land')) expectInvariants(cluster, placed) // nothing else changes the store
  }
  send(all.length)
  await cluster.countRest()
  expectInvariants(cluster, placed)
  expect(figuresOf(store), 'all is counted').toEqual(oracle(all))
  await cluster.landRest()
  expectInvariants(cluster, placed)
  expect(figuresOf(store), 'zombies and late writes have landed too').toEqual(oracle(all))
  met.runs++
  met.cellRows += store.cells.all().length
  met.factRows += store.facts.all().length
  met.beatenCellRows += store.cells.all().length - store.cells.final().length
  met.rejects += store.rejects.final().length
  for (const partition of cluster.log.partitions.keys()) {
    const ranges = store.progress.final().filter((range) => range.partition === partition)
    const rangeOffsets = ranges.reduce((sum, { fromOffset, nextOffset }) => sum + nextOffset - fromOffset, 0)
    if (rangeOffsets > (store.countedUntil(partition) ?? 0)) met.overlappingRanges++
  }
}

test('any schedule over any log gives the figures of the oracle', async () => {
  await fc.assert(
    fc.asyncProperty(run, (one) => expectTruth(one, {})),
    { numRuns: 400 },
  )
  console.table([met])
  expect(met.beatenCellRows).toBeGreaterThan(met.runs / 10)
  expect(met.overlappingRanges, 'zombies whose ranges others read too').toBeGreaterThan(met.runs / 20)
  expect(met.rejects).toBeGreaterThan(met.runs / 20)
})

describe('the same property fails', () => {
  const cellsAfterProgress: typeof countSpan = async (span, steps) => {
    await steps.factsAreIn(span)
    await steps.rejectsAreIn(span)
    await steps.recordProgress(span.ranges)
    await steps.recomputeCells(span.dirtyCells)
    await steps.commit(span.ranges)
  }
  const progressBeforeFacts: typeof countSpan = async (span, steps) => {
    await steps.recordProgress(span.ranges)
    await steps.factsAreIn(span)
    await steps.rejectsAreIn(span)
    await steps.recomputeCells(span.dirtyCells)
    await steps.commit(span.ranges)
  }
  const commitBeforeProgress: typeof countSpan = async (span, steps) => {
    await steps.factsAreIn(span)
    await steps.rejectsAreIn(span)
    await steps.recomputeCells(span.dirtyCells)
    await steps.commit(span.ranges)
    await steps.recordProgress(span.ranges)
  }
  const cellsBeforeFacts: typeof countSpan = async (span, steps) => {
    await steps.rejectsAreIn(span)
    await steps.recomputeCells(span.dirtyCells)
    await steps.factsAreIn(span)
    await steps.recordProgress(span.ranges)
    await steps.commit(span.ranges)
  }
  const rejectsForgotten: typeof countSpan = (span, steps) =>
    countSpan(span, { ...steps, rejectsAreIn: async () => {} })

  test.each<[string, Variant]>([
    ['when progress comes before cells', { count: cellsAfterProgress }],
    ['when progress comes before facts', { count: progressBeforeFacts }],
    ['when offsets come before progress', { count: commitBeforeProgress }],
    ['when cells come before facts', { count: cellsBeforeFacts }],
    ['when rejects are not booked', { count: rejectsForgotten }],
    ['when the version is the order of insertion', { versionOf: (_, insertedCount) => insertedCount }],
    ['when the version is the same for all', { versionOf: () => 1 }],
  ])('%s', async (_promise, variant) => {
    const found = await fc.check(
      fc.asyncProperty(run, (one) => expectTruth(one, variant)),
      { numRuns: 5_000, endOnFailure: true },
    )
    expect(found.failed).toBe(true)
    expect(String(found.errorInstance)).toMatch(
      /all is counted|late writes have landed|progress ≤ durable|committed ≤ progress/,
    )
  })
})

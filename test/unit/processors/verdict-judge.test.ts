import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { CELL_MS } from '../../../kpi/cell.ts'
import { emptySeries } from '../../../kpi/cell-series.ts'
import type { Range } from '../../../kpi/range.ts'
import type { JudgedProfile } from '../../../processors/verdicts/judged-profile.ts'
import { VerdictJudge } from '../../../processors/verdicts/verdict-judge.ts'
import type {
  CellsRead,
  LastIssued,
  ListedWindow,
  VerdictStore,
  YearState,
} from '../../../processors/verdicts/verdict-store.ts'
import type { VerdictRecord } from '../../../schemas/verdict-record.ts'
import { at, HOLIDAYS, SHANGHAI, TERMS, WINDOWS } from '../kpi/made-year.ts'

const PROFILE: JudgedProfile = {
  id: 'panjin-2023',
  version: '0123456789ab',
  definitions: 'abcdef012345',
  zone: SHANGHAI,
  holidays: HOLIDAYS,
  windows: WINDOWS,
  terms: TERMS,
  settleMs: 2 * 3_600_000,
  contractFromDay: 19358,
  contractYears: [2023],
}

/** Every quarter-hour of 2023 has 20 calls, all answered, until a test takes some answers away. */
class ArrayVerdictStore implements VerdictStore {
  readonly written: VerdictRecord[] = []
  readonly listed: ListedWindow[] = []
  readonly unanswered = new Map<number, number>()
  amendedCount = 0
  /** Thrown by the next insert. */
  fault: Error | null = null
  readsCount = 0

  async registerProfiles(): Promise<void> {}
  async listedYears(): Promise<number[]> {
    return []
  }
  async listWindows(_profile: JudgedProfile, _year: number, windows: readonly ListedWindow[]): Promise<void> {
    this.listed.push(...windows)
  }
  async yearsUntil(): Promise<YearState[]> {
    return [{ year: 2023, state: JSON.stringify([...this.unanswered, this.amendedCount]) }]
  }
  async cellsOf(_profile: JudgedProfile, range: Range): Promise<CellsRead> {
    this.readsCount += 1
    const series = emptySeries(range)
    for (let place = 0; place < series.columns.offered.length; place += 1) {
      const lost = this.unanswered.get(range.fromAtMs + place * CELL_MS) ?? 0
      series.columns.offered[place] = 20
      series.columns.answered[place] = 20 - lost
      series.columns.abandoned[place] = lost
      series.columns.evidence[place] = 20 + this.amendedCount
    }
    return { series, simulated: new Float64Array(series.columns.offered.length).fill(1) }
  }
  async lastIssued(_profile: JudgedProfile, range: Range): Promise<Map<string, LastIssued>> {
    const inside = this.written.filter(({ start_at }) => range.fromAtMs <= start_at && start_at < range.toAtMs)
    const rising = inside.toSorted(
      (one, other) => one.evidence - other.evidence || one.base_evidence - other.base_evidence,
    )
    return new Map(
      rising.map((record) => [
        record.window,
        {
          evidence: record.evidence,
          baseEvidence: record.base_evidence,
          offeredCount: record.offered,
          answeredCount: record.answered,
          abandonedCount: record.abandoned,
          noSeatCount: record.no_seat,
          flowedOutCount: record.flowed_out,
          failedCount: record.failed,
          otherCount: record.other,
          verdict: record.verdict,
        },
      ]),
    )
  }
  async insertVerdicts(records: readonly VerdictRecord[]): Promise<void> {
    const { fault } = this
    this.fault = null
    if (fault !== null) throw fault
    this.written.push(...records)
  }
  async close(): Promise<void> {}
}

function aJudge(store = new ArrayVerdictStore()) {
  const published: VerdictRecord[] = []
  const told: VerdictRecord[] = []
  const judge = new VerdictJudge({
    store,
    topic: { publish: async (records) => void published.push(...records), close: async () => {} },
    profiles: [PROFILE],
    log: pino({ level: 'silent' }),
    onIssued: (records) => void told.push(...records),
  })
  let offset = 0
  const judgeAt = (local: string) => judge.judge({ vector: [++offset], watermarkAtMs: at(local) })
  return { judge, store, published, told, judgeAt }
}

function loseEvening(store: ArrayVerdictStore, date: string, lost: number): void {
  for (let place = 0; place < 8; place += 1) store.unanswered.set(at(`${date}T18:00`) + place * CELL_MS, lost)
}

describe('a judge', () => {
  test('says a window once, when the watermark has passed its end and the settle time', async () => {
    const { published, judgeAt } = aJudge()
    await judgeAt('2023-01-01T21:59')
    expect(published).toEqual([])
    await judgeAt('2023-01-01T22:00')
    await judgeAt('2023-01-01T22:30')
    expect(published.map(({ window }) => window)).toEqual(['evening@2023-01-01'])
  })

  test('says a whole replayed year from one read', async () => {
    const { published, store, judgeAt } = aJudge()
    await judgeAt('2024-01-02T00:00')
    expect(published).toHaveLength(249 + 249 + 365 + 1)
    expect(store.readsCount).toBe(1)
    expect(published.every(({ simulated, restates }) => simulated && restates === null)).toBe(true)
  })

  test('does not look again while nothing was counted', async () => {
    const { judge, store } = aJudge()
    await judge.judge({ vector: [1], watermarkAtMs: at('2023-03-01T00:00') })
    await judge.judge({ vector: [1], watermarkAtMs: at('2023-03-01T00:00') })
    expect(store.readsCount).toBe(1)
  })

  test('restates a window whose calls changed, and says what it said before', async () => {
    const { published, store, judgeAt } = aJudge()
    loseEvening(store, '2023-06-01', 18)
    await judgeAt('2023-06-02T00:00')
    expect(published.at(-1)).toMatchObject({ window: 'evening@2023-06-01', verdict: 'deviates', answered: 16 })
    published.length = 0
    store.unanswered.clear()
    store.amendedCount = 1
    await judgeAt('2023-06-02T01:00')
    expect(published).toHaveLength(1)
    expect(published[0]).toMatchObject({
      window: 'evening@2023-06-01',
      verdict: 'insufficient',
      answered: 160,
      restates: { verdict: 'deviates', answered: 16, abandoned: 144, evidence: 160 },
    })
  })

  test('publishes again what it could not write down, so that nothing is left out', async () => {
    const { published, told, store, judgeAt } = aJudge()
    store.fault = new Error('the store is away')
    await expect(judgeAt('2023-01-01T22:00')).rejects.toThrow('the store is away')
    await judgeAt('2023-01-01T22:00')
    expect(published.map(({ window }) => window)).toEqual(['evening@2023-01-01', 'evening@2023-01-01'])
    expect(published[0]).toEqual(published[1])
    expect(told).toHaveLength(1)
  })

  test('beside another one, or after a restart, adds nothing', async () => {
    const { store, judgeAt } = aJudge()
    await judgeAt('2023-06-02T00:00')
    const second = aJudge(store)
    await second.judgeAt('2023-06-02T00:00')
    expect(second.published).toEqual([])
  })

  test('that read fewer facts than the last one did says nothing', async () => {
    const { published, store, judgeAt } = aJudge()
    store.amendedCount = 5
    await judgeAt('2023-01-01T22:00')
    store.amendedCount = 0
    loseEvening(store, '2023-01-01', 10)
    await judgeAt('2023-01-01T22:10')
    expect(published).toHaveLength(1)
  })

  test('lists the windows of every kind, hours too', async () => {
    const { judge, store } = aJudge()
    await judge.begin()
    const count = (kind: string) => store.listed.filter((window) => window.kind === kind).length
    expect(['hour', 'day', 'month', 'quarter', 'year', 'peak', 'special'].map(count)).toEqual([
      8760, 365, 12, 4, 1, 863, 1,
    ])
  })
})

/**
 * Judges windows as they become final, and again when their calls change afterwards.
 *
 * Only the processor that owns partition 0 of the calls judges. What it says is a function of the cells it read, so a
 * second judge, or a replay, repeats it harmlessly. A verdict is published before it is written down: a crash between
 * the two publishes it once more, and never leaves one out.
 */
import type { Logger } from 'pino'
import { CELL_MS } from '../../kpi/cell.ts'
import { differs, type StreamedVerdict, streamedVerdictsOf, yearOfWindows } from '../../kpi/streamed-verdict.ts'
import type { VerdictRecord } from '../../schemas/verdict-record.ts'
import type { Watermark } from '../store.ts'
import type { JudgedProfile } from './judged-profile.ts'
import { listedWindowsOf } from './listed-windows.ts'
import { verdictRecordOf } from './verdict-records.ts'
import type { LastIssued, VerdictStore } from './verdict-store.ts'
import type { VerdictTopic } from './verdict-topic.ts'

export interface JudgeOptions {
  store: VerdictStore
  topic: VerdictTopic
  profiles: readonly JudgedProfile[]
  log: Logger
  /** Is told what was issued; must not wait for anybody. */
  onIssued: (records: readonly VerdictRecord[]) => void
}

export class VerdictJudge {
  readonly #options: JudgeOptions
  /** The vector up to which everything is judged: nothing can have changed while it stays. */
  #judgedVector: string | null = null
  /** By profile and year: what the cells were, and how many windows were final, when they were last judged. */
  readonly #judgedStates = new Map<string, string>()
  readonly #listed = new Map<JudgedProfile, Set<number>>()

  constructor(options: JudgeOptions) {
    this.#options = options
  }

  /** Lists the windows of the contract's years and of those that are judged; repeatable. */
  async begin(): Promise<void> {
    const { store, profiles } = this.#options
    await store.registerProfiles(profiles)
    for (const profile of profiles) {
      this.#listed.set(profile, new Set(await store.listedYears(profile)))
      for (const year of profile.contractYears) await this.#list(profile, year)
    }
  }

  /** Judges what is final by a watermark, if anything may have changed since the last time. */
  async judge({ vector, watermarkAtMs }: Watermark): Promise<void> {
    const key = `${watermarkAtMs} ${vector.join(' ')}`
    if (key === this.#judgedVector) return
    for (const profile of this.#options.profiles) await this.#judgeProfile(profile, watermarkAtMs - profile.settleMs)
    this.#judgedVector = key
  }

  async #judgeProfile(profile: JudgedProfile, finalUntilAtMs: number): Promise<void> {
    const years = await this.#options.store.yearsUntil(profile, finalUntilAtMs)
    for (const [at, { year, state }] of years.entries()) {
      const { instances } = yearOfWindows({ ...profile, year })
      const finalCount = instances.filter(({ endAtMs }) => endAtMs <= finalUntilAtMs).length
      // A special period may reach into the next year, and its last hours are cells of that one.
      const found = `${finalCount} ${state} ${years[at + 1]?.state ?? ''}`
      const name = `${profile.id} ${profile.version} ${year}`
      if (this.#judgedStates.get(name) === found) continue
      await this.#list(profile, year)
      await this.#judgeYear(profile, year, finalUntilAtMs)
      this.#judgedStates.set(name, found)
    }
  }

  async #judgeYear(profile: JudgedProfile, year: number, finalUntilAtMs: number): Promise<void> {
    const { store, topic, log, onIssued } = this.#options
    const whole = yearOfWindows({ ...profile, year })
    const toAtMs = Math.floor(Math.min(whole.toAtMs, finalUntilAtMs) / CELL_MS) * CELL_MS
    if (toAtMs <= whole.fromAtMs) return
    const range = { fromAtMs: whole.fromAtMs, toAtMs }
    const [{ series, simulated }, issued] = await Promise.all([
      store.cellsOf(profile, range),
      store.lastIssued(profile, range),
    ])
    const verdicts = streamedVerdictsOf({ ...profile, year, series, simulated, seriesToAtMs: toAtMs, finalUntilAtMs })
    const records = verdicts
      .filter((verdict) => isDue(verdict, issued.get(verdict.id)))
      .map((verdict) => verdictRecordOf(profile, verdict, issued.get(verdict.id) ?? null))
    if (records.length === 0) return
    await topic.publish(records)
    await store.insertVerdicts(records)
    const restatedCount = records.filter(({ restates }) => restates !== null).length
    log.info({ profile: profile.id, year, issuedCount: records.length, restatedCount }, 'verdicts issued')
    onIssued(records)
  }

  async #list(profile: JudgedProfile, year: number): Promise<void> {
    const listed = this.#listed.get(profile) ?? new Set()
    if (listed.has(year)) return
    await this.#options.store.listWindows(profile, year, listedWindowsOf(profile, year))
    listed.add(year)
    this.#listed.set(profile, listed)
  }
}

/** Evidence only grows; a judge that read less than the last one did has nothing to say. */
function isDue(verdict: StreamedVerdict, last: LastIssued | undefined): boolean {
  if (last === undefined) return true
  if (verdict.evidence < last.evidence || verdict.base.evidence < last.baseEvidence) return false
  return differs(last, verdict)
}

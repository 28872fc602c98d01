/**
 * Tells everybody who listens what has changed: one look at the store for all of them, and none while nobody listens.
 *
 * A listener first hears how fresh the figures are, then what it missed if it names an event that is still remembered,
 * then what happens. A look that fails is followed by the next one; silence is not an event.
 */
import { dayOfText } from '../../kpi/local-date.ts'
import type { Range } from '../../kpi/range.ts'
import { dayRange } from '../../kpi/zone.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import { type LiveEvent, type LiveFreshness, liveCells, liveFreshness } from '../answers/live-answer.ts'
import { verdictsAnswerOf } from '../answers/verdicts-answer.ts'
import { eventText } from './event-text.ts'
import { LiveChanges } from './live-changes.ts'
import type { LiveReader } from './live-reader.ts'

export interface LiveTerms {
  /** Names this run in event ids, so that ids of an earlier run are not taken for its own. */
  runName: string
  /** Rest between two looks, ms. */
  lookMs: number
  listenersMax: number
}

export type Hear = (text: string) => void

/** Events that a listener who comes back may have missed. */
const REMEMBERED_MAX = 200
/** How long it goes on looking after the last listener has left, ms: a page that is loaded again comes back. */
const LINGER_MS = 30_000
/** All days that a record may be of. */
const ALL_DAYS = { fromDay: dayOfText('1990-01-01')!, toDay: dayOfText('2100-01-01')! }

export class LiveFeed {
  readonly #answered: AnsweredProfile
  readonly #reader: LiveReader
  readonly #terms: LiveTerms
  readonly #listeners = new Set<Hear>()
  readonly #remembered: { id: string; text: string }[] = []
  #changes = new LiveChanges()
  #state: string | null = null
  #freshness: LiveFreshness | null = null
  #eventsCount = 0
  #timer: NodeJS.Timeout | null = null
  #idleMs = 0
  #isClosed = false

  constructor(answered: AnsweredProfile, reader: LiveReader, terms: LiveTerms) {
    this.#answered = answered
    this.#reader = reader
    this.#terms = terms
  }

  /** Whether one more may listen. */
  get hasRoom(): boolean {
    return !this.#isClosed && this.#listeners.size < this.#terms.listenersMax
  }

  /**
   * @param lastId the last event that the listener has; `null` if it has none
   * @returns what ends it
   */
  listen(hear: Hear, lastId: string | null): () => void {
    const missed = this.#remembered.findIndex(({ id }) => id === lastId)
    if (this.#freshness !== null) hear(this.#freshnessText(this.#freshness))
    if (missed >= 0) for (const { text } of this.#remembered.slice(missed + 1)) hear(text)
    this.#listeners.add(hear)
    this.#idleMs = 0
    if (this.#timer === null && !this.#isClosed) this.#lookAfter(0)
    return () => this.#listeners.delete(hear)
  }

  close(): void {
    this.#isClosed = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#listeners.clear()
  }

  #lookAfter(waitMs: number): void {
    this.#timer = setTimeout(() => void this.#look(), waitMs)
  }

  async #look(): Promise<void> {
    await this.#readChanges().catch(() => {})
    this.#idleMs = this.#listeners.size > 0 ? 0 : this.#idleMs + this.#terms.lookMs
    if (this.#isClosed) return
    if (this.#idleMs <= LINGER_MS) this.#lookAfter(this.#terms.lookMs)
    else this.#forget()
  }

  /** What happens while nobody looks is not known, so the next listener starts from the beginning. */
  #forget(): void {
    this.#timer = null
    this.#state = null
    this.#freshness = null
    this.#changes = new LiveChanges()
    this.#remembered.length = 0
  }

  async #readChanges(): Promise<void> {
    const state = await this.#reader.state()
    if (state === this.#state) return
    const isFirst = this.#freshness === null
    const evidence = await this.#reader.evidenceByDay()
    const watermarks = await this.#reader.watermarks()
    const days = this.#changes.daysOf(evidence)
    const cells = days.length === 0 ? [] : this.#changes.cellsOf(await this.#reader.cells(this.#rangeOf(days)))
    const issued = await this.#reader.issuedVerdicts(this.#allRange())
    const fresh = this.#changes.verdictsOf(issued)
    const freshness = liveFreshness(this.#answered, watermarks, evidence)
    if (this.#isClosed) return
    this.#freshness = freshness
    this.#state = state
    this.#say({ name: 'freshness', content: freshness })
    if (isFirst) return
    if (days.length > 0) this.#say({ name: 'cells', content: liveCells(this.#answered, days, cells) })
    if (fresh.size === 0) return
    const { verdicts } = verdictsAnswerOf(this.#answered, this.#allRange(), issued, watermarks.callsAtMs)
    this.#say({ name: 'verdicts', content: { verdicts: verdicts.filter((_, at) => fresh.has(issued[at]!)) } })
  }

  #say({ name, content }: LiveEvent): void {
    this.#eventsCount += 1
    const id = this.#lastId()
    const text = eventText(id, name, content)
    this.#remembered.push({ id, text })
    if (this.#remembered.length > REMEMBERED_MAX) this.#remembered.shift()
    for (const hear of this.#listeners) hear(text)
  }

  #freshnessText(freshness: LiveFreshness): string {
    return eventText(this.#lastId(), 'freshness', freshness)
  }

  #lastId(): string {
    return `${this.#terms.runName}-${this.#eventsCount}`
  }

  /** From the first to the last of the days: they lie close together while records stream in. */
  #rangeOf(days: readonly string[]): Range {
    const { zone } = this.#answered
    return {
      fromAtMs: dayRange(zone, dayOfText(days[0]!)!).fromAtMs,
      toAtMs: dayRange(zone, dayOfText(days.at(-1)!)!).toAtMs,
    }
  }

  #allRange(): Range {
    const { zone } = this.#answered
    return {
      fromAtMs: dayRange(zone, ALL_DAYS.fromDay).fromAtMs,
      toAtMs: dayRange(zone, ALL_DAYS.toDay).fromAtMs,
    }
  }
}

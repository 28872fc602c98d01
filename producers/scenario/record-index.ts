/**
 * What must be known of a call or a ticket before its first record is made anew: which line, region and caller its last
 * revision names. An amendment that comes months later decides whether the call is of a line or region that is kept.
 *
 * A hash table in typed arrays: 40 bytes a place, some 80 MB for a year of a city.
 */
import type { Hash64 } from './hash-64.ts'

/** What speaks for a call or a ticket: the values of its highest revision. */
export interface IndexedRecord {
  /** `arrived_at` or `accepted_at`, epoch ms. */
  bornAtMs: number
  line: string
  region: string
  /** Hash of the caller's pseudonym; null for a withheld number and for a ticket. */
  caller: Hash64 | null
}

const PLACES_FIRST = 1 << 16
const FILLED_RATIO_MAX = 0.7

export class RecordIndex {
  #placesCount = PLACES_FIRST
  #filledCount = 0
  #table = tableOf(PLACES_FIRST)
  readonly #texts: string[] = []
  readonly #numbers = new Map<string, number>()

  /** Keeps a revision, unless one is known that beats it: a higher one, or the same emitted later. */
  put(id: Hash64, revision: number, emittedAtMs: number, record: IndexedRecord): void {
    if (this.#filledCount > this.#placesCount * FILLED_RATIO_MAX) this.#grow()
    const table = this.#table
    const place = this.#placeOf(id)
    if (table.revision[place] === 0) this.#filledCount += 1
    else {
      const isBeaten =
        revision > table.revision[place]! ||
        (revision === table.revision[place] && emittedAtMs > table.emittedAtMs[place]!)
      if (!isBeaten) return
    }
    table.high[place] = id.high
    table.low[place] = id.low
    table.revision[place] = revision
    table.emittedAtMs[place] = emittedAtMs
    table.bornAtMs[place] = record.bornAtMs
    table.callerHigh[place] = record.caller?.high ?? 0
    table.callerLow[place] = record.caller?.low ?? 0
    table.line[place] = this.#numberOf(record.line)
    table.region[place] = this.#numberOf(record.region)
  }

  get(id: Hash64): IndexedRecord | null {
    const place = this.#placeOf(id)
    const table = this.#table
    if (table.revision[place] === 0) return null
    const caller = { high: table.callerHigh[place]!, low: table.callerLow[place]! }
    return {
      bornAtMs: table.bornAtMs[place]!,
      line: this.#texts[table.line[place]!]!,
      region: this.#texts[table.region[place]!]!,
      caller: caller.high === 0 && caller.low === 0 ? null : caller,
    }
  }

  has(id: Hash64): boolean {
    return this.#table.revision[this.#placeOf(id)] !== 0
  }

  /** Where the id is, or would be put; a revision of 0 marks a free place. */
  #placeOf({ high, low }: Hash64): number {
    const { revision, high: highs, low: lows } = this.#table
    const mask = this.#placesCount - 1
    let place = (low ^ high) & mask
    while (revision[place] !== 0 && (highs[place] !== high || lows[place] !== low)) place = (place + 1) & mask
    return place
  }

  #grow(): void {
    const old = this.#table
    const oldCount = this.#placesCount
    this.#placesCount = oldCount * 2
    this.#table = tableOf(this.#placesCount)
    for (let from = 0; from < oldCount; from += 1) {
      if (old.revision[from] === 0) continue
      const to = this.#placeOf({ high: old.high[from]!, low: old.low[from]! })
      for (const name of COLUMNS) this.#table[name][to] = old[name][from]!
    }
  }

  #numberOf(text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    this.#texts.push(text)
    this.#numbers.set(text, this.#texts.length - 1)
    return this.#texts.length - 1
  }
}

function tableOf(placesCount: number) {
  return {
    high: new Uint32Array(placesCount),
    low: new Uint32Array(placesCount),
    revision: new Int32Array(placesCount),
    emittedAtMs: new Float64Array(placesCount),
    bornAtMs: new Float64Array(placesCount),
    callerHigh: new Uint32Array(placesCount),
    callerLow: new Uint32Array(placesCount),
    line: new Uint32Array(placesCount),
    region: new Uint32Array(placesCount),
  }
}

const COLUMNS = Object.keys(tableOf(0)) as (keyof ReturnType<typeof tableOf>)[]

/** Calls or tickets of which more records may come: their distinct records so far, and the one that wins. */

interface Revisioned {
  revision: number
  emittedAtMs: number
}

/** A record as it comes out of the simulation. */
interface Arrival<Record> {
  record: Record
  isFirstOfIdentity: boolean
  isLastOfIdentity: boolean
}

/** A call or ticket whose last record has come. */
export interface Finished<Record> {
  winner: Record
  /** Distinct records; exact duplicates are one. */
  factsCount: number
}

export class Unfinished<Record extends Revisioned> {
  readonly #facts = new Map<string, Record[]>()
  readonly #identityOf: (record: Record) => string

  constructor(identityOf: (record: Record) => string) {
    this.#identityOf = identityOf
  }

  get size(): number {
    return this.#facts.size
  }

  /** @returns the call or ticket, once its last record is in; else null */
  add({ record, isFirstOfIdentity, isLastOfIdentity }: Arrival<Record>): Finished<Record> | null {
    if (isFirstOfIdentity && isLastOfIdentity) return { winner: record, factsCount: 1 } // most: never looked up
    const identity = this.#identityOf(record)
    const facts = this.#facts.get(identity) ?? []
    if (!facts.some((fact) => isSame(fact, record))) facts.push(record)
    if (isLastOfIdentity) {
      this.#facts.delete(identity)
      return { winner: facts.reduce((best, fact) => (beats(fact, best) ? fact : best)), factsCount: facts.length }
    }
    if (isFirstOfIdentity) this.#facts.set(identity, facts)
    return null
  }
}

/** The higher revision; of equal ones the later emission. */
function beats(one: Revisioned, other: Revisioned): boolean {
  return one.revision === other.revision ? one.emittedAtMs > other.emittedAtMs : one.revision > other.revision
}

function isSame<Record extends object>(one: Record, other: Record): boolean {
  if (one === other) return true
  for (const field in one) if (one[field] !== other[field]) return false
  return true
}

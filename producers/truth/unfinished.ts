/** Calls or tickets of which more records may come: their distinct records so far, and the one that wins. */
import { invariant } from '../../kpi/invariant.ts'

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

/** The two things that make records the same call or ticket. */
export interface IdentityRule<Record> {
  idOf: (record: Record) => string
  instantOf: (record: Record) => number
}

export class Unfinished<Record extends Revisioned> {
  /** By instant: the records of each identity with it, hardly ever more than one. No text is built to look one up. */
  readonly #byInstant = new Map<number, Record[][]>()
  readonly #rule: IdentityRule<Record>
  size = 0

  constructor(rule: IdentityRule<Record>) {
    this.#rule = rule
  }

  /** @returns the call or ticket, once its last record is in; else null */
  add({ record, isFirstOfIdentity, isLastOfIdentity }: Arrival<Record>): Finished<Record> | null {
    if (isFirstOfIdentity && isLastOfIdentity) return { winner: record, factsCount: 1 } // most: never looked up
    if (isFirstOfIdentity) {
      this.#begin(record)
      return null
    }
    const facts = this.#factsOf(record)
    if (!facts.some((fact) => isSame(fact, record))) facts.push(record)
    if (!isLastOfIdentity) return null
    this.#end(record, facts)
    return { winner: facts.reduce((best, fact) => (beats(fact, best) ? fact : best)), factsCount: facts.length }
  }

  #begin(record: Record): void {
    const instant = this.#rule.instantOf(record)
    const identities = this.#byInstant.get(instant)
    if (identities === undefined) this.#byInstant.set(instant, [[record]])
    else identities.push([record])
    this.size += 1
  }

  #factsOf(record: Record): Record[] {
    const identities = this.#byInstant.get(this.#rule.instantOf(record)) ?? []
    const facts = identities.find(([first]) => this.#rule.idOf(first!) === this.#rule.idOf(record))
    invariant(facts !== undefined, 'the first record of a call or ticket says that it is the first')
    return facts
  }

  #end(record: Record, facts: readonly Record[]): void {
    const instant = this.#rule.instantOf(record)
    const others = this.#byInstant.get(instant)!.filter((identity) => identity !== facts)
    if (others.length === 0) this.#byInstant.delete(instant)
    else this.#byInstant.set(instant, others)
    this.size -= 1
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

/**
 * Looks now and then whether what must always hold does hold, and says so where it does not (invariants I1 and I5).
 *
 * One processor looks for all: the owner of the calls' partition 0. Each fault is said once by a process. What is cheap
 * enough to be asked of a store that is at work is asked; `reconcile` asks everything. Identities that were sent
 * inconsistently are no fault of ours: they are counted, once an hour, because every fact is asked for it.
 */
import type { Logger } from 'pino'
import type { LogReader } from './log-reader.ts'
import type { Measures } from './measures/measures.ts'
import type { AuditedStore } from './reconcile/audited-store.ts'

/** Said in one look; `reconcile` names them all. */
const SAID_MAX = 20
const IDENTITIES_MS = 3_600_000

export interface InvariantWatchOptions {
  audited: Pick<AuditedStore, 'ledgerFaults' | 'unequalRows' | 'identityFaultCounts'>
  reader: Pick<LogReader, 'owned'>
  /** Whoever owns its partition 0 looks. */
  topic: string
  /** Names of the series of cells. */
  definitions: readonly string[]
  log: Pick<Logger, 'error'>
  measures: Pick<Measures, 'faultsFound' | 'identityFaultsFound'>
  now: () => number
}

export class InvariantWatch {
  readonly #options: InvariantWatchOptions
  readonly #said = new Set<string>()
  #identitiesAtMs: number | null = null
  #isLooking = false

  constructor(options: InvariantWatchOptions) {
    this.#options = options
  }

  /**
   * Does nothing while an earlier look is under way: looks that overtake each other would read every fact at once.
   *
   * @throws if the store does not answer
   */
  async look(): Promise<void> {
    if (this.#isLooking) return
    this.#isLooking = true
    await this.#look().finally(() => {
      this.#isLooking = false
    })
  }

  async #look(): Promise<void> {
    const { reader, topic, measures } = this.#options
    if (reader.owned().some((place) => place.topic === topic && place.partition === 0)) {
      await this.#lookAtInvariants()
      await this.#lookAtIdentities()
      return
    }
    this.#identitiesAtMs = null
    measures.faultsFound(null)
    measures.identityFaultsFound(null)
  }

  async #lookAtInvariants(): Promise<void> {
    const { audited, definitions, log, measures } = this.#options
    const ledger = await audited.ledgerFaults()
    const unequal: string[] = []
    for (const name of definitions) unequal.push(...(await audited.unequalRows(name)))
    for (const fault of this.#new(ledger, (one) => JSON.stringify(one))) {
      log.error({ code: 'STEADYLINE_LEDGER_BROKEN', ...fault }, 'ledger does not add up, run reconcile --log')
    }
    for (const cell of this.#new(unequal, (one) => one)) {
      log.error({ code: 'STEADYLINE_CELLS_UNEQUAL', cell }, 'cell has two values at one evidence, run reconcile')
    }
    measures.faultsFound({ ledger: ledger.length, unequalCells: unequal.length })
  }

  async #lookAtIdentities(): Promise<void> {
    const { audited, measures, now } = this.#options
    if (this.#identitiesAtMs !== null && now() - this.#identitiesAtMs < IDENTITIES_MS) return
    measures.identityFaultsFound(await audited.identityFaultCounts())
    this.#identitiesAtMs = now()
  }

  #new<Fault>(faults: readonly Fault[], keyOf: (fault: Fault) => string): Fault[] {
    const found = faults.filter((fault) => !this.#said.has(keyOf(fault))).slice(0, SAID_MAX)
    for (const fault of found) this.#said.add(keyOf(fault))
    return found
  }
}

/**
 * Looks now and then whether what must always hold does hold, and says so where it does not (invariants I1 and I5).
 *
 * One processor looks for all: the owner of the calls' partition 0. Each fault is said once by a process. What is cheap
 * enough to be asked of a store that is at work is asked; `reconcile` asks everything.
 */
import type { Logger } from 'pino'
import type { LogReader } from './log-reader.ts'
import type { AuditedStore } from './reconcile/audited-store.ts'

/** Said in one look; `reconcile` names them all. */
const SAID_MAX = 20

export interface InvariantWatchOptions {
  audited: Pick<AuditedStore, 'ledgerFaults' | 'unequalRows'>
  reader: Pick<LogReader, 'owned'>
  /** Whoever owns its partition 0 looks. */
  topic: string
  /** Names of the series of cells. */
  definitions: readonly string[]
  log: Pick<Logger, 'error'>
}

export class InvariantWatch {
  readonly #options: InvariantWatchOptions
  readonly #said = new Set<string>()

  constructor(options: InvariantWatchOptions) {
    this.#options = options
  }

  /** @throws if the store does not answer */
  async look(): Promise<void> {
    const { audited, reader, topic, definitions, log } = this.#options
    if (!reader.owned().some((place) => place.topic === topic && place.partition === 0)) return
    for (const fault of this.#new(await audited.ledgerFaults(), (one) => JSON.stringify(one))) {
      log.error({ code: 'STEADYLINE_LEDGER_BROKEN', ...fault }, 'ledger does not add up, run reconcile --log')
    }
    for (const name of definitions) {
      for (const cell of this.#new(await audited.unequalRows(name), (one) => one)) {
        log.error({ code: 'STEADYLINE_CELLS_UNEQUAL', cell }, 'cell has two values at one evidence, run reconcile')
      }
    }
  }

  #new<Fault>(faults: readonly Fault[], keyOf: (fault: Fault) => string): Fault[] {
    const found = faults.filter((fault) => !this.#said.has(keyOf(fault))).slice(0, SAID_MAX)
    for (const fault of found) this.#said.add(keyOf(fault))
    return found
  }
}

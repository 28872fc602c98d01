/**
 * What is modelled: a small log whose records stand for all the ways in which a record can come twice, late or amended.
 *
 * Facts are bits, so a set of facts is a number and two sets are compared by `===`.
 */

/** A distinct record: whole state of one call at one revision. */
interface Fact {
  name: string
  call: string
  revision: number
  cell: number
  /** What the call counts for at this revision; powers of two, so that no two sets of winners add up to the same. */
  worth: number
}

export interface Scope {
  facts: readonly Fact[]
  /** By partition and offset, which fact the record is. */
  log: readonly (readonly number[])[]
  cellCount: number
  processorCount: number
  /** Processors that may die, in all. */
  crashesMax: number
  /** Times that a partition may be given away while its reader still lives and goes on. */
  takeoversMax: number
  /** The cell whose time is sealed and whose facts are deleted while processors run; none where nothing is said. */
  sealedCell?: number
}

const FACTS: readonly Fact[] = [
  { name: 'a1', call: 'a', revision: 1, cell: 0, worth: 1 },
  { name: 'a2', call: 'a', revision: 2, cell: 0, worth: 2 },
  { name: 'b1', call: 'b', revision: 1, cell: 0, worth: 4 },
  { name: 'c1', call: 'c', revision: 1, cell: 1, worth: 8 },
]
const [A1, A2, B1, C1] = [0, 1, 2, 3]

/** Three processors on two partitions; a record comes again in the other partition, and may come after its amendment. */
const ONE_CELL = {
  facts: FACTS,
  log: [
    [A1, B1],
    [A2, A1],
  ],
  cellCount: 1,
  processorCount: 3,
}

/** A processor dies, with what it wrote lost or under way; the others live on. */
export const CRASH: Scope = { ...ONE_CELL, crashesMax: 1, takeoversMax: 0 }
/** A reader is replaced while it goes on: a zombie. */
export const ZOMBIE: Scope = { ...ONE_CELL, crashesMax: 0, takeoversMax: 1 }
export const CRASH_AND_ZOMBIE: Scope = { ...ONE_CELL, crashesMax: 1, takeoversMax: 1 }
export const TWO_CRASHES: Scope = { ...ONE_CELL, crashesMax: 2, takeoversMax: 0 }
export const TWO_ZOMBIES: Scope = { ...ONE_CELL, crashesMax: 0, takeoversMax: 2 }

/** Two cells, and a longer log with duplicates within a partition and an amendment in the other. */
const TWO_CELLS = {
  facts: FACTS,
  log: [
    [A1, C1, A1],
    [A2, B1],
  ],
  cellCount: 2,
  processorCount: 2,
}
export const CRASH_OF_TWO_CELLS: Scope = { ...TWO_CELLS, crashesMax: 1, takeoversMax: 0 }
export const ZOMBIE_OF_TWO_CELLS: Scope = { ...TWO_CELLS, crashesMax: 0, takeoversMax: 1 }

/** One cell is sealed while processors run: a record less, for sealing may go on between any two steps. */
const SEALED = {
  ...TWO_CELLS,
  log: [
    [A1, C1],
    [A2, A1],
  ],
  sealedCell: 0,
}
export const CRASH_AND_SEAL: Scope = { ...SEALED, crashesMax: 1, takeoversMax: 0 }
export const ZOMBIE_AND_SEAL: Scope = { ...SEALED, crashesMax: 0, takeoversMax: 1 }

/** Of each call the highest revision counts: the figure of a cell by a set of facts. */
export function figureOf(scope: Scope, facts: number, cell: number): number {
  const winners = new Map<string, Fact>()
  for (const [index, fact] of scope.facts.entries()) {
    if ((facts & (1 << index)) === 0 || fact.cell !== cell) continue
    const winner = winners.get(fact.call)
    if (winner === undefined || fact.revision > winner.revision) winners.set(fact.call, fact)
  }
  let figure = 0
  for (const { worth } of winners.values()) figure += worth
  return figure
}

/** The facts of a cell, as bits. */
export function factsOfCell(scope: Scope, cell: number): number {
  return scope.facts.reduce((facts, fact, index) => (fact.cell === cell ? facts | (1 << index) : facts), 0)
}

/** How many distinct facts of a cell are in a set. */
export function evidenceOf(scope: Scope, facts: number, cell: number): number {
  return scope.facts.filter((fact, index) => fact.cell === cell && (facts & (1 << index)) !== 0).length
}

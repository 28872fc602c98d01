/** What must hold in every state, and what in those where nothing is left to do. */
import type { Design } from './designs.ts'
import { factsOfCell, figureOf, type Scope } from './scope.ts'
import { isSealedToTheEnd } from './sealing.ts'
import { countedUntil, type State } from './state.ts'
import { startOf } from './steps.ts'

export type Promised =
  | 'figures are the truth'
  | 'the ledger has no hole'
  | 'committed ≤ progress ≤ durable'
  | 'one evidence, one figure'

export const ALL_PROMISES: ReadonlySet<Promised> = new Set([
  'figures are the truth',
  'the ledger has no hole',
  'committed ≤ progress ≤ durable',
  'one evidence, one figure',
])

/** Nobody has anything in hand, and no partition has a record left by the rule that says where reading starts. */
export function isQuiescent(scope: Scope, design: Design, state: State): boolean {
  return (
    state.processors.every(({ step }) => step === 0) &&
    isSealedToTheEnd(scope, design, state) &&
    scope.log.every((records, partition) => startOf(design, state, partition) >= records.length)
  )
}

/** The first promise of those asked for that a state breaks, as a sentence; null if it keeps them all. */
export function brokenPromise(
  scope: Scope,
  design: Design,
  state: State,
  promised: ReadonlySet<Promised>,
): string | null {
  if (promised.has('the ledger has no hole')) {
    for (const [partition, covered] of state.ledger.entries()) {
      if ((covered & (covered + 1)) !== 0) return `progress of partition ${partition} has a hole`
    }
  }
  if (promised.has('committed ≤ progress ≤ durable')) {
    for (const [partition, records] of scope.log.entries()) {
      const counted = countedUntil(state.ledger[partition]!)
      if (state.committed[partition]! > counted) return `partition ${partition} is committed beyond its progress`
      const durable = state.facts | state.kept | state.refused
      if (records.slice(0, counted).some((fact) => (durable & (1 << fact)) === 0)) {
        return `progress of partition ${partition} covers a record that is not in the store`
      }
    }
  }
  if (promised.has('one evidence, one figure')) {
    const cell = state.cells.findIndex(({ figures }) => figures.length > 1)
    if (cell >= 0) return `cell ${cell} has two figures of one version: ${state.cells[cell]!.figures.join(' and ')}`
  }
  if (promised.has('figures are the truth') && isQuiescent(scope, design, state)) return wrongFigure(scope, state)
  return null
}

function wrongFigure(scope: Scope, state: State): string | null {
  const everything = (1 << scope.facts.length) - 1
  const inLog = scope.log.flat().reduce((facts, fact) => facts | (1 << fact), 0) & everything
  for (const [cell, { figures }] of state.cells.entries()) {
    const isSealed = cell === scope.sealedCell
    const ofCell = factsOfCell(scope, cell)
    if (isSealed && (state.facts & ofCell) !== 0)
      return `everything is counted, and cell ${cell} says ${figures.join(' or ') || 'nothing'}, but a fact came in after its facts were deleted`
    const truth = figureOf(scope, isSealed ? state.kept : inLog, cell)
    const isTrue = (figures.length === 1 && figures[0] === truth) || (isSealed && figures.length === 0 && truth === 0)
    if (!isTrue) {
      return `everything is counted, and cell ${cell} says ${figures.join(' or ') || 'nothing'}, expected ${truth}`
    }
  }
  return null
}

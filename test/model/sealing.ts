/**
 * Retention beside the processors: processors/retention/seal-years.ts, step by step. Between any two of its steps anything
 * may happen, and so it may also have died there and begun again.
 */
import type { Design, SealStep } from './designs.ts'
import { evidenceOf, factsOfCell, figureOf, type Scope } from './scope.ts'
import type { State } from './state.ts'
import type { Next } from './steps.ts'

function isDone(scope: Scope, design: Design, state: State, step: SealStep): boolean {
  return scope.sealedCell !== undefined && design.sealing.slice(0, state.sealSteps).includes(step)
}

/** Later facts of the sealed cell are refused by whoever refuses them. */
export function isRefusing(scope: Scope, design: Design, state: State): boolean {
  return isDone(scope, design, state, 'refuse')
}

/** A recompute that begins now leaves the cell as it is. */
export function isSealed(scope: Scope, design: Design, state: State, cell: number): boolean {
  return cell === scope.sealedCell && isDone(scope, design, state, 'seal')
}

export function isSealedToTheEnd(scope: Scope, design: Design, state: State): boolean {
  return scope.sealedCell === undefined || state.sealSteps === design.sealing.length
}

/** The next step of sealing, if it may be done; and the rebuild that an operator is told of while it waits. */
export function addSealing(found: Next[], scope: Scope, design: Design, state: State): void {
  const cell = scope.sealedCell
  if (cell === undefined || isSealedToTheEnd(scope, design, state)) return
  const step = design.sealing[state.sealSteps]!
  const evidence = evidenceOf(scope, state.facts, cell)
  const isWhole = state.cells[cell]!.version === evidence
  if (step === 'seal' && design.waitsForWholeCells && !isWhole) {
    const row = { version: evidence, figures: [figureOf(scope, state.facts, cell)] }
    found.push({
      state: { ...state, cells: state.cells.map((winner, at) => (at === cell ? row : winner)) },
      happening: 'step of sealing',
      sentence: () => `sealing waits, and a rebuild computes cell ${cell} from its ${evidence} facts`,
    })
    return
  }
  const ofCell = factsOfCell(scope, cell)
  found.push({
    state: {
      ...state,
      sealSteps: state.sealSteps + 1,
      // What is in when the first step is done is what the figure must say for ever.
      kept: state.sealSteps === 0 ? state.facts & ofCell : state.kept,
      facts: step === 'delete' ? state.facts & ~ofCell : state.facts,
    },
    happening: 'step of sealing',
    sentence: () => `retention: ${step} cell ${cell}`,
  })
}

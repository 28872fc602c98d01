/** Everything that can differ between two moments of the write path. States are never changed, only copied. */
import type { Scope } from './scope.ts'

/** A row of the cell table as it was read from facts, before and after it lands. */
export interface Row {
  cell: number
  version: number
  figure: number
}

/** A write that its processor can wait for no more: it may land at any time, or never. */
export type Write =
  /** `rejected`: those that the processor refuses itself, for it has heard of the seal. */
  | { kind: 'facts'; facts: number; rejected: number }
  | { kind: 'rows'; rows: readonly Row[] }
  | { kind: 'progress'; from: readonly number[]; to: readonly number[] }
  | { kind: 'commit'; from: readonly number[]; to: readonly number[] }

/** What FINAL reads: the rows of the greatest version. More than one figure means that merging decides which is seen. */
export interface Winner {
  version: number
  figures: readonly number[]
}

/** A processor has no state but what it has in hand. */
export interface Processor {
  /** By partition: the offset it reads next; -1 if it does not read it. Several may believe that they read one. */
  next: readonly number[]
  /** By partition: where what it has in hand begins (in); `next` is where it ends (out). */
  from: readonly number[]
  /** Which step of the design comes next; 0 with empty hands. */
  step: number
  /** Cells of what it has in hand that it will recompute, as bits. */
  dirty: number
  rows: readonly Row[]
  /** Facts in hand that it refuses itself, as bits. */
  rejected: number
  /** Generation in which it was given its last partition. Stays 0 in designs that do not look at it. */
  generation: number
  /** How far its clock is ahead of the true one. */
  clockAhead: number
}

export interface State {
  /** Facts that are in the store, as bits. */
  facts: number
  cells: readonly Winner[]
  /** By partition: offsets that a row of `progress` covers, as bits. */
  ledger: readonly number[]
  committed: readonly number[]
  processors: readonly Processor[]
  underWay: readonly Write[]
  crashesLeft: number
  takeoversLeft: number
  /** True time and generation. Both stay 0 in designs that do not look at them: fewer states to tell apart. */
  clock: number
  generation: number
  /** How many steps of sealing are done. */
  sealSteps: number
  /** Facts of the sealed cell that were in when later ones began to be refused, as bits. */
  kept: number
  /** Facts that were refused as too late, as bits. */
  refused: number
}

export function initialState(scope: Scope, clockAhead: number): State {
  const nothing = scope.log.map(() => 0)
  return {
    facts: 0,
    cells: Array.from({ length: scope.cellCount }, () => ({ version: 0, figures: [] })),
    ledger: nothing,
    committed: nothing,
    processors: Array.from({ length: scope.processorCount }, (_, index) => ({
      ...newProcessor(scope),
      clockAhead: index === 0 ? clockAhead : 0,
    })),
    underWay: [],
    crashesLeft: scope.crashesMax,
    takeoversLeft: scope.takeoversMax,
    clock: 0,
    generation: 0,
    sealSteps: 0,
    kept: 0,
    refused: 0,
  }
}

/** As it comes up: with empty hands, reading nothing. */
export function newProcessor(scope: Scope): Processor {
  const none = scope.log.map(() => -1)
  return { next: none, from: none, step: 0, dirty: 0, rows: [], rejected: 0, generation: 0, clockAhead: 0 }
}

/** The end (out) of what `progress` covers without a hole. */
export function countedUntil(covered: number): number {
  let offset = 0
  while ((covered & (1 << offset)) !== 0) offset++
  return offset
}

/**
 * Text that is equal for states that differ in nothing but which processor is which.
 *
 * Processors have no name that the store or the log could see, so exchanging two of them exchanges nothing.
 */
export function keyOf(state: State): string {
  const processors = state.processors.map(processorKey).sort().join('|')
  const writes = state.underWay.length === 0 ? '' : state.underWay.map(writeKey).sort().join('|')
  const cells = state.cells.map(({ version, figures }) => `${version}=${figures}`).join(';')
  return `${state.facts}/${cells}/${state.ledger}/${state.committed}/${state.crashesLeft}${state.takeoversLeft}/${state.clock},${state.generation}/${state.sealSteps},${state.kept},${state.refused}/${processors}/${writes}`
}

const processorKeys = new WeakMap<Processor, string>()

/** Kept, because most steps leave most processors as they were. */
function processorKey(processor: Processor): string {
  let key = processorKeys.get(processor)
  if (key === undefined) {
    const { next, from, step, dirty, rows, rejected, generation, clockAhead } = processor
    key = `${next};${from};${step}${dirty};${rowsKey(rows)}${rejected},${generation},${clockAhead}`
    processorKeys.set(processor, key)
  }
  return key
}

function writeKey(write: Write): string {
  if (write.kind === 'facts') return `f${write.facts},${write.rejected}`
  if (write.kind === 'rows') return `r${rowsKey(write.rows)}`
  return `${write.kind}${write.from}-${write.to}`
}

function rowsKey(rows: readonly Row[]): string {
  let key = ''
  for (const { cell, version, figure } of rows) key += `${cell}.${version}.${figure}_`
  return key
}

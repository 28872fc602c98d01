/**
 * All that can happen next.
 *
 * Three reductions lose nothing. Taking records in is one step with the first write, because nobody else can see what is
 * only in hand. A write that lands lands with its answer, because a processor without an answer is one that has not gone
 * on yet; one whose answer never comes is a crash that leaves it under way. And what is under way but can change nothing
 * any more is left out.
 */
import type { Design, Step } from './designs.ts'
import { evidenceOf, factsOfCell, figureOf, type Scope } from './scope.ts'
import { addSealing, isRefusing, isSealed } from './sealing.ts'
import { countedUntil, newProcessor, type Processor, type Row, type State, type Winner, type Write } from './state.ts'

/** Names of what happened, to be counted: an exploration that met no zombie would prove nothing about them. */
export type Happening =
  | 'processor starts a partition'
  | 'partition taken from a reader with nothing in hand'
  | 'partition taken from a reader that goes on with what it has'
  | 'step of a processor'
  | 'step of a processor whose partition another reads too'
  | 'row of a cell beaten by a truer one'
  | 'fact inserted again'
  | 'crash'
  | 'crash that leaves a write under way'
  | 'write of a dead processor lands'
  | 'step of sealing'
  | 'fact refused by the store'
  | 'fact refused by a processor that has heard of the seal'

export interface Next {
  state: State
  happening: Happening
  /** For people; made only when a trace is printed. */
  sentence: () => string
}

export function nextStates(scope: Scope, design: Design, state: State): Next[] {
  const found: Next[] = []
  for (const [index, processor] of state.processors.entries()) {
    if (processor.step === 0) {
      for (const partition of scope.log.keys()) addStart(found, design, state, index, partition)
      for (const taken of takes(scope, design, state, processor)) addStep(found, scope, design, state, index, taken)
    } else {
      addStep(found, scope, design, state, index, processor)
    }
    addCrash(found, scope, state, index)
  }
  for (const [index, write] of state.underWay.entries()) {
    const underWay = state.underWay.filter((_, other) => other !== index)
    found.push({
      state: landed(scope, design, { ...state, underWay }, write),
      happening: 'write of a dead processor lands',
      sentence: () => `the write that was under way lands: ${textOfWrite(scope, write)}`,
    })
  }
  addSealing(found, scope, design, state)
  for (const next of found) next.state = withoutSpent(scope, design, next.state)
  return found
}

/** The group gives a partition to a processor, which begins where the design says. What was in hand was counted before. */
function addStart(found: Next[], design: Design, state: State, index: number, partition: number): void {
  const processor = state.processors[index]!
  if (processor.next[partition] !== -1) return
  const readers = state.processors.filter(({ next }) => next[partition] !== -1)
  if (readers.length > 0 && state.takeoversLeft === 0) return
  const isZombieMade = readers.some(({ step }) => step > 0)
  const startAt = startOf(design, state, partition)
  const generation = design.looksAt === 'generation' ? state.generation + 1 : 0
  const started = {
    ...processor,
    next: withAt(processor.next, partition, startAt),
    from: withAt(processor.from, partition, startAt),
    generation,
  }
  found.push({
    state: {
      ...withProcessor(state, index, started),
      takeoversLeft: state.takeoversLeft - (readers.length > 0 ? 1 : 0),
      generation,
    },
    happening:
      readers.length === 0
        ? 'processor starts a partition'
        : isZombieMade
          ? 'partition taken from a reader that goes on with what it has'
          : 'partition taken from a reader with nothing in hand',
    sentence: () =>
      `processor ${index + 1} is given partition ${partition}${readers.length > 0 ? ', which another still reads,' : ''} and starts at offset ${startAt}`,
  })
}

/** Where a partition is read from. */
export function startOf(design: Design, state: State, partition: number): number {
  return design.startsAt === 'progress' ? countedUntil(state.ledger[partition]!) : state.committed[partition]!
}

/** All ways to take one record or more in hand. */
function takes(scope: Scope, design: Design, state: State, processor: Processor): Processor[] {
  let ways: number[][] = [[]]
  for (const [partition, records] of scope.log.entries()) {
    const next = processor.next[partition]!
    const last = next === -1 ? -1 : records.length
    const ends = Array.from({ length: last - next + 1 }, (_, count) => next + count)
    ways = ways.flatMap((way) => ends.map((end) => [...way, end]))
  }
  return ways
    .filter((next) => next.some((end, partition) => end > processor.next[partition]!))
    .flatMap((next) => {
      const taken = { ...processor, next, from: processor.next }
      const facts = factsOf(scope, taken)
      const rejected = isRefusing(scope, design, state) ? facts & factsOfCell(scope, scope.sealedCell!) : 0
      // A processor hears of the seal at some time after it: with the first record that the store refuses, or at its start.
      return (rejected === 0 ? [0] : [0, rejected]).map((rejected) => {
        const accepted = facts & ~rejected
        const dirty = cellsOf(scope, design.seenIsDirty ? accepted : accepted & ~state.facts)
        return { ...taken, rejected, dirty }
      })
    })
}

/** A processor does its next step, and its write lands. */
function addStep(found: Next[], scope: Scope, design: Design, state: State, index: number, processor: Processor): void {
  const step = design.order[processor.step]!
  const isLast = processor.step === design.order.length - 1
  const went = knowing(scope, design, state, processor, step)
  const after: Processor = isLast
    ? { ...went, step: 0, dirty: 0, rows: [], rejected: 0, from: went.next }
    : { ...went, step: processor.step + 1, rows: step === 'write' ? [] : went.rows }
  const write = writeOf(scope, design, state, step, processor)
  const clock = design.looksAt === 'clock' && (step === 'read' || step === 'write') ? state.clock + 1 : state.clock
  const before = { ...withProcessor(state, index, after), clock }
  const isShared = processor.next.some(
    (next, partition) =>
      next !== -1 && state.processors.some((other, at) => at !== index && other.next[partition] !== -1),
  )
  found.push({
    state: write === null ? before : landed(scope, design, before, write),
    happening: happeningOf(scope, design, state, write, isShared),
    sentence: () => `processor ${index + 1} ${textOfStep(scope, processor, after, step, write)}`,
  })
  if (write !== null && state.crashesLeft > 0) {
    const crashed = withCrash(scope, state, index)
    found.push({
      state: { ...crashed, underWay: [...crashed.underWay, write] },
      happening: 'crash that leaves a write under way',
      sentence: () =>
        `processor ${index + 1} ${processor.step === 0 ? `takes ${textOfHand(scope, processor)} and ` : ''}crashes; still under way: ${textOfWrite(scope, write)}`,
    })
  }
}

function happeningOf(scope: Scope, design: Design, state: State, write: Write | null, isShared: boolean): Happening {
  if (write?.kind === 'facts' && write.rejected !== 0) return 'fact refused by a processor that has heard of the seal'
  if (write?.kind === 'facts' && landed(scope, design, state, write).refused !== state.refused)
    return 'fact refused by the store'
  if (write?.kind === 'rows' && write.rows.some(({ cell, version }) => version < state.cells[cell]!.version)) {
    return 'row of a cell beaten by a truer one'
  }
  if (write?.kind === 'facts' && (write.facts & state.facts) !== 0) return 'fact inserted again'
  return isShared ? 'step of a processor whose partition another reads too' : 'step of a processor'
}

/** What a processor knows after a step that reads. */
function knowing(scope: Scope, design: Design, state: State, processor: Processor, step: Step): Processor {
  const { clock } = state
  if (step === 'read' || step === 'read figures') {
    const rows: Row[] = []
    for (let cell = 0; cell < scope.cellCount; cell++) {
      if ((processor.dirty & (1 << cell)) === 0 || isSealed(scope, design, state, cell)) continue
      const evidence = evidenceOf(scope, state.facts, cell)
      const own = factsOf(scope, processor)
      const figure =
        design.cellsAre === 'replaced'
          ? figureOf(scope, state.facts, cell)
          : figureOf(scope, state.facts | own, cell) - figureOf(scope, state.facts & ~own, cell)
      rows.push({ cell, figure, version: design.versionOf({ evidence, processor, clock }) })
    }
    return { ...processor, rows }
  }
  if (step === 'count evidence') {
    const rows = processor.rows.map((row) => ({ ...row, version: evidenceOf(scope, state.facts, row.cell) }))
    return { ...processor, rows }
  }
  return processor
}

/** What a step writes; null if it only reads. */
function writeOf(scope: Scope, design: Design, state: State, step: Step, processor: Processor): Write | null {
  const { from, next: to, rows } = processor
  switch (step) {
    case 'facts':
      return { kind: 'facts', facts: factsOf(scope, processor) & ~processor.rejected, rejected: processor.rejected }
    case 'write': {
      if (design.versionedAt === 'read') return { kind: 'rows', rows }
      const version = design.versionOf({ evidence: 0, processor, clock: state.clock })
      return { kind: 'rows', rows: rows.map((row) => ({ ...row, version })) }
    }
    case 'progress':
    case 'commit':
      return { kind: step, from, to }
    default:
      return null
  }
}

/** Leaves writes out that can change nothing any more: facts that are in, rows that are beaten, offsets that are covered. */
function withoutSpent(scope: Scope, design: Design, state: State): State {
  if (state.underWay.length === 0) return state
  const isSpent = (write: Write): boolean => {
    if (write.kind === 'commit' || (write.kind === 'rows' && design.cellsAre === 'added')) return false
    const after = landed(scope, design, state, write)
    return (
      after.facts === state.facts &&
      after.refused === state.refused &&
      after.ledger.every((covered, partition) => covered === state.ledger[partition]) &&
      after.cells.every((winner, cell) => winner === state.cells[cell])
    )
  }
  const underWay = state.underWay.filter((write) => !isSpent(write))
  return underWay.length === state.underWay.length ? state : { ...state, underWay }
}

/** The store, or the broker, as it is once a write is in. Nothing fences: whoever comes last is taken at its word. */
function landed(scope: Scope, design: Design, state: State, write: Write): State {
  switch (write.kind) {
    case 'facts': {
      const isClosed = design.refusedBy === 'store' && isRefusing(scope, design, state)
      const late = isClosed ? write.facts & factsOfCell(scope, scope.sealedCell!) : 0
      return {
        ...state,
        facts: state.facts | (write.facts & ~late),
        refused: state.refused | late | write.rejected,
      }
    }
    case 'rows': {
      const cells = [...state.cells]
      for (const row of write.rows) cells[row.cell] = merged(design, cells[row.cell]!, row)
      return { ...state, cells }
    }
    case 'progress':
      return {
        ...state,
        ledger: state.ledger.map((covered, partition) => {
          let now = covered
          for (let offset = Math.max(0, write.from[partition]!); offset < write.to[partition]!; offset++) {
            now |= 1 << offset
          }
          return now
        }),
      }
    case 'commit':
      return {
        ...state,
        committed: scope.log.map((_, partition) =>
          write.to[partition]! > write.from[partition]! ? write.to[partition]! : state.committed[partition]!,
        ),
      }
  }
}

/** ReplacingMergeTree: the greatest version stays; of equal versions any may stay, so all their figures are kept. */
function merged(design: Design, winner: Winner, { version, figure }: Row): Winner {
  if (design.cellsAre === 'added') return { version: 0, figures: [(winner.figures[0] ?? 0) + figure] }
  if (version < winner.version) return winner
  if (version > winner.version) return { version, figures: [figure] }
  if (winner.figures.includes(figure)) return winner
  return { version, figures: [...winner.figures, figure].sort((one, other) => one - other) }
}

/** A processor dies and comes up again with empty hands. What it had sent is lost. */
function addCrash(found: Next[], scope: Scope, state: State, index: number): void {
  if (state.crashesLeft === 0 || state.processors[index]!.next.every((next) => next === -1)) return
  found.push({
    state: withCrash(scope, state, index),
    happening: 'crash',
    sentence: () => `processor ${index + 1} crashes, and what it was doing is lost`,
  })
}

function withCrash(scope: Scope, state: State, index: number): State {
  const { clockAhead } = state.processors[index]!
  return {
    ...withProcessor(state, index, { ...newProcessor(scope), clockAhead }),
    crashesLeft: state.crashesLeft - 1,
  }
}

/** The facts that a processor has in hand, as bits. */
function factsOf(scope: Scope, { from, next }: Processor): number {
  let facts = 0
  for (const [partition, records] of scope.log.entries()) {
    for (let offset = Math.max(0, from[partition]!); offset < next[partition]!; offset++) facts |= 1 << records[offset]!
  }
  return facts
}

/** The cells of a set of facts, as bits. */
function cellsOf(scope: Scope, facts: number): number {
  let cells = 0
  for (const [index, { cell }] of scope.facts.entries()) if ((facts & (1 << index)) !== 0) cells |= 1 << cell
  return cells
}

function withProcessor(state: State, index: number, processor: Processor): State {
  return { ...state, processors: withAt(state.processors, index, processor) }
}

function withAt<Value>(values: readonly Value[], index: number, value: Value): Value[] {
  const copy = [...values]
  copy[index] = value
  return copy
}

function textOfStep(scope: Scope, processor: Processor, after: Processor, step: Step, write: Write | null): string {
  const taking = processor.step === 0 ? `takes ${textOfHand(scope, processor)} and ` : ''
  if (write !== null) return `${taking}${write.kind === 'commit' ? 'commits' : 'inserts'} ${textOfWrite(scope, write)}`
  const rows = after.rows.map((row) => `cell ${row.cell}: figure ${row.figure}, version ${row.version}`).join('; ')
  return `${taking}${step === 'count evidence' ? 'counts evidence' : 'reads facts'}, and has in hand ${rows || 'no dirty cell'}`
}

function textOfHand(scope: Scope, { from, next }: Processor): string {
  const records = scope.log.flatMap((names, partition) =>
    names.flatMap((fact, offset) =>
      offset >= from[partition]! && offset < next[partition]!
        ? [`${scope.facts[fact]!.name} (${partition}@${offset})`]
        : [],
    ),
  )
  return records.join(', ')
}

function textOfWrite(scope: Scope, write: Write): string {
  if (write.kind === 'facts') {
    const names = scope.facts.filter((_, index) => (write.facts & (1 << index)) !== 0).map(({ name }) => name)
    return `facts ${names.join(', ')}`
  }
  if (write.kind === 'rows') {
    const rows = write.rows.map(({ cell, figure, version }) => `cell ${cell} = ${figure} with version ${version}`)
    return rows.length === 0 ? 'no row' : `row ${rows.join(', ')}`
  }
  const ranges = write.from.flatMap((from, partition) =>
    write.to[partition]! > from ? [`${partition}@${from} to ${write.to[partition]!} (out)`] : [],
  )
  return `${write.kind === 'commit' ? 'offsets' : 'progress'} ${ranges.join(', ')}`
}

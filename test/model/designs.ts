/** The design of processors/batch.ts, and those that look as good and are not. */
import type { Processor } from './state.ts'

/**
 * What a processor does with what it has in hand. `read` takes figure and evidence of the dirty cells on one snapshot;
 * `read figures` and `count evidence` take two; `write` inserts the rows.
 */
export type Step = 'facts' | 'read' | 'read figures' | 'count evidence' | 'write' | 'progress' | 'commit'

/** What a version may be made of. */
interface Versioned {
  evidence: number
  processor: Processor
  /** True time when the version is given. */
  clock: number
}

/** What retention does with the time that it seals, one after the other. */
export type SealStep = 'refuse' | 'seal' | 'delete'

export interface Design {
  name: string
  order: readonly Step[]
  /** Where a processor begins to read a partition. */
  startsAt: 'progress' | 'committed'
  versionOf: (versioned: Versioned) => number
  /** When the version is given: as facts are read, or as the row is written. */
  versionedAt: 'read' | 'write'
  /** What a version looks at besides evidence; the rest is not kept in states. */
  looksAt: 'evidence' | 'clock' | 'offset' | 'generation'
  /** How far the clock of one processor is ahead. */
  clockAhead: number
  /** Whether a record whose fact is in already makes its cell dirty. */
  seenIsDirty: boolean
  /** Whether a row replaces the one of a lower version, or is added to what is there. */
  cellsAre: 'replaced' | 'added'
  sealing: readonly SealStep[]
  /** Who refuses facts of a time that is being sealed: the store, or a processor once it has heard of the seal. */
  refusedBy: 'store' | 'processor'
  /** Whether sealing waits until the cell has seen all its facts. */
  waitsForWholeCells: boolean
}

export const RIGHT: Design = {
  name: 'facts, cells, progress, offsets; the version of a cell is its evidence',
  order: ['facts', 'read', 'write', 'progress', 'commit'],
  startsAt: 'progress',
  versionOf: ({ evidence }) => evidence,
  versionedAt: 'read',
  looksAt: 'evidence',
  clockAhead: 0,
  seenIsDirty: true,
  cellsAre: 'replaced',
  sealing: ['refuse', 'seal', 'delete'],
  refusedBy: 'store',
  waitsForWholeCells: true,
}

/**
 * The same without commits, for wide explorations: nobody reads committed offsets, so without them there are fewer states
 * and the same figures.
 */
export const RIGHT_WITHOUT_COMMITS: Design = { ...RIGHT, order: RIGHT.order.filter((step) => step !== 'commit') }

const lastOffset = ({ next, from }: Processor): number =>
  Math.max(...next.map((offset, partition) => (offset > from[partition]! ? offset : 0)))

export const WRONG: readonly Design[] = [
  { ...RIGHT, name: 'progress and offsets before cells', order: ['facts', 'progress', 'commit', 'read', 'write'] },
  {
    ...RIGHT,
    name: 'offsets before facts, and reading from offsets',
    order: ['commit', 'facts', 'read', 'write', 'progress'],
    startsAt: 'committed',
  },
  {
    ...RIGHT,
    name: 'the version is the clock of a processor, and one clock is wrong',
    versionOf: ({ clock, processor }) => clock + processor.clockAhead,
    looksAt: 'clock',
    clockAhead: 20,
  },
  {
    ...RIGHT,
    name: 'the version is a perfect clock, read as the row is written',
    versionOf: ({ clock }) => clock,
    versionedAt: 'write',
    looksAt: 'clock',
  },
  {
    ...RIGHT,
    name: 'the version is the offset',
    versionOf: ({ processor }) => lastOffset(processor),
    looksAt: 'offset',
  },
  {
    ...RIGHT,
    name: 'the version is (epoch, offset)',
    versionOf: ({ processor }) => processor.generation * 16 + lastOffset(processor),
    looksAt: 'generation',
  },
  { ...RIGHT, name: 'records seen before do not make their cell dirty', seenIsDirty: false },
  {
    ...RIGHT,
    name: 'figures from one snapshot, evidence from a later one',
    order: ['facts', 'read figures', 'count evidence', 'write', 'progress', 'commit'],
  },
  { ...RIGHT, name: 'cells are incremented', cellsAre: 'added' },
]

/** Of sealing. */
export const WRONG_SEALS: readonly Design[] = [
  { ...RIGHT_WITHOUT_COMMITS, name: 'only processors that have heard of the seal refuse', refusedBy: 'processor' },
  { ...RIGHT_WITHOUT_COMMITS, name: 'facts are deleted before every cell has seen them', waitsForWholeCells: false },
  { ...RIGHT_WITHOUT_COMMITS, name: 'nobody refuses later records', sealing: ['seal', 'delete'] },
]

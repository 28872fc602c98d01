/**
 * Every way in which crashes, zombies and late writes can interleave on a small log: the design gives the truth at every
 * end, nine that look as good do not, and neither do three ways of sealing. What is modelled: state.ts and steps.ts; the promises: promises.ts.
 */
import { describe, expect, test } from 'vitest'
import { countSpan } from '../../processors/batch.ts'
import { Span } from '../../processors/span.ts'
import { type Design, RIGHT, RIGHT_WITHOUT_COMMITS, WRONG, WRONG_SEALS } from './designs.ts'
import { type Exploration, explore } from './explore.ts'
import { ALL_PROMISES, type Promised } from './promises.ts'
import * as scopes from './scope.ts'
import type { Happening } from './steps.ts'

/** Of the right design, what was explored, to be printed once. */
const explored: Record<string, number | string>[] = []

function exploreRight(name: string, scope: scopes.Scope, design: Design, mustHappen: readonly Happening[]): void {
  const startedAtMs = performance.now()
  const found = explore(scope, design, ALL_PROMISES)
  const tookMs = Math.round(performance.now() - startedAtMs)
  explored.push({ scope: name, states: found.stateCount, ends: found.endCount, tookMs })
  expect(found.counterexample).toBeNull()
  expect(found.endCount).toBeGreaterThan(10)
  expect(found.stuckCount, 'states in which something is left to do and nothing can be done').toBe(0)
  // An exploration that met none of these would prove nothing about them.
  for (const happening of mustHappen) expect(found.happenings.get(happening) ?? 0, happening).toBeGreaterThan(100)
}

const OF_CRASHES = ['crash', 'crash that leaves a write under way', 'write of a dead processor lands'] as const
const OF_ZOMBIES = [
  'partition taken from a reader that goes on with what it has',
  'step of a processor whose partition another reads too',
] as const
const OF_ALL = ['fact inserted again', 'row of a cell beaten by a truer one'] as const

describe('facts, cells, progress, offsets, with evidence for a version, give the truth', () => {
  test('the order that is explored is the one of countSpan', async () => {
    const order: string[] = []
    await countSpan(new Span(), {
      factsAreIn: async () => void order.push('facts'),
      rejectsAreIn: async () => {},
      recomputeCells: async () => void order.push('read', 'write'), // one statement: it reads once and inserts
      recordProgress: async () => void order.push('progress'),
      commit: async () => void order.push('commit'),
    })
    expect(order).toEqual(RIGHT.order)
  })

  test('after a crash', () => exploreRight('crash', scopes.CRASH, RIGHT, [...OF_ALL, ...OF_CRASHES]))

  test('with a zombie', () => exploreRight('zombie', scopes.ZOMBIE, RIGHT, [...OF_ALL, ...OF_ZOMBIES]))

  test('after two crashes', () =>
    exploreRight('two crashes', scopes.TWO_CRASHES, RIGHT_WITHOUT_COMMITS, [...OF_ALL, ...OF_CRASHES]))

  test('with two zombies', () =>
    exploreRight('two zombies', scopes.TWO_ZOMBIES, RIGHT_WITHOUT_COMMITS, [...OF_ALL, ...OF_ZOMBIES]))

  test('with a crash and a zombie', () =>
    exploreRight('crash and zombie', scopes.CRASH_AND_ZOMBIE, RIGHT_WITHOUT_COMMITS, [
      ...OF_ALL,
      ...OF_CRASHES,
      ...OF_ZOMBIES,
    ]))

  test('in two cells', () => {
    exploreRight('crash, two cells', scopes.CRASH_OF_TWO_CELLS, RIGHT, [...OF_ALL, ...OF_CRASHES])
    exploreRight('zombie, two cells', scopes.ZOMBIE_OF_TWO_CELLS, RIGHT, [...OF_ALL, ...OF_ZOMBIES])
  })

  test('while one of two cells is sealed and its facts are deleted', () => {
    const ofSeals = [
      'step of sealing',
      'fact refused by the store',
      'fact refused by a processor that has heard of the seal',
    ] as const
    exploreRight('crash, a cell sealed', scopes.CRASH_AND_SEAL, RIGHT_WITHOUT_COMMITS, [
      ...OF_ALL,
      ...OF_CRASHES,
      ...ofSeals,
    ])
    exploreRight('zombie, a cell sealed', scopes.ZOMBIE_AND_SEAL, RIGHT_WITHOUT_COMMITS, [
      ...OF_ALL,
      ...OF_ZOMBIES,
      ...ofSeals,
    ])
    console.table(explored)
  })
})

/** The shortest way to wrong figures, by a crash or by a zombie. */
function shortestFault(
  design: Design,
  among: readonly scopes.Scope[],
): NonNullable<Exploration['counterexample']> | null {
  const promised: ReadonlySet<Promised> = new Set(['figures are the truth'])
  const found = among.flatMap((scope) => explore(scope, design, promised).counterexample ?? [])
  return found.sort((one, other) => one.steps.length - other.steps.length)[0] ?? null
}

describe('the fault of a wrong design is found', () => {
  const designs = [
    ...WRONG.map((design) => [design.name, design, [scopes.CRASH, scopes.ZOMBIE]] as const),
    ...WRONG_SEALS.map((design) => [design.name, design, [scopes.CRASH_AND_SEAL, scopes.ZOMBIE_AND_SEAL]] as const),
  ]
  test.each(designs)('%s', (name, design, among) => {
    const fault = shortestFault(design, among)
    expect(fault).not.toBeNull()
    const lines = fault!.steps.map((step, index) => `  ${index + 1}. ${step}`)
    console.info([`${name}:`, ...lines, `  → ${fault!.broken}`].join('\n'))
    expect(fault!.broken).toMatch(/^everything is counted, and cell \d says/)
  })
})

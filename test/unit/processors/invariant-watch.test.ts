import { expect, test } from 'vitest'
import { InvariantWatch } from '../../../processors/invariant-watch.ts'
import type { LedgerFault } from '../../../processors/reconcile/audited-store.ts'

const HOLE: LedgerFault = { topic: 'calls', partition: 3, problem: 'nothing is booked for offsets 5 (in) to 9 (out)' }
const UNEQUAL = 'call_cells 2023-01-01 has two values at evidence 7'
const IDENTITIES = { IDENTITY_MOVED: 2, REVISION_REUSED: 1 }
const HOUR_MS = 3_600_000

function watchOver(ledger: LedgerFault[], unequal: string[], ownedPartition: number) {
  const said: unknown[] = []
  const measured: unknown[] = []
  const clock = { nowMs: 0 }
  const owner = { partition: ownedPartition }
  const watch = new InvariantWatch({
    audited: {
      ledgerFaults: async () => ledger,
      unequalRows: async () => unequal,
      identityFaultCounts: async () => IDENTITIES,
    },
    reader: { owned: () => [{ topic: 'calls', ...owner }] },
    topic: 'calls',
    definitions: ['d'],
    log: { error: (fields: unknown) => void said.push(fields) } as never,
    measures: {
      faultsFound: (counts) => void measured.push(counts),
      identityFaultsFound: (counts) => void measured.push(counts),
    },
    now: () => clock.nowMs,
  })
  return { watch, said, measured, clock, owner }
}

test('a hole in the ledger and a cell with two values are said, each once', async () => {
  const { watch, said } = watchOver([HOLE], [UNEQUAL], 0)
  await watch.look()
  await watch.look()
  expect(said).toEqual([
    { code: 'STEADYLINE_LEDGER_BROKEN', ...HOLE },
    { code: 'STEADYLINE_CELLS_UNEQUAL', cell: UNEQUAL },
  ])
})

test('where all is well nothing is said, and only the owner of partition 0 looks', async () => {
  const well = watchOver([], [], 0)
  await well.watch.look()
  const others = watchOver([HOLE], [], 1)
  await others.watch.look()
  expect([...well.said, ...others.said]).toEqual([])
})

test('faults are measured at every look, and identities once an hour', async () => {
  const { watch, measured, clock } = watchOver([HOLE], [UNEQUAL], 0)
  await watch.look()
  clock.nowMs = HOUR_MS - 1
  await watch.look()
  clock.nowMs = HOUR_MS
  await watch.look()
  const found = { ledger: 1, unequalCells: 1 }
  expect(measured).toEqual([found, IDENTITIES, found, found, IDENTITIES])
})

test('who no longer owns partition 0 says nothing of what it saw before', async () => {
  const { watch, measured, owner } = watchOver([HOLE], [], 0)
  await watch.look()
  owner.partition = 1
  await watch.look()
  expect(measured.slice(2)).toEqual([null, null])
})

test('while a look is under way no other begins', async () => {
  let asked = 0
  let answer = (_faults: LedgerFault[]): void => {}
  const watch = new InvariantWatch({
    audited: {
      ledgerFaults: () => {
        asked += 1
        return new Promise((resolve) => {
          answer = resolve
        })
      },
      unequalRows: async () => [],
      identityFaultCounts: async () => IDENTITIES,
    },
    reader: { owned: () => [{ topic: 'calls', partition: 0 }] },
    topic: 'calls',
    definitions: [],
    log: { error: () => {} } as never,
    measures: { faultsFound: () => {}, identityFaultsFound: () => {} },
    now: () => 0,
  })
  const first = watch.look()
  await watch.look()
  expect(asked).toBe(1)
  answer([])
  await first
  void watch.look()
  expect(asked).toBe(2)
})

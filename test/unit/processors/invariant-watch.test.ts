import { expect, test } from 'vitest'
import { InvariantWatch } from '../../../processors/invariant-watch.ts'
import type { LedgerFault } from '../../../processors/reconcile/audited-store.ts'

const HOLE: LedgerFault = { topic: 'calls', partition: 3, problem: 'nothing is booked for offsets 5 (in) to 9 (out)' }

function watchOver(ledger: LedgerFault[], unequal: string[], ownedPartition: number) {
  const said: unknown[] = []
  const watch = new InvariantWatch({
    audited: { ledgerFaults: async () => ledger, unequalRows: async () => unequal },
    reader: { owned: () => [{ topic: 'calls', partition: ownedPartition }] },
    topic: 'calls',
    definitions: ['d'],
    log: { error: (fields: unknown) => void said.push(fields) } as never,
  })
  return { watch, said }
}

test('a hole in the ledger and a cell with two values are said, each once', async () => {
  const { watch, said } = watchOver([HOLE], ['call_cells 2023-01-01 has two values at evidence 7'], 0)
  await watch.look()
  await watch.look()
  expect(said).toEqual([
    { code: 'STEADYLINE_LEDGER_BROKEN', ...HOLE },
    { code: 'STEADYLINE_CELLS_UNEQUAL', cell: 'call_cells 2023-01-01 has two values at evidence 7' },
  ])
})

test('where all is well nothing is said, and only the owner of partition 0 looks', async () => {
  const well = watchOver([], [], 0)
  await well.watch.look()
  const others = watchOver([HOLE], [], 1)
  await others.watch.look()
  expect([...well.said, ...others.said]).toEqual([])
})

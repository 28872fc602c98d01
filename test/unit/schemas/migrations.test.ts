import { expect, test } from 'vitest'
import { type MigratingStore, migrate } from '../../../schemas/migrations.ts'

/** What is made in a database of this engine that is empty. */
async function madeIn(engine: string): Promise<string[]> {
  const made: string[] = []
  const store: MigratingStore = {
    run: async (statement) => void made.push(statement),
    rows: async <Row>(query: string) => (query.includes('system.databases') ? [{ engine }] : []) as Row[],
  }
  await migrate(store, 'steadyline')
  return made
}

const enginesOf = (statements: readonly string[]) =>
  statements.flatMap((statement) => (/^\s*CREATE TABLE/.test(statement) ? [/ENGINE = (\w+)/.exec(statement)?.[1]] : []))

test('in a replicated database every table is one whose rows are replicated, and its version column stays', async () => {
  const made = await madeIn('Replicated')
  const engines = enginesOf(made)
  expect(engines.length).toBeGreaterThan(10)
  for (const engine of engines) expect(engine).toMatch(/^Replicated\w*MergeTree$/)
  expect(made.find((statement) => statement.includes('call_cells ('))).toContain(
    'ENGINE = ReplicatedReplacingMergeTree(evidence)',
  )
})

test('elsewhere tables are as the migrations have them', async () => {
  for (const engine of enginesOf(await madeIn('Atomic'))) expect(engine).toMatch(/^(Replacing)?MergeTree$/)
})

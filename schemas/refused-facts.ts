/** The fence before sealed years: the tables of facts refuse rows that are older, whoever brings them and however late. */

const FACT_TABLES = ['call_facts', 'ticket_facts'] as const
const CONSTRAINT = 'not_sealed'

/** Lets the fact tables refuse rows of before an instant (epoch ms). Repeatable; the instant may only rise. */
export async function refuseFactsBefore(
  store: { run(statement: string): Promise<void> },
  beforeAtMs: number,
): Promise<void> {
  for (const table of FACT_TABLES) {
    await store.run(
      `ALTER TABLE ${table} DROP CONSTRAINT IF EXISTS ${CONSTRAINT},
       ADD CONSTRAINT ${CONSTRAINT} CHECK cell >= toDateTime(${beforeAtMs / 1_000}, 'UTC')`,
    )
  }
}

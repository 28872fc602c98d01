import { reconcileCells, repair } from '../../processors/reconcile/reconcile-cells.ts'
import { reconcileLog } from '../../processors/reconcile/reconcile-log.ts'
import { kafkaConnectionOf } from '../../schemas/kafka-connection.ts'
import { registryOf } from '../../schemas/registry/registry-of.ts'
import { progressOf } from '../progress.ts'
import { type Servers, withServers } from '../servers.ts'
import { type Site, type SiteOptions, seriesOf, siteWithServers, siteWithStore } from '../site.ts'

/** Identities that were sent inconsistently are told up to this many. */
const IDENTITY_FAULTS_MAX = 100

/** Facts against cells; with `log` the topics against facts and rejects. Exit code 1 if there is a difference that stays. */
export async function reconcile(options: SiteOptions & { repair?: boolean; log?: boolean }): Promise<void> {
  const site = options.log === true ? siteWithServers(options) : siteWithStore(options)
  const differenceCount = await withServers(site, async (servers) => {
    const ofCells = await cellDifferences(site, servers, options.repair === true)
    return ofCells + (options.log === true ? await logDifferences(site, servers) : 0)
  })
  if (differenceCount > 0) process.exitCode = 1
}

async function cellDifferences(site: Site, { store, audited }: Servers, isRepairing: boolean): Promise<number> {
  const series = seriesOf(site.profile)
  const progress = progressOf('Reconciling')
  const sealedBeforeMs = await audited.sealedBeforeMs()
  const within = { fromAtMs: sealedBeforeMs, toAtMs: Number.POSITIVE_INFINITY }
  const differences = await reconcileCells({
    audited,
    series,
    within,
    onDay: (day, number, count) => progress.show(number, count, day),
  })
  progress.end()
  if (sealedBeforeMs > 0)
    say(
      `Cells before ${new Date(sealedBeforeMs).toISOString()} are sealed: their facts are deleted, so they cannot be compared.`,
    )
  const sealedFactsCount = await audited.sealedFactsCount()
  const others = [
    ...(sealedFactsCount === 0
      ? []
      : [`${sealedFactsCount} facts lie in sealed years, expected none: run \`npx steadyline retention\` again`]),
    ...(await audited.unequalRows(series.name)),
    ...(await audited.ledgerFaults()).map(({ topic, partition, problem }) => `${topic}/${partition}: ${problem}`),
  ]
  for (const { sentence } of differences) say(sentence)
  for (const sentence of others) say(sentence)
  for (const { code, id } of await audited.identityFaults(IDENTITY_FAULTS_MAX)) {
    say(`note: ${code} ${id} (counted as sent; docs/operations.md says how to mend it)`)
  }
  if (differences.length > 0 && isRepairing) {
    await store.begin()
    await repair(differences, audited, store, series)
    const left = await reconcileCells({ audited, series, within, onDay: () => {} })
    say(`${differences.length} cells repaired, ${left.length} still differ.`)
    return left.length + others.length
  }
  say(
    differences.length + others.length === 0
      ? 'Every cell agrees with its facts, and the ledger has no hole.'
      : `${differences.length} cells differ from their facts; ${others.length} other faults. --repair deletes wrong cells and recomputes them.`,
  )
  return differences.length + others.length
}

async function logDifferences(site: Site, { audited, names }: Servers): Promise<number> {
  const progress = progressOf('Reading the log again')
  const { recordCount, deletedCount, differences } = await reconcileLog({
    audited,
    connection: kafkaConnectionOf(site.settings),
    names,
    registry: registryOf(site.settings),
    group: `steadyline.audit.${process.pid}`,
    onProgress: (readCount, totalCount) => progress.show(readCount, totalCount, 'records'),
  })
  progress.end()
  for (const sentence of differences) say(sentence)
  if (deletedCount > 0)
    say(
      `${deletedCount.toLocaleString('en')} records are of sealed years: their facts are deleted, and only the ledger says that they were counted.`,
    )
  say(
    differences.length === 0
      ? `Every one of ${recordCount.toLocaleString('en')} records of the log is a fact, a reject or a heartbeat.`
      : `${differences.length} records of the log are not accounted for.`,
  )
  return differences.length
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`)
}

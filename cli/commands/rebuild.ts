import { rebuild } from '../../processors/rebuild.ts'
import type { AuditedStore } from '../../processors/reconcile/audited-store.ts'
import { progressOf } from '../progress.ts'
import { withServers } from '../servers.ts'
import { type SiteOptions, seriesOf, siteWithStore } from '../site.ts'

/** Nothing if no year is sealed. */
async function sealedSentence(audited: AuditedStore, definitions: string): Promise<string> {
  const sealedBeforeMs = await audited.sealedBeforeMs()
  if (sealedBeforeMs === 0) return ''
  const before = `Cells before ${new Date(sealedBeforeMs).toISOString()} are sealed`
  return (await audited.hasSealedCells(definitions))
    ? `${before}: they stay as they were.\n`
    : `${before}, and these definitions have none of that time: no series can be made for it, because its facts are deleted.\n`
}

/** All cells from facts, for the definitions of the profile. Cells of other definitions stay as they are. */
export async function rebuildCommand(options: SiteOptions): Promise<void> {
  const site = siteWithStore(options)
  const { profile } = site
  const series = seriesOf(profile)
  const progress = progressOf('Rebuilding')
  const { dayCount, sealed } = await withServers(site, async ({ store, audited }) => {
    await store.begin()
    return {
      dayCount: await rebuild(audited, store, series, (done, count) => progress.show(done, count, 'days')),
      sealed: await sealedSentence(audited, series.name),
    }
  })
  progress.end()
  process.stdout.write(`Rebuilt ${dayCount} days for the definitions ${series.name} of ${profile.id}.\n${sealed}`)
}

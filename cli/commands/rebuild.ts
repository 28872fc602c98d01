import { rebuild } from '../../processors/rebuild.ts'
import { progressOf } from '../progress.ts'
import { withServers } from '../servers.ts'
import { type SiteOptions, seriesOf, siteWithStore } from '../site.ts'

/** All cells from facts, for the definitions of the profile. Cells of other definitions stay as they are. */
export async function rebuildCommand(options: SiteOptions): Promise<void> {
  const site = siteWithStore(options)
  const { profile } = site
  const series = seriesOf(profile)
  const progress = progressOf('Rebuilding')
  const dayCount = await withServers(site, async ({ store, audited }) => {
    await store.begin()
    return rebuild(audited, store, series, (done, count) => progress.show(done, count, 'days'))
  })
  progress.end()
  process.stdout.write(`Rebuilt ${dayCount} days for the definitions ${series.name} of ${profile.id}.\n`)
}

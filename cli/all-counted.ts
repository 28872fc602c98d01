import { progressOf } from './progress.ts'
import { type ServerSite, withServers } from './servers.ts'
import { untilCounted } from './until-counted.ts'

/** Waits until everything that is now in Kafka has been counted, and shows how far it is; false after the time-out. */
export async function allCounted(site: ServerSite, timeoutMs: number): Promise<boolean> {
  const progress = progressOf('Counting')
  return withServers(site, ({ store, logEnds, names }) =>
    untilCounted({
      store,
      logEnds,
      topics: [names.calls, names.tickets],
      timeoutMs,
      onProgress: (counted, total) => progress.show(counted, total, 'records'),
    }),
  ).finally(() => progress.end())
}

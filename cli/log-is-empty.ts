import { type ServerSite, withServers } from './servers.ts'

/** Whether the topics of calls and tickets hold no record yet. */
export function logIsEmpty(site: ServerSite): Promise<boolean> {
  return withServers(site, async ({ logEnds, names }) => {
    const ends = await Promise.all([names.calls, names.tickets].map((topic) => logEnds.ofTopic(topic)))
    return ends.flat().every(({ endOffset }) => endOffset === 0)
  })
}

import { zoneOf } from '../../kpi/zone.ts'
import { connectPublisher } from '../../producers/kafka-publisher.ts'
import { replay } from '../../producers/replay.ts'
import { kafkaConnectionOf } from '../../schemas/kafka-connection.ts'
import { kafkaNamesOf } from '../../schemas/kafka-names.ts'
import { instantOption, speedOption } from '../options.ts'
import { progressOf } from '../progress.ts'
import { type SiteOptions, siteWithServers } from '../site.ts'

export interface ReplayCommandOptions extends SiteOptions {
  from: string
  speed: string
  completeUntil?: string
}

/** Publishes a capture to Kafka, each record's bytes as they are. Judging them is the processors' work. */
export async function replayCommand(options: ReplayCommandOptions): Promise<void> {
  const speed = speedOption(options.speed)
  const { settings, profile } = siteWithServers(options)
  const names = kafkaNamesOf(null)
  const completeUntil =
    options.completeUntil === undefined
      ? {}
      : { completeUntilAtMs: instantOption(zoneOf(profile.timeZone), '--complete-until', options.completeUntil) }
  const say = (sentence: string) => process.stderr.write(`${sentence}\n`)
  const publisher = await connectPublisher({ connection: kafkaConnectionOf(settings), names, nowMs: Date.now, say })
  const progress = progressOf('Replaying')
  const { callsCount, ticketsCount } = await replay({
    profile,
    folder: options.from,
    publisher,
    names,
    speed,
    ...completeUntil,
    nowMs: Date.now,
    onProgress: ({ publishedCount, expectedCount }) => progress.show(publishedCount, expectedCount, 'records'),
  }).finally(() => {
    progress.end()
    return publisher.close()
  })
  process.stdout.write(
    `Published ${callsCount.toLocaleString('en')} call and ${ticketsCount.toLocaleString('en')} ticket records from ${options.from}.\n`,
  )
}

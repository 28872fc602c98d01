import { mkdirSync } from 'node:fs'
import { createTopics } from '../../producers/kafka-topics.ts'
import { kafkaConnectionOf } from '../../schemas/kafka-connection.ts'
import { type SiteOptions, siteWithServers } from '../site.ts'
import { demonstrateWhereEmpty } from '../up/demonstration.ts'

/** The profile's synthetic year into servers whose topics are empty, counted by the processors that run on them. */
export async function demonstrate(options: SiteOptions & { demo?: string }): Promise<void> {
  const site = siteWithServers(options)
  const { settings } = site
  mkdirSync(site.dataFolder, { recursive: true })
  await createTopics(kafkaConnectionOf(settings), site.names)
  const isDone = await demonstrateWhereEmpty({ site, settings, demo: options.demo, say })
  if (!isDone) say('The topics hold records already: nothing is generated.')
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`)
}

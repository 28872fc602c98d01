/** Once before all: a new machine fetches the broker's jars here, so that no test waits for a registry. */
import { homedir } from 'node:os'
import { join } from 'node:path'
import { brokerJars } from '../../local/broker/jars.ts'

export default async function setup(): Promise<void> {
  await brokerJars(join(homedir(), '.cache', 'steadyline'), (sentence) => console.log(sentence))
}

import { createHash } from 'node:crypto'
import { access, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LocalServerError } from '../local-server-error.ts'
import { NOT_FOUND, runToEnd } from './run-to-end.ts'

const POM = fileURLToPath(new URL('./pom.xml', import.meta.url))

/** What a Debian machine needs; named in every message about a missing part of it. */
export const INSTALL_LINE = 'apt-get install -y openjdk-17-jre-headless maven'

/**
 * The folder with the broker's jars: fetched by Maven the first time, found in the cache from then on.
 *
 * A folder gets its name only when it is complete, so one that is there is whole; of two that fetch at once
 * the second finds the first one's folder and drops its own.
 */
export async function brokerJars(cacheFolder: string, say: (sentence: string) => void): Promise<string> {
  const pomHash = createHash('sha256')
    .update(await readFile(POM))
    .digest('hex')
    .slice(0, 12)
  const jars = join(cacheFolder, `broker-${pomHash}`)
  if (await exists(jars)) return jars
  await mkdir(cacheFolder, { recursive: true })
  const unfinished = await mkdtemp(join(cacheFolder, `unfinished-${pomHash}-`))
  try {
    say('Maven fetches the broker, Apache Kafka 4.3.1, about 50 MB; only this once.')
    await fetchInto(unfinished)
    await rename(unfinished, jars).catch(async (error: unknown) => {
      if (!(await exists(jars))) throw error
    })
    return jars
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

async function fetchInto(folder: string): Promise<void> {
  const args = [
    '-B',
    '-q',
    '-f',
    POM,
    'dependency:copy-dependencies',
    '-DincludeScope=runtime',
    `-DoutputDirectory=${folder}`,
  ]
  const { code, output } = await runToEnd('mvn', args)
  if (code === NOT_FOUND) {
    throw new LocalServerError(
      'STEADYLINE_MAVEN_MISSING',
      `Maven was not found (\`mvn\` on the PATH), and it fetches the embedded Kafka broker. On Debian: ${INSTALL_LINE}. Or set KAFKA_BROKERS to a broker that runs.`,
    )
  }
  if (code !== 0) {
    const reason = output.split('\n').find((line) => line.includes('ERROR')) ?? `exit code ${code}`
    throw new LocalServerError(
      'STEADYLINE_BROKER_JARS_NOT_FETCHED',
      `Maven could not fetch the embedded Kafka broker: ${reason.trim()} Look at the network or at Maven's settings and start again, or set KAFKA_BROKERS to a broker that runs.`,
    )
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

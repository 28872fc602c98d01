/** What is missing, what is set and from where, what answers, how far behind. Exit code 1 if something is wrong. */
import { execFileSync } from 'node:child_process'
import pc from 'picocolors'
import { LocalServerError } from '../../local/local-server-error.ts'
import { brokersOf } from '../../schemas/settings.ts'
import { shownError } from '../../schemas/shown-error.ts'
import { shownUrl } from '../../schemas/shown-url.ts'
import { type Servers, withServers } from '../servers.ts'
import { type Site, type SiteOptions, siteOf } from '../site.ts'
import { runningUp } from '../up-record.ts'

const NODE_MAJOR_MIN = 20
const JAVA_MAJOR_MIN = 17

interface Finding {
  /** null: neither good nor bad, told for information. */
  isWell: boolean | null
  sentence: string
}

export async function doctor(options: SiteOptions): Promise<void> {
  const findings = [
    nodeFinding(),
    programFinding('java', ['-version'], JAVA_MAJOR_MIN),
    programFinding('mvn', ['-v'], 3),
  ]
  let site: Site | null = null
  try {
    site = siteOf(options)
    findings.push({ isWell: true, sentence: `profile ${site.profile.id} (${site.profileFiles[0]}) is valid` })
  } catch (error) {
    findings.push({ isWell: false, sentence: shownError(error).message })
  }
  if (site !== null) findings.push(...settingFindings(site), ...(await serverFindings(site)))
  for (const { isWell, sentence } of findings) {
    const sign = isWell === null ? ' ' : isWell ? pc.green('✓') : pc.red('✗')
    process.stdout.write(`${sign} ${sentence}\n`)
  }
  if (findings.some(({ isWell }) => isWell === false)) process.exitCode = 1
}

function nodeFinding(): Finding {
  const major = Number(process.versions.node.split('.')[0])
  return {
    isWell: major >= NODE_MAJOR_MIN,
    sentence: `Node ${process.versions.node} (${NODE_MAJOR_MIN} or later is needed)`,
  }
}

function programFinding(program: string, args: string[], majorMin: number): Finding {
  try {
    const words = execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    const version = /(\d+)\.\d+/.exec(words)
    return {
      isWell: version === null || Number(version[1]) >= majorMin,
      sentence: `${program} is here${version === null ? '' : ` (${version[0]})`}`,
    }
  } catch {
    return {
      isWell: false,
      sentence: `${program} is missing; on Debian: apt-get install -y openjdk-17-jre-headless maven (only the broker of this machine needs it)`,
    }
  }
}

function settingFindings({ settings, dataFolder }: Site): Finding[] {
  return Object.entries(settings).map(([name, value]) => {
    const source =
      process.env[name] === undefined
        ? name === 'STEADYLINE_DATA' && dataFolder !== value
          ? 'default or --data'
          : 'default'
        : 'environment'
    const isSecret = /PASSWORD|KEYS|WEBHOOK/.test(name)
    const shown = isSecret ? '(set)' : name.endsWith('_URL') ? shownUrl(String(value)) : String(value)
    return { isWell: null, sentence: `${name} = ${shown}   (${source})` }
  })
}

async function serverFindings(site: Site): Promise<Finding[]> {
  const up = runningUp(site.dataFolder)
  const brokers = brokersOf(site.settings)?.join(',') ?? up?.kafkaBrokers
  const url = site.settings.CLICKHOUSE_URL ?? up?.clickhouseUrl
  if (brokers === undefined || url === undefined) {
    return [{ isWell: null, sentence: `nothing runs on ${site.dataFolder}; start it with \`npx steadyline up\`` }]
  }
  const settings = { ...site.settings, KAFKA_BROKERS: brokers, CLICKHOUSE_URL: url }
  const findings: Finding[] = []
  if (up !== null) findings.push({ isWell: await answers(`${up.api}/health/ready`), sentence: `API at ${up.api}` })
  return [...findings, ...(await withServers({ ...site, settings }, (servers) => lagFindings(servers, brokers, url)))]
}

async function lagFindings({ store, logEnds, names }: Servers, brokers: string, url: string): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const topic of [names.calls, names.tickets]) {
    try {
      const ends = await logEnds.ofTopic(topic)
      const counted = await store.countedUntil(ends.map(({ partition }) => ({ topic, partition })))
      const lagCount = ends.reduce(
        (sum, { startOffset, endOffset }, index) => sum + endOffset - Math.max(counted[index] ?? 0, startOffset),
        0,
      )
      findings.push({
        isWell: true,
        sentence: `${topic}: Kafka at ${brokers} and ClickHouse at ${shownUrl(url)} answer; ${lagCount} records are not counted yet`,
      })
    } catch (error) {
      findings.push({
        isWell: false,
        sentence: `${topic}: ${error instanceof LocalServerError ? error.message : shownError(error).message}`,
      })
    }
  }
  return findings
}

async function answers(url: string): Promise<boolean> {
  return (await fetch(url).catch(() => null))?.ok === true
}

/** What answers, how far it is behind, and whether its clock is ours. */
import { isoOf } from '../../kpi/instant-text.ts'
import { zoneOf } from '../../kpi/zone.ts'
import { subjectOf } from '../../schemas/registry/registered-ids.ts'
import { registryOf } from '../../schemas/registry/registry-of.ts'
import { brokersOf } from '../../schemas/settings.ts'
import { shownError } from '../../schemas/shown-error.ts'
import { shownUrl } from '../../schemas/shown-url.ts'
import { type Servers, withServers } from '../servers.ts'
import type { Site } from '../site.ts'
import { runningUp } from '../up-record.ts'
import type { Finding } from './finding.ts'

/** Further apart, a feed is called silent too early or too late. */
const CLOCK_MS_MAX = 60_000
const ANSWER_MS_MAX = 5_000

export async function serverFindings(site: Site): Promise<Finding[]> {
  const up = runningUp(site.dataFolder)
  const brokers = brokersOf(site.settings)?.join(',') ?? up?.kafkaBrokers
  const url = site.settings.CLICKHOUSE_URL ?? up?.clickhouseUrl
  const findings = await registryFindings(site)
  if (up !== null) findings.push(await apiFinding(up.api))
  if (brokers === undefined || url === undefined) {
    const { dataFolder } = site
    return [
      ...findings,
      {
        isWell: null,
        zh: `${dataFolder} 上没有运行的服务；用 \`npx steadyline up\` 启动`,
        en: `nothing runs on ${dataFolder}; start it with \`npx steadyline up\``,
      },
    ]
  }
  const settings = { ...site.settings, KAFKA_BROKERS: brokers, CLICKHOUSE_URL: url }
  findings.push(await clockFinding(url))
  const ofTopics = await withServers({ ...site, settings }, async (servers) => {
    const { calls, tickets } = servers.names
    return [
      await topicFindings(site, servers, calls, brokers, url),
      await topicFindings(site, servers, tickets, brokers, url),
    ]
  })
  return [...findings, ...ofTopics.flat()]
}

async function registryFindings({ settings }: Site): Promise<Finding[]> {
  const registry = registryOf(settings)
  if (registry === null) return []
  const { address } = registry
  try {
    const forms = await registry.formsOf(subjectOf('call.v1'))
    const ids = forms.map(({ id }) => id).join(', ') || '–'
    return [
      {
        isWell: true,
        zh: `Schema 注册中心 ${address} 有应答；${subjectOf('call.v1')} 的编号：${ids}`,
        en: `the schema registry at ${address} answers; ids of ${subjectOf('call.v1')}: ${ids}`,
      },
    ]
  } catch (error) {
    return [failed('Schema registry', error)]
  }
}

async function apiFinding(api: string): Promise<Finding> {
  const answer = await fetch(`${api}/health/ready`, { signal: AbortSignal.timeout(ANSWER_MS_MAX) }).catch(() => null)
  const isReady = answer?.ok === true
  return {
    isWell: isReady,
    zh: `API ${api} ${isReady ? '可以回答' : '没有应答或尚未就绪'}`,
    en: `the API at ${api} ${isReady ? 'answers' : 'does not answer, or is not ready'}`,
  }
}

/** By the date in the head of an answer, which says seconds. */
async function clockFinding(url: string): Promise<Finding> {
  const sentAtMs = Date.now()
  const answer = await fetch(new URL('/ping', shownUrl(url)), { signal: AbortSignal.timeout(ANSWER_MS_MAX) }).catch(
    () => null,
  )
  const date = answer?.headers.get('date')
  if (date === null || date === undefined) {
    return { isWell: null, zh: 'ClickHouse 没有说明其时钟', en: 'ClickHouse does not say what its clock shows' }
  }
  const apartMs = Math.abs(Date.parse(date) - (sentAtMs + Date.now()) / 2)
  const seconds = Math.round(apartMs / 1_000)
  return {
    isWell: apartMs <= CLOCK_MS_MAX,
    zh: `本机与 ClickHouse 的时钟相差 ${seconds} 秒（至多 ${CLOCK_MS_MAX / 1_000} 秒）`,
    en: `the clocks of this machine and of ClickHouse are ${seconds} s apart (at most ${CLOCK_MS_MAX / 1_000} s)`,
  }
}

async function topicFindings(
  { profile }: Site,
  { store, logEnds }: Servers,
  topic: string,
  brokers: string,
  url: string,
): Promise<Finding[]> {
  try {
    const ends = await logEnds.ofTopic(topic)
    const counted = await store.countedUntil(ends.map(({ partition }) => ({ topic, partition })))
    const places = ends.map(({ partition, startOffset, endOffset }, index) => {
      const nextOffset = counted[index] ?? startOffset
      return { partition, nextOffset, startOffset, endOffset, lag: Math.max(0, endOffset - nextOffset) }
    })
    const lagCount = places.reduce((sum, { lag }) => sum + lag, 0)
    const watermarkAtMs = (await store.lastWatermark(topic))?.watermarkAtMs || null
    const watermark = watermarkAtMs === null ? '–' : isoOf(zoneOf(profile.timeZone), watermarkAtMs)
    const lost = places.filter((place) => place.nextOffset < place.startOffset || place.nextOffset > place.endOffset)
    const servers = [`Kafka at ${brokers}`, `ClickHouse at ${shownUrl(url)}`]
    return [
      {
        isWell: true,
        zh: `${topic}：${servers.join(' 与 ').replaceAll(' at ', ' ')} 有应答；未计 ${lagCount} 条；水位 ${watermark}`,
        en: `${topic}: ${servers.join(' and ')} answer; ${lagCount} records are not counted yet; watermark ${watermark}`,
      },
      ...places
        .filter(({ lag }) => lag > 0)
        .map(({ partition, nextOffset, endOffset, lag }) => ({
          isWell: null,
          zh: `  分区 ${partition}：未计 ${lag} 条（下一条 ${nextOffset}，末尾 ${endOffset}）`,
          en: `  partition ${partition}: ${lag} not counted yet (next ${nextOffset}, end ${endOffset})`,
        })),
      ...lost.map(({ partition, nextOffset, startOffset, endOffset }) => ({
        isWell: false,
        zh: `  分区 ${partition}：日志从 ${startOffset} 到 ${endOffset}，不含下一条 ${nextOffset}：日志被截断或替换（docs/runbook.md）`,
        en: `  partition ${partition}: the log holds ${startOffset} (in) to ${endOffset} (out), and not the next record ${nextOffset}: it was truncated or replaced (docs/runbook.md)`,
      })),
    ]
  } catch (error) {
    return [failed(topic, error)]
  }
}

function failed(what: string, error: unknown): Finding {
  const { message } = shownError(error)
  return { isWell: false, zh: `${what}：${message}`, en: `${what}: ${message}` }
}

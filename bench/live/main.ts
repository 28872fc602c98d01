/** `npm run bench:live`: how long after a call was sent is it in the API's answer? Question and method: bench/README.md. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as waitMs } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { siteOf } from '../../cli/site.ts'
import { startParts } from '../../cli/up/parts.ts'
import { freePort } from '../../local/free-port.ts'
import { connectPublisher } from '../../producers/kafka-publisher.ts'
import { kafkaConnectionOf } from '../../schemas/kafka-connection.ts'
import { kafkaNamesOf } from '../../schemas/kafka-names.ts'
import { machine, machineSentence } from '../machine.ts'
import { markdownTable } from '../markdown-table.ts'
import { UsageWatch } from '../process-usage.ts'
import { LiveCalls } from './live-calls.ts'

const { values: options } = parseArgs({
  options: {
    rates: { type: 'string', default: '500/1,5000/20' },
    seconds: { type: 'string', default: '30' },
    out: { type: 'string', default: 'bench/results' },
  },
})
/** The first seconds are not counted: a group is formed, code is compiled. */
const WARM_UP_S = 5
const SEEN_MS_MAX = 60_000
const LOOK_EVERY_MS = 100

const where = machine()
const folder = await mkdtemp(join(tmpdir(), 'steadyline-bench-live-'))
const site = siteOf({ data: folder })
const parts = await startParts({ ...site, settings: { ...site.settings, API_PORT: await freePort() } }, () => {})
const { api, pids } = parts.record()
const connection = kafkaConnectionOf(parts.settings)
const names = kafkaNamesOf(null)
const publisher = await connectPublisher({ connection, names, nowMs: Date.now, say: () => {} })

/** Facts that the API's answer stands on. */
async function answeredCount(range: { from: string; to: string }): Promise<number> {
  const answer = await fetch(`${api}/v1/rates?grain=cell&from=${range.from}&to=${range.to}`)
  if (!answer.ok) return 0 // no tables yet, or turned away for a moment
  const { points } = (await answer.json()) as { points: { evidence: number }[] }
  return points.reduce((sum, { evidence }) => sum + evidence, 0)
}

interface Outcome {
  perSecond: number
  cells: number
  p50Ms: number
  p99Ms: number
  maxMs: number
  records: number
  cpuOfCore: number
}

async function measure(perSecond: number, cells: number, seconds: number): Promise<Outcome> {
  const calls = new LiveCalls(`${perSecond}`, cells)
  const range = calls.rangeFrom(Date.now())
  const before = await answeredCount(range)
  const watch = new UsageWatch({ processor: pids.processor, store: pids.store!, api: pids.api })
  const fromMs = performance.now()
  const untilMs = fromMs + (WARM_UP_S + seconds) * 1_000
  /** By record: when it was handed to the publisher, and how long after it was in an answer. */
  const sentAtMs: number[] = []
  const tookMs: number[] = []
  const looking = (async () => {
    const giveUpMs = untilMs + SEEN_MS_MAX
    while (performance.now() < giveUpMs && (performance.now() < untilMs || tookMs.length < sentAtMs.length)) {
      const seen = (await answeredCount(range)) - before
      const nowMs = performance.now()
      while (tookMs.length < Math.min(seen, sentAtMs.length)) tookMs.push(nowMs - sentAtMs[tookMs.length]!)
      await waitMs(LOOK_EVERY_MS)
    }
  })()
  for (let nowMs = performance.now(); nowMs < untilMs; nowMs = performance.now()) {
    const due = Math.floor(((nowMs - fromMs) / 1_000) * perSecond)
    while (sentAtMs.length < due) {
      const { key, value } = calls.next(Date.now())
      publisher.send(names.calls, key, value)
      sentAtMs.push(nowMs)
    }
    publisher.flush()
    await waitMs(10)
  }
  await looking
  if (tookMs.length < sentAtMs.length) throw new Error(`${sentAtMs.length - tookMs.length} calls were never answered`)
  const used = watch.used()
  const wallS = (performance.now() - fromMs) / 1_000
  const counted = tookMs.slice(WARM_UP_S * perSecond).sort((one, other) => one - other)
  const at = (share: number): number =>
    Math.round(counted[Math.min(counted.length - 1, Math.floor(counted.length * share))]!)
  const cpuS = used.processor.cpuS + used.store.cpuS + used.api.cpuS
  return {
    perSecond,
    cells,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    maxMs: at(1),
    records: counted.length,
    cpuOfCore: cpuS / wallS,
  }
}

try {
  const outcomes: Outcome[] = []
  for (const rate of options.rates.split(',')) {
    const [perSecond, cells] = rate.split('/').map(Number) as [number, number]
    const outcome = await measure(perSecond, cells, Number(options.seconds))
    outcomes.push(outcome)
    process.stdout.write(
      `${perSecond}/s into ${cells} quarter-hours: p50 ${outcome.p50Ms} ms, p99 ${outcome.p99Ms} ms\n`,
    )
  }
  const rows = outcomes.map(({ perSecond, cells, p50Ms, p99Ms, maxMs, records, cpuOfCore }) =>
    [perSecond, cells, p50Ms, p99Ms, maxMs, records, cpuOfCore.toFixed(2)].map(String),
  )
  const head = ['records/s', 'quarter-hours', 'p50, ms', 'p99, ms', 'longest, ms', 'records', 'cores used']
  mkdirSync(options.out, { recursive: true })
  writeFileSync(join(options.out, 'live.json'), `${JSON.stringify({ machine: where, outcomes }, null, 2)}\n`)
  writeFileSync(join(options.out, 'live.md'), `${machineSentence(where)}\n\n${markdownTable(head, rows)}\n`)
} finally {
  await publisher.close()
  await parts.stop()
  await rm(folder, { recursive: true, force: true })
}

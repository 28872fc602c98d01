/** `npm run bench:reading`: how long an answer takes, computed and unchanged. Question and method: bench/README.md. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { superviseNode } from '../../local/supervise-node.ts'
import { filledStore } from '../filled-store.ts'
import { settled } from '../ingestion/settled.ts'
import { machine, machineSentence } from '../machine.ts'
import { markdownTable } from '../markdown-table.ts'
import { wholeNumber } from '../options.ts'
import { UsageWatch } from '../process-usage.ts'
import { type Latency, latencyOf } from './latency.ts'

const { values: options } = parseArgs({
  options: {
    calls: { type: 'string', default: '1000000' },
    parts: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '1,20' },
    only: { type: 'string' },
    out: { type: 'string', default: 'bench/results' },
  },
})

const QUESTIONS = [
  ['year', '/v1/years/2023'],
  ['quarter', '/v1/quarters/2023-Q3'],
  ['stability', '/v1/stability/2023'],
  ['rates of a year by hour', '/v1/rates?grain=hour&from=2023-01-01&to=2024-01-01'],
  ['heat map', '/v1/heatmap?year=2023'],
  ['evaluation', '/v1/evaluations/2023'],
] as const
const WARM_UP_S = 1
const PROCESS = fileURLToPath(new URL('./api-process.ts', import.meta.url))

/** `anew`: computed for every question. `kept`: as the API runs. `unchanged`: the same, asked with the ETag. */
type How = 'anew' | 'kept' | 'unchanged'

interface Measured extends Latency {
  question: string
  how: How
  connections: number
  /** Processor time of API and store for one answer, ms. */
  cpuMs: number
}

const calls = wholeNumber('--calls', options.calls)
const parts = wholeNumber('--parts', options.parts)
const seconds = wholeNumber('--seconds', options.seconds)
const connectionCounts = options.connections.split(',').map((text) => wholeNumber('--connections', text))
const where = machine()
const folder = await mkdtemp(join(tmpdir(), 'steadyline-bench-reading-'))
const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`)

async function apiOver(
  store: string,
  how: 'anew' | 'kept',
): Promise<{ address: string; pid: number; stop(): Promise<void> }> {
  const logFile = join(folder, `api-${how}.log`)
  const said = async () => /listening at (\S+)/.exec(await readFile(logFile, 'utf8').catch(() => ''))?.[1]
  const child = await superviseNode({
    name: 'API',
    main: PROCESS,
    args: [store, how],
    logFile,
    ready: async () => (await said()) !== undefined,
    say: () => {},
  })
  return { address: (await said())!, pid: child.pid, stop: () => child.stop() }
}

const store = await filledStore(join(folder, 'store'), { calls, parts })
say(`${calls} calls; their cells took ${store.rebuildS.toFixed(1)} s`)
await settled(store.address, 'steadyline')
const apis = { anew: await apiOver(store.address, 'anew'), kept: await apiOver(store.address, 'kept') }
try {
  const measured: Measured[] = []
  for (const [question, path] of QUESTIONS) {
    if (options.only !== undefined && !options.only.split(',').includes(question)) continue
    const { headers } = await fetch(`${apis.kept.address}${path}`, { headers: { 'accept-encoding': 'identity' } })
    await fetch(`${apis.anew.address}${path}`)
    const tag = headers.get('etag')!
    for (const connections of connectionCounts) {
      for (const how of ['anew', 'kept', 'unchanged'] as const) {
        const api = how === 'anew' ? apis.anew : apis.kept
        const url = `${api.address}${path}`
        const asked = { url, connections, ...(how === 'unchanged' ? { tag } : {}) }
        await latencyOf({ ...asked, seconds: WARM_UP_S }) // code is compiled as it runs
        const watch = new UsageWatch({ api: api.pid, store: store.pid })
        const latency = await latencyOf({ ...asked, seconds })
        const used = watch.used()
        const cpuMs = ((used.api.cpuS + used.store.cpuS) / latency.answers) * 1_000
        measured.push({ question, how, connections, ...latency, cpuMs })
        say(`${question}, ${how}, ${connections} connections: p50 ${latency.p50Ms} ms, p99 ${latency.p99Ms} ms`)
      }
    }
  }
  const rows = measured.map(({ question, how, connections, p50Ms, p99Ms, cpuMs, answers }) =>
    answers === 0
      ? [question, how, String(connections), 'none in time', '', '', '0']
      : [question, how, connections, p50Ms, p99Ms, cpuMs.toFixed(1), answers].map(String),
  )
  const head = ['question', 'how', 'connections', 'p50, ms', 'p99, ms', 'CPU-ms an answer', 'answers']
  const text = `${machineSentence(where)}\n\n${calls} calls in a year, ${parts} pairs of line and region; all cells from facts: ${store.rebuildS.toFixed(1)} s, ${store.rebuildCpuS.toFixed(1)} CPU-s.\n\n${markdownTable(head, rows)}\n`
  mkdirSync(options.out, { recursive: true })
  const json = { machine: where, calls, parts, rebuildS: store.rebuildS, rebuildCpuS: store.rebuildCpuS, measured }
  writeFileSync(join(options.out, `reading-${calls}.json`), `${JSON.stringify(json, null, 2)}\n`)
  writeFileSync(join(options.out, `reading-${calls}.md`), text)
  say(`\n${text}`)
} finally {
  for (const api of Object.values(apis)) await api.stop()
  await store.stop()
  await rm(folder, { recursive: true, force: true })
}

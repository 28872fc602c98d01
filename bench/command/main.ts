/** `npm run bench:command`: how long a command takes, and how much of it is Node starting. Question and method: bench/README.md. */
import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { filledStore } from '../filled-store.ts'
import { settled } from '../ingestion/settled.ts'
import { machine, machineSentence } from '../machine.ts'
import { markdownTable } from '../markdown-table.ts'
import { wholeNumber } from '../options.ts'
import { median } from '../statistics.ts'

const { values: options } = parseArgs({
  options: {
    calls: { type: 'string', default: '412000' },
    times: { type: 'string', default: '11' },
    out: { type: 'string', default: 'bench/results' },
  },
})
const PARTS = 10
const COMMAND = fileURLToPath(new URL('../../cli/steadyline.mjs', import.meta.url))
const WATCH = new URL('./watch.mjs', import.meta.url).href
const run = promisify(execFile)

const COMMANDS = [
  ['stability', '--year', '2023'],
  ['stability', '--year', '2023', '--format', 'html'],
  ['evaluate', '--year', '2023'],
] as const

const calls = wholeNumber('--calls', options.calls)
const times = wholeNumber('--times', options.times)
const where = machine()
const folder = await mkdtemp(join(tmpdir(), 'steadyline-bench-command-'))
const store = await filledStore(join(folder, 'store'), { calls, parts: PARTS })
try {
  await settled(store.address, 'steadyline')
  const rows: string[][] = []
  for (const command of COMMANDS) {
    const [whole, answering]: [number[], number[]] = [[], []]
    for (let time = 0; time < times; time++) {
      const timesFile = join(folder, 'times.json')
      const env = {
        ...process.env,
        CLICKHOUSE_URL: store.address,
        NODE_OPTIONS: `--import ${WATCH}`,
        BENCH_TIMES_FILE: timesFile,
      }
      const fromMs = performance.now()
      const { stdout } = await run(process.execPath, [COMMAND, ...command], { env, maxBuffer: 64 << 20 })
      whole.push(performance.now() - fromMs)
      if (!stdout.includes('模拟数据'))
        throw new Error(`${command.join(' ')} printed no figures: ${stdout.slice(0, 200)}`)
      const { askedAtMs, endedAtMs } = JSON.parse(readFileSync(timesFile, 'utf8'))
      answering.push(endedAtMs - askedAtMs)
    }
    rows.push([
      `steadyline ${command.join(' ')}`,
      ...[median(answering), Math.max(...answering), median(whole)].map((ms) => ms.toFixed(0)),
    ])
    process.stdout.write(`${rows.at(-1)!.join(', ')} ms\n`)
  }
  const head = [
    'command',
    'from its first question to its end, ms',
    'longest',
    'with Node and the program starting, ms',
  ]
  const text = `${machineSentence(where)}\n\n${calls} calls in a year, medians of ${times} runs.\n\n${markdownTable(head, rows)}\n`
  mkdirSync(options.out, { recursive: true })
  writeFileSync(join(options.out, `command-${calls}.md`), text)
  process.stdout.write(`\n${text}`)
} finally {
  await store.stop()
  await rm(folder, { recursive: true, force: true })
}

/**
 * Live traffic for as long as is asked, with a fault a minute, and what it does to memory, handles, parts and lag.
 *
 *     npm run test:soak -- --minutes 60 [--rate 100] > report.md
 *
 * The report goes to the standard output as Markdown; exit code 1 if a count is wrong at the end.
 */
import { parseArgs } from 'node:util'
import { eventually } from '../faults/eventually.ts'
import type { ProcessorProcess } from '../faults/processor-process.ts'
import { startServers } from '../faults/servers.ts'
import { Trial } from '../faults/trial.ts'
import { sendLive } from './live-traffic.ts'
import { processSample, quartersTable, type Sample } from './samples.ts'

const FAULT_EVERY_MS = 60_000
const SAMPLE_EVERY_MS = 5_000
const STILL_MS = 12_000

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '60' }, rate: { type: 'string', default: '100' } },
})
const minutes = Number(values.minutes)
const ratePerSecond = Number(values.rate)
if (!(minutes > 0) || !(ratePerSecond > 0)) {
  process.stderr.write(`--minutes is ${values.minutes} and --rate ${values.rate}, expected numbers above 0.\n`)
  process.exit(2)
}

const servers = await startServers()
const trial = await Trial.begin(servers, null, [])
const processors: ProcessorProcess[] = [await trial.startProcessor(), await trial.startProcessor()]
const samples: Sample[] = []
const faults: string[] = []
const isOver = new AbortController()

const still = (pid: number) => {
  process.kill(pid, 'SIGSTOP')
  setTimeout(() => process.kill(pid, 'SIGCONT'), STILL_MS)
}
const replace = async (index: number, leave: (processor: ProcessorProcess) => Promise<void>) => {
  await leave(processors[index]!)
  processors[index] = await trial.startProcessor()
}
const FAULTS: readonly [string, () => unknown][] = [
  ['processor killed', () => replace(0, (processor) => processor.kill())],
  ['store killed', () => process.kill(servers.store.pid, 'SIGKILL')],
  ['processor ended in order', () => replace(1, (processor) => processor.end())],
  ['broker killed', () => process.kill(servers.broker.pid, 'SIGKILL')],
  ['processor stands still', () => still(processors[0]!.pid)],
  ['store stands still', () => still(servers.store.pid)],
  ['both processors killed', () => Promise.all([0, 1].map((index) => replace(index, (one) => one.kill())))],
]

async function fault(): Promise<void> {
  const [name, act] = FAULTS[faults.length % FAULTS.length]!
  faults.push(name)
  process.stderr.write(`${faults.length} min: ${name}\n`)
  await act()
}

async function sample(): Promise<void> {
  const inLog = (await trial.endOffsets()).reduce((sum, { endOffset }) => sum + endOffset, 0)
  const [parts] = await trial.rows<{ parts: number; rows: number }>(
    'SELECT count() AS parts, sum(rows) AS rows FROM system.parts WHERE active AND database = currentDatabase()',
  )
  samples.push({
    ...processSample('processor 1', processors[0]!.pid),
    ...processSample('processor 2', processors[1]!.pid),
    ...processSample('store', servers.store.pid),
    ...processSample('broker', servers.broker.pid),
    'parts of tables': parts!.parts,
    'lag, records': inLog - (await trial.countedCount()),
  })
}

/** A sample that falls into an outage is left out. */
const sampling = setInterval(() => void sample().catch(() => {}), SAMPLE_EVERY_MS)
const faulting = setInterval(() => void fault(), FAULT_EVERY_MS)
const sending = sendLive(trial, ratePerSecond, isOver.signal)
await new Promise((resolve) => setTimeout(resolve, minutes * 60_000))
clearInterval(faulting)
isOver.abort()
await sending
await trial.untilCounted()
clearInterval(sampling)
await eventually('the store is at rest', async () => (await trial.countedCount()) > 0)
const outcome = await trial.outcome()
const isRight = outcome.lost === 0 && outcome.doubled === 0 && outcome.problems.length === 0
process.stdout.write(
  [
    `# Soak: ${minutes} minutes, ${ratePerSecond} records a second, a fault a minute`,
    '',
    '模拟数据 simulated data.',
    '',
    `${outcome.recordCount.toLocaleString('en')} records, ${faults.length} faults: lost ${outcome.lost}, doubled ${outcome.doubled}.`,
    `\`reconcile --log\` found ${outcome.problems.length} differences.`,
    '',
    `${samples.length} samples, ${SAMPLE_EVERY_MS / 1_000} s apart; those that fell into an outage are left out. Medians of each quarter of the time:`,
    '',
    quartersTable(samples),
    '',
    ...outcome.problems.slice(0, 20).map((problem) => `- ${problem}`),
  ].join('\n'),
)
await trial.end()
await servers.stop()
process.exit(isRight ? 0 : 1)

/**
 * Live traffic for as long as is asked, with something going wrong every minute, and what that does to memory, handles,
 * parts and lag. Broker and store are killed in the first third of the time only, so that what grows has the rest to show.
 *
 *     npm run test:soak -- --minutes 60 [--rate 100] [--plot soak.svg] > report.md
 *
 * Ctrl-C ends it early, and it reports all the same.
 *
 * The report goes to the standard output as Markdown. Exit code 1 if a record is lost or counted twice, if a fault is not
 * survived, or if something grows.
 */
import { writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startServers } from '../faults/servers.ts'
import { Trial } from '../faults/trial.ts'
import { type Crew, DISTURBANCES } from './disturbances.ts'
import { growthOf } from './growth.ts'
import { sendLive } from './live-traffic.ts'
import { soakPlot } from './plot.ts'
import { type Survived, soakReport } from './report.ts'
import { type Sample, takeSample } from './samples.ts'

const EVERY_MS = 60_000
const SAMPLE_EVERY_MS = 5_000

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    rate: { type: 'string', default: '100' },
    plot: { type: 'string' },
  },
})
const minutes = Number(values.minutes)
const ratePerSecond = Number(values.rate)
if (!(minutes > 0) || !(ratePerSecond > 0)) {
  process.stderr.write(`--minutes is ${values.minutes} and --rate ${values.rate}, expected numbers above 0.\n`)
  process.exit(2)
}

const servers = await startServers()
const trial = await Trial.begin(servers, null, [])
const isOver = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => isOver.abort())
/** Returns early when the soak is over. */
const wait = (ms: number) => pause(Math.max(0, ms), undefined, { signal: isOver.signal }).catch(() => {})
try {
  process.exitCode = (await soak()) ? 0 : 1
} catch (error) {
  process.stderr.write(`${(error as Error).stack}\n${trial.said()}\n`)
  process.exitCode = 1
} finally {
  isOver.abort()
  await trial.end()
  await servers.stop()
}

/** @returns whether everything was as it must be */
async function soak(): Promise<boolean> {
  const [one, other, witness] = await Promise.all([1, 2, 3].map(() => trial.startProcessor()))
  const crew: Crew = { replaced: [one!, other!], witness: witness! }
  const fromMs = performance.now()
  const sinceMs = () => performance.now() - fromMs
  const samples: Sample[] = []
  let missedCount = 0
  const sampling = (async () => {
    for (; !isOver.signal.aborted; await wait(SAMPLE_EVERY_MS)) {
      const pids = { 'a processor': crew.witness.pid, store: servers.store.pid, broker: servers.broker.pid }
      await takeSample(trial, sinceMs(), pids).then(
        (sample) => samples.push(sample),
        () => missedCount++, // a server is away
      )
    }
  })()
  const sending = sendLive(trial, ratePerSecond, isOver.signal)
  const faults: Survived[] = []
  const lengthMs = minutes * EVERY_MS
  for (let next = 0; sinceMs() + EVERY_MS <= lengthMs; ) {
    await wait(Math.ceil(sinceMs() / EVERY_MS) * EVERY_MS - sinceMs())
    if (isOver.signal.aborted) break
    const canKill = sinceMs() < lengthMs / 3
    while (DISTURBANCES[next % DISTURBANCES.length]!.killsServer && !canKill) next++
    const fault = DISTURBANCES[next++ % DISTURBANCES.length]!
    const beganMs = sinceMs()
    process.stderr.write(`${(beganMs / 60_000).toFixed(0)} min: ${fault.name}\n`)
    await fault.act(trial, crew)
    const actedMs = sinceMs()
    await trial.untilCounted()
    faults.push({ name: fault.name, beganMs, lastedMs: actedMs - beganMs, countedAfterMs: sinceMs() - beganMs })
    const gone = [...crew.replaced, crew.witness].filter(({ hasEnded }) => hasEnded)
    if (gone.length > 0) throw new Error(`${fault.name}: ${gone.length} processors have ended that nobody ended`)
  }
  await wait(lengthMs - sinceMs())
  const lastedMinutes = Math.round(sinceMs() / EVERY_MS)
  isOver.abort()
  await Promise.all([sending, sampling])
  await trial.untilCounted()
  const outcome = await trial.outcome()
  const growths = growthOf(samples)
  const counts = { samplesCount: samples.length, missedCount }
  const report = { minutes: lastedMinutes, ratePerSecond, outcome, faults, ...counts, growths }
  process.stdout.write(soakReport(report))
  if (values.plot !== undefined) writeFileSync(values.plot, soakPlot(samples, faults))
  const isRight = outcome.lost === 0 && outcome.doubled === 0 && outcome.problems.length === 0
  return isRight && growths.every(({ isFlat }) => isFlat)
}

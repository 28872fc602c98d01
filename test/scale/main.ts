/**
 * `npm run test:scale -- --rate 20000 --seconds 90 --processors 4`: processors of one group are ended in order and replaced,
 * one after the other and again, while records come in that are spread over a year. Nothing may be lost or doubled, and
 * counting may not fall further behind than --lag-seconds. Before that, how fast 1, 2 and 4 of them catch up.
 *
 * TEST_SERVERS=containers takes Kafka and ClickHouse in containers. Exit code 1 if a promise is broken.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { machine, machineSentence } from '../../bench/machine.ts'
import { connectPublisher } from '../../producers/kafka-publisher.ts'
import { eventually } from '../faults/eventually.ts'
import type { ProcessorProcess } from '../faults/processor-process.ts'
import { type Servers, startServers } from '../faults/servers.ts'
import { Trial } from '../faults/trial.ts'
import { compared } from './compare.ts'
import { type LagSample, lagOf, watchLag } from './lag.ts'
import { YearCalls } from './year-calls.ts'

const COUNTED_MS_MAX = 15 * 60_000
const SEND_EVERY_MS = 50
/** As people run them, not as the faults do. */
const env = { FLUSH_MS_MAX: '1000', KAFKA_SESSION_MS: '30000' }

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '20000' },
    seconds: { type: 'string', default: '90' },
    processors: { type: 'string', default: '4' },
    'lag-seconds': { type: 'string', default: '60' },
    'catch-up': { type: 'string', default: '1000000' },
  },
})
const [rate, seconds, processorsCount, lagSecondsMax, catchUpCount] = [
  values.rate,
  values.seconds,
  values.processors,
  values['lag-seconds'],
  values['catch-up'],
].map(Number) as [number, number, number, number, number]
if (![rate, seconds, processorsCount, lagSecondsMax].every((value) => value > 0) || !(catchUpCount >= 0)) {
  process.stderr.write('--rate, --seconds, --processors and --lag-seconds are numbers above 0, --catch-up a number.\n')
  process.exit(2)
}

const say = (sentence: string) => process.stdout.write(`${sentence}\n`)

async function withTrial<Result>(name: string, action: (trial: Trial) => Promise<Result>): Promise<Result> {
  const trial = await Trial.begin(servers, name, [])
  try {
    return await action(trial)
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${trial.said()}`, { cause: error })
  } finally {
    await trial.end()
  }
}

function publisherOf({ connection, names }: Trial) {
  return connectPublisher({ connection, names, nowMs: Date.now, say })
}

const startThem = (trial: Trial, count: number) =>
  Promise.all(Array.from({ length: count }, () => trial.startProcessor({ env })))

async function untilCounted(trial: Trial): Promise<void> {
  await eventually('everything is counted', async () => (await lagOf(trial)) === 0, COUNTED_MS_MAX)
}

/** How long so many processors take for a log that is full when they start, and whether it is counted right. */
async function catchUp(count: number): Promise<void> {
  await withTrial(`catch_up_${count}`, async (trial) => {
    const calls = new YearCalls()
    const publisher = await publisherOf(trial)
    while (calls.sentCount < catchUpCount) {
      const { key, value } = calls.next()
      publisher.send(trial.names.calls, key, value)
      if (publisher.isFull) await publisher.room()
    }
    await publisher.drained()
    await publisher.close()
    const fromMs = performance.now()
    await startThem(trial, count)
    const readyMs = performance.now() - fromMs
    await untilCounted(trial)
    const tookS = (performance.now() - fromMs) / 1_000
    const { lost, doubled } = await compared(trial, calls)
    say(
      `| ${count} | ${calls.sentCount.toLocaleString('en')} | ${(readyMs / 1_000).toFixed(1)} | ${tookS.toFixed(1)} | ${Math.round(calls.sentCount / tookS).toLocaleString('en')} | ${lost} | ${doubled} |`,
    )
    if (lost + doubled > 0) process.exitCode = 1
  })
}

/** Sends at the asked rate, by the clock: what was late is sent at once. */
async function send(trial: Trial, calls: YearCalls, isOver: AbortSignal): Promise<void> {
  const publisher = await publisherOf(trial)
  const fromMs = performance.now()
  while (!isOver.aborted) {
    const due = ((performance.now() - fromMs) / 1_000) * rate
    while (calls.sentCount < due && !publisher.isFull) {
      const { key, value } = calls.next()
      publisher.send(trial.names.calls, key, value)
    }
    publisher.flush()
    await pause(SEND_EVERY_MS)
  }
  await publisher.drained()
  await publisher.close()
}

async function rollingRestart(): Promise<void> {
  await withTrial('rolling', async (trial) => {
    const processors: ProcessorProcess[] = await startThem(trial, processorsCount)
    const calls = new YearCalls()
    const isOver = new AbortController()
    const lagged = watchLag(trial, isOver.signal)
    const sending = send(trial, calls, isOver.signal)
    const fromMs = performance.now()
    const drainsMs: number[] = []
    while (performance.now() - fromMs < seconds * 1_000) {
      const index = drainsMs.length % processorsCount
      const leaving = processors[index]!
      const sinceMs = performance.now()
      await leaving.end()
      drainsMs.push(performance.now() - sinceMs)
      if (leaving.exitCode !== 0) throw new Error(`a processor that was asked to end ended with ${leaving.exitCode}`)
      processors[index] = await trial.startProcessor({ env })
    }
    const sentS = (performance.now() - fromMs) / 1_000
    isOver.abort()
    await sending
    const sentUntilMs = performance.now()
    await untilCounted(trial)
    const lastedS = (performance.now() - sentUntilMs) / 1_000
    const { lost, doubled } = await compared(trial, calls)
    const { problems } = await trial.outcome().then(
      (outcome) => outcome,
      (error: Error) => ({ problems: [error.message] }),
    )
    report(calls, { sentS, drainsMs, lag: await lagged, lastedS, lost, doubled, problems })
  })
}

interface Rolled {
  sentS: number
  drainsMs: number[]
  lag: LagSample[]
  /** From the last record sent to everything counted. */
  lastedS: number
  lost: number
  doubled: number
  problems: string[]
}

function report(calls: YearCalls, { sentS, drainsMs, lag, lastedS, lost, doubled, problems }: Rolled): void {
  const perSecond = calls.sentCount / sentS
  const behind = lag.map(({ behindCount }) => behindCount).sort((a, b) => a - b)
  const worstS = (behind.at(-1) ?? 0) / perSecond
  const drainS = drainsMs.map((ms) => ms / 1_000).sort((a, b) => a - b)
  say(`
${calls.sentCount.toLocaleString('en')} records in ${sentS.toFixed(0)} s, ${Math.round(perSecond).toLocaleString('en')} a second (asked for: ${rate.toLocaleString('en')}), ${processorsCount} processors, ${drainsMs.length} ended in order and replaced
to end in order: ${drainS[Math.floor(drainS.length / 2)]!.toFixed(1)} s at the median, ${drainS.at(-1)!.toFixed(1)} s at most
behind: ${behind[Math.floor(behind.length / 2)]} records at the median, ${behind.at(-1)} at most, which is ${worstS.toFixed(1)} s of records; the last record was counted ${lastedS.toFixed(1)} s after it was sent
lost ${lost}, doubled ${doubled}, reconcile --log: ${problems.length === 0 ? 'nothing' : problems.slice(0, 5).join('; ')}`)
  if (lost + doubled + problems.length > 0) process.exitCode = 1
  if (worstS > lagSecondsMax) {
    say(`Behind by more than --lag-seconds ${lagSecondsMax}.`)
    process.exitCode = 1
  }
  if (perSecond < 0.95 * rate) say(`This machine could not send at ${rate} a second.`)
}

// Processors that it started end with it.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130))

const servers: Servers = await startServers()
try {
  say(`模拟数据 simulated data. ${machineSentence(machine())}`)
  if (catchUpCount > 0) {
    say('\n| processors | records | ready after, s | counted after, s | records a second | lost | doubled |')
    say('|---:|---:|---:|---:|---:|---:|---:|')
    for (const count of [1, 2, 4]) await catchUp(count)
  }
  await rollingRestart()
} finally {
  await servers.stop()
}

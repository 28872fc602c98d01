/** `npm run bench`: how fast and how cheaply bytes in Kafka become right figures. Question and method: bench/README.md. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startBroker } from '../../local/broker.ts'
import type { LocalServer } from '../../local/server.ts'
import { PROFILE } from '../bench-profile.ts'
import { machine, machineSentence } from '../machine.ts'
import { wholeNumber } from '../options.ts'
import type { Contender } from './contender.ts'
import { floor } from './floor.ts'
import { kafkaEngine } from './kafka-engine.ts'
import { type RecordOrder, truth } from './made-records.ts'
import { type Run, report } from './report.ts'
import { steadyline } from './steadyline.ts'
import { fillTopic } from './topics.ts'

const { values: options } = parseArgs({
  options: {
    calls: { type: 'string', default: '1000000' },
    pairs: { type: 'string', default: '3' },
    only: { type: 'string' },
    orders: { type: 'string', default: 'in order,shuffled' },
    out: { type: 'string', default: 'bench/results' },
    'cpu-prof': { type: 'string' },
  },
})

const callCount = wholeNumber('--calls', options.calls)
const pairCount = wholeNumber('--pairs', options.pairs)
const orders = options.orders.split(',') as RecordOrder[]
const CONTENDERS: Contender[] = [
  steadyline(options['cpu-prof'] ?? null),
  kafkaEngine,
  floor('read'),
  floor('decode'),
].filter(({ name }) => options.only === undefined || options.only.split(',').some((part) => name.includes(part)))

const folder = await mkdtemp(join(tmpdir(), 'steadyline-bench-'))
const where = machine()
const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`)
/** One for each order, so that both topics bear the name that a processor reads. */
const brokers = new Map<RecordOrder, LocalServer>()
try {
  const expected = truth(callCount, PROFILE.definitions)
  const runs: Run[] = []
  const filled = new Map<RecordOrder, Awaited<ReturnType<typeof fillTopic>>>()
  for (const order of orders) {
    const broker = await startBroker({ folder: join(folder, `broker ${order}`), say: () => {} })
    brokers.set(order, broker)
    const topic = await fillTopic({ brokers: [broker.address], tls: false, sasl: null }, order, callCount)
    filled.set(order, topic)
    say(`${topic.recordCount} records published ${order} in ${topic.publishS.toFixed(1)} s`)
  }
  for (let pair = 1; pair <= pairCount; pair += 1) {
    for (const order of orders) {
      const { topic, recordCount } = filled.get(order)!
      const broker = brokers.get(order)!
      // Who goes first changes from pair to pair, so that neither always meets the warmer machine.
      for (const contender of pair % 2 === 1 ? CONTENDERS : CONTENDERS.toReversed()) {
        if (contender.name.startsWith('floor') && order === 'shuffled') continue // it reads bytes, whatever they say
        const runFolder = await mkdtemp(join(folder, 'run-'))
        const race = {
          brokers: broker.address,
          brokerPid: broker.pid,
          folder: runFolder,
          order,
          topic,
          recordCount,
          truth: expected,
        }
        const result = await contender.run(race)
        await rm(runFolder, { recursive: true, force: true })
        runs.push({ ...result, contender: contender.name, order, pair, recordCount })
        say(
          `pair ${pair}, ${order}, ${contender.name}: ${Math.round(recordCount / result.seconds)} records/s, ${result.wrong ?? 'right'}`,
        )
      }
    }
  }
  const text = `${machineSentence(where)}\n\n${callCount} calls, ${filled.get(orders[0]!)!.recordCount} records, ${pairCount} pairs.\n\n${report(runs)}\n`
  mkdirSync(options.out, { recursive: true })
  writeFileSync(
    join(options.out, 'ingestion.json'),
    `${JSON.stringify({ machine: where, callCount, runs }, null, 2)}\n`,
  )
  writeFileSync(join(options.out, 'ingestion.md'), text)
  say(`\n${text}`)
  if (runs.some(({ contender, wrong }) => contender === 'Steadyline' && wrong !== null)) {
    process.stderr.write('Steadyline counted wrong: see the table above.\n')
    process.exitCode = 1
  }
} finally {
  for (const broker of brokers.values()) await broker.stop()
  await rm(folder, { recursive: true, force: true })
}

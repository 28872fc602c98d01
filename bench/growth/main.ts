/** `npm run bench:growth`: time and memory as one thing grows and the others stay. Question and method: bench/README.md. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { machine, machineSentence } from '../machine.ts'
import { markdownTable } from '../markdown-table.ts'
import { type Measured, measure } from './measure.ts'
import { plotSvg } from './plot.ts'
import type { Stream } from './streams.ts'

const { values: options } = parseArgs({
  options: {
    base: { type: 'string', default: '200000' },
    records: { type: 'string', default: '50000,200000,800000' },
    partitions: { type: 'string', default: '1,8,64' },
    parts: { type: 'string', default: '1,100,3000' },
    late: { type: 'string', default: '0,10,100' },
    cells: { type: 'string', default: '35040,2000,100,1' },
    only: { type: 'string' },
    out: { type: 'string', default: 'bench/results' },
  },
})

const numbers = (text: string): number[] => text.split(',').map((part) => Number(part.replaceAll('_', '')))
const base: Stream = { calls: numbers(options.base)[0]!, cells: 35_040, parts: 10, latePercent: 0 }
const PARTITIONS = 8

interface Curve {
  name: string
  x: string
  runs: readonly { x: number; stream: Stream; partitions: number }[]
}

const curves: Curve[] = [
  {
    name: 'records',
    x: 'records in a year',
    runs: numbers(options.records).map((calls) => ({ x: calls, stream: { ...base, calls }, partitions: PARTITIONS })),
  },
  {
    name: 'partitions',
    x: 'partitions',
    runs: numbers(options.partitions).map((partitions) => ({ x: partitions, stream: base, partitions })),
  },
  {
    name: 'parts',
    x: 'lines × regions',
    runs: numbers(options.parts).map((parts) => ({ x: parts, stream: { ...base, parts }, partitions: PARTITIONS })),
  },
  {
    name: 'late',
    x: 'late records, % (0 is drawn at 1)',
    runs: numbers(options.late).map((latePercent) => ({
      x: Math.max(1, latePercent),
      stream: { ...base, latePercent },
      partitions: PARTITIONS,
    })),
  },
  {
    name: 'calls-per-cell',
    x: 'calls in a quarter-hour',
    runs: numbers(options.cells).map((cells) => ({
      x: base.calls / cells,
      stream: { ...base, cells },
      partitions: PARTITIONS,
    })),
  },
]

const where = machine()
mkdirSync(options.out, { recursive: true })
const texts: string[] = []
const results: Record<string, Measured[]> = {}
for (const { name, x, runs } of curves) {
  if (options.only !== undefined && !options.only.split(',').includes(name)) continue
  const measured: (Measured & { x: number })[] = []
  for (const { x: at, stream, partitions } of runs) {
    const one = await measure(stream, partitions)
    measured.push({ x: at, ...one })
    process.stdout.write(`${name} ${at}: ${one.seconds.toFixed(1)} s, evidence ${one.evidence} of ${stream.calls}\n`)
    if (one.evidence !== stream.calls) process.exitCode = 1
  }
  results[name] = measured
  const curveOf = (title: string, value: (run: Measured) => number) => ({
    name: title,
    points: measured.map((run) => ({ x: run.x, y: value(run) })),
  })
  const time = [
    curveOf('seconds', (run) => run.seconds),
    curveOf('processor, CPU-s', (run) => run.processorCpuS),
    curveOf('store, CPU-s', (run) => run.storeCpuS),
  ]
  const memory = [
    curveOf('processor, peak MiB', (run) => run.processorPeakMiB),
    curveOf('store, peak MiB', (run) => run.storePeakMiB),
  ]
  writeFileSync(
    join(options.out, `growth-${name}-time.svg`),
    plotSvg({ title: `Time by ${x}`, x, y: 's', series: time }),
  )
  writeFileSync(
    join(options.out, `growth-${name}-memory.svg`),
    plotSvg({ title: `Memory by ${x}`, x, y: 'MiB', series: memory }),
  )
  const rows = measured.map((run) => [
    String(Number(run.x.toPrecision(4))),
    ...[run.seconds, run.processorCpuS, run.storeCpuS].map((value) => value.toFixed(1)),
    ...[run.processorPeakMiB, run.storePeakMiB].map((value) => value.toFixed(0)),
    run.evidence === run.calls ? 'right' : '**wrong**',
  ])
  texts.push(
    markdownTable([x, 's', 'processor CPU-s', 'store CPU-s', 'processor MiB', 'store MiB', 'facts'], rows),
    `![time](growth-${name}-time.svg) ![memory](growth-${name}-memory.svg)`,
  )
  // After each curve: a long run that is ended by hand keeps what it has.
  writeFileSync(join(options.out, 'growth.json'), `${JSON.stringify({ machine: where, results }, null, 2)}\n`)
  writeFileSync(
    join(options.out, 'growth.md'),
    `${machineSentence(where)}\n\n${base.calls} records, ${base.cells} quarter-hours, ${base.parts} lines × regions, ${PARTITIONS} partitions, none late, where nothing else is said.\n\n${texts.join('\n\n')}\n`,
  )
}

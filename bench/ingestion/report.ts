/** The table of an ingestion bench, and the ratios of paired runs. */
import { markdownTable } from '../markdown-table.ts'
import { median } from '../statistics.ts'
import type { RaceResult } from './contender.ts'
import type { RecordOrder } from './made-records.ts'

export interface Run extends RaceResult {
  contender: string
  order: RecordOrder
  pair: number
  recordCount: number
}

const perSecond = (run: Run): number => run.recordCount / run.seconds
const cpuS = (run: Run): number => Object.values(run.usage).reduce((sum, part) => sum + part.cpuS, 0)
const peakMiB = (run: Run): number => Object.values(run.usage).reduce((sum, part) => sum + part.peakMiB, 0)
const perMillion = (seconds: number, run: Run): number => (seconds / run.recordCount) * 1e6

export function report(runs: readonly Run[]): string {
  const kinds = [...new Set(runs.map(({ contender, order }) => `${contender}|${order}`))]
  const rows = kinds.map((kind) => {
    const of = runs.filter((run) => `${run.contender}|${run.order}` === kind)
    const mid = (figure: (run: Run) => number, digits = 2): string => median(of.map(figure)).toFixed(digits)
    const [contender, order] = kind.split('|') as [string, string]
    const wrong = of.find((run) => run.wrong !== null)
    const memory = Object.keys(of[0]!.usage).map((part) => `${part} ${mid((run) => run.usage[part]!.peakMiB, 0)}`)
    return [
      contender,
      order,
      mid((run) => perSecond(run) / 1_000, 0),
      mid((run) => perMillion(cpuS(run), run)),
      mid((run) => perMillion(run.settledCpuS, run)),
      mid((run) => perMillion(run.brokerCpuS, run)),
      memory.length === 1 ? mid(peakMiB, 0) : `${mid(peakMiB, 0)} (${memory.join(', ')})`,
      wrong === undefined ? 'right' : `**wrong**: ${wrong.wrong}`,
      of.find((run) => run.note !== undefined)?.note ?? '',
    ]
  })
  const head = [
    'contender',
    'records',
    'thousand records/s',
    'CPU-s per million',
    'with merges',
    "broker's",
    'peak MiB',
    'figures',
    'note',
  ]
  return `${markdownTable(head, rows)}\n\n${ratios(runs)}`
}

/** Each ratio is of two runs of one pair, one right after the other. */
function ratios(runs: readonly Run[]): string {
  const ours = (order: RecordOrder) => ({ contender: 'Steadyline', order })
  const engine = (order: RecordOrder) => ({ contender: "ClickHouse's Kafka engine", order })
  const decoded = { contender: 'floor: kafkajs reads, decoded', order: 'in order' as RecordOrder }
  const questions = [
    ['records/s, Steadyline to the Kafka engine, in order', ours('in order'), engine('in order'), perSecond],
    ['records/s, Steadyline to the Kafka engine, shuffled', ours('shuffled'), engine('shuffled'), perSecond],
    ['CPU-seconds, Steadyline to the Kafka engine, in order', ours('in order'), engine('in order'), cpuS],
    ['CPU-seconds, Steadyline to the Kafka engine, shuffled', ours('shuffled'), engine('shuffled'), cpuS],
    ['records/s, Steadyline to reading and decoding', ours('in order'), decoded, perSecond],
    ['seconds, shuffled to in order', ours('shuffled'), ours('in order'), (run: Run) => run.seconds],
    ['CPU-seconds, shuffled to in order', ours('shuffled'), ours('in order'), cpuS],
  ] as const
  const rows = questions.flatMap(([question, one, other, figure]) => {
    const values = paired(runs, one, other, figure)
    if (values.length === 0) return []
    const spread = `${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)}`
    return [[question, median(values).toFixed(2), spread, String(values.length)]]
  })
  return markdownTable(['ratio of paired runs', 'median', 'range', 'pairs'], rows)
}

type Kind = Pick<Run, 'contender' | 'order'>

function paired(runs: readonly Run[], one: Kind, other: Kind, figure: (run: Run) => number): number[] {
  const find = (kind: Kind, pair: number) =>
    runs.find((run) => run.pair === pair && run.contender === kind.contender && run.order === kind.order)
  return [...new Set(runs.map(({ pair }) => pair))].flatMap((pair) => {
    const [above, below] = [find(one, pair), find(other, pair)]
    return above === undefined || below === undefined ? [] : [figure(above) / figure(below)]
  })
}

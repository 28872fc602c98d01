/** What a soak found, as Markdown for people. */
import type { Outcome } from '../faults/trial.ts'
import { type Growth, medianOf } from './growth.ts'

export interface Survived {
  name: string
  /** Since the soak began. */
  beganMs: number
  lastedMs: number
  /** From its beginning until every record was counted that was in the log when it was over. */
  countedAfterMs: number
}

export interface SoakReport {
  minutes: number
  ratePerSecond: number
  outcome: Outcome
  faults: readonly Survived[]
  samplesCount: number
  missedCount: number
  growths: readonly Growth[]
}

export function soakReport(report: SoakReport): string {
  const { minutes, ratePerSecond, outcome, faults, samplesCount, missedCount, growths } = report
  const kinds = [...new Set(faults.map(({ name }) => name))].map((name) =>
    faults.filter((fault) => fault.name === name),
  )
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(0)} s`
  return [
    `## ${minutes} minutes, ${ratePerSecond} records a second`,
    '',
    '模拟数据 simulated data.',
    '',
    `${outcome.recordCount.toLocaleString('en')} messages, ${faults.length} faults of ${kinds.length} kinds: lost ${outcome.lost}, doubled ${outcome.doubled}; \`reconcile --log\` found ${outcome.problems.length} differences.`,
    '',
    '| fault | times | lasted, longest | all counted again after, median | longest |',
    '|---|---:|---:|---:|---:|',
    ...kinds.map((kind) => {
      const counted = kind.map(({ countedAfterMs }) => countedAfterMs)
      const lasted = Math.max(...kind.map(({ lastedMs }) => lastedMs))
      const cells = [
        kind[0]!.name,
        kind.length,
        seconds(lasted),
        seconds(medianOf(counted)),
        seconds(Math.max(...counted)),
      ]
      return `| ${cells.join(' | ')} |`
    }),
    '',
    `${samplesCount} samples; ${missedCount} more fell into an outage. Each process is compared with itself: medians of the first and the last third of the time that it was watched.`,
    '',
    '| | watched | first third | last third | greatest | |',
    '|---|---:|---:|---:|---:|---|',
    ...growths.map(
      ({ what, watchedMs, early, late, greatest, isFlat }) =>
        `| ${[what, `${(watchedMs / 60_000).toFixed(0)} min`, early, late, greatest, isFlat ? 'flat' : 'GROWS'].join(' | ')} |`,
    ),
    '',
    ...outcome.problems.slice(0, 20).map((problem) => `- ${problem}`),
  ].join('\n')
}

/** From a verdict in the words of kpi/ to the record that is published and written down. */
import { ratioOf } from '../../kpi/statistics/counts.ts'
import type { StreamedVerdict } from '../../kpi/streamed-verdict.ts'
import type { VerdictCounts, VerdictRecord } from '../../schemas/verdict-record.ts'
import type { JudgedProfile } from './judged-profile.ts'
import type { LastIssued } from './verdict-store.ts'

/** @param last the version that this one restates; `null` the first time */
export function verdictRecordOf(
  { id, version, definitions, terms }: JudgedProfile,
  verdict: StreamedVerdict,
  last: LastIssued | null,
): VerdictRecord {
  const { judgement, base } = verdict
  return {
    profile: id,
    profile_version: version,
    definitions,
    window: verdict.id,
    period: verdict.period,
    kind: verdict.kind,
    local_date: verdict.date,
    start_at: verdict.startAtMs,
    end_at: verdict.endAtMs,
    evidence: verdict.evidence,
    ...countsOf(verdict),
    waited_ms: verdict.waitedMs,
    base_from: verdict.baseFromAtMs,
    base_evidence: base.evidence,
    base_offered: base.offeredCount,
    base_answered: base.answeredCount,
    ratio: judgement.ratio,
    base_ratio: ratioOf(base),
    deviation_points: judgement.deviationPoints,
    lower_points: judgement.lowerPoints,
    upper_points: judgement.upperPoints,
    within_tolerance: judgement.withinTolerance,
    least_tolerance_points: judgement.leastTolerancePoints,
    verdict: judgement.verdict,
    reason: REASONS[verdict.reason],
    calls_for_verdict: judgement.callsForVerdict,
    tolerance_points: terms.tolerancePoints,
    confidence: terms.confidence,
    coverage: COVERAGES[verdict.coverage],
    expected: verdict.expectedCount,
    simulated: verdict.isSimulated,
    restates:
      last === null
        ? null
        : {
            evidence: last.evidence,
            base_evidence: last.baseEvidence,
            ...countsOf(last),
            verdict: last.verdict,
          },
  }
}

/** A symbol of Avro has no hyphen. */
const REASONS = { none: 'none', 'first-days': 'first_days', 'no-calls': 'no_calls' } as const
const COVERAGES = { received: 'received', 'no-data': 'no_data', unknown: 'unknown', open: 'open' } as const

function countsOf(counted: Omit<LastIssued, 'evidence' | 'baseEvidence' | 'verdict'>): VerdictCounts {
  return {
    offered: counted.offeredCount,
    answered: counted.answeredCount,
    abandoned: counted.abandonedCount,
    no_seat: counted.noSeatCount,
    flowed_out: counted.flowedOutCount,
    failed: counted.failedCount,
    other: counted.otherCount,
  }
}

/** What a statement says 定版报表: the KPIs of a period, of a year the scorecard too, and the records they were made of. */
import Type, { type Static } from 'typebox'
import { ratioOf } from '../../kpi/fraction.ts'
import { isoOf } from '../../kpi/instant-text.ts'
import { fractionIn, KPI_IDS, type Kpi } from '../../kpi/kpi.ts'
import { KPIS } from '../../kpi/kpis.ts'
import { type Period, rangeOf } from '../../kpi/periods.ts'
import { percentOf } from '../../kpi/rounding.ts'
import { leastStatus } from '../../kpi/status.ts'
import { met } from '../../kpi/target.ts'
import { STATEMENT_FORM, type StatementKey, statementHashOf, statementIdOf } from '../../schemas/statement.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import type { IssuedStatement, RecordSet } from '../statements/statement-store.ts'
import type { CountedPeriod, SeatsOfMonth, Watermarks } from '../store/store-reader.ts'
import { EvaluationAnswer, evaluationAnswerOf } from './evaluation-answer.ts'
import { Count, Evidence, Instant, orNull, Ratio, Simulated, StatusShape } from './shapes.ts'

const StatementEvidence = Type.Object(
  { calls: Evidence, tickets: Evidence, dueTickets: Evidence },
  { description: 'Distinct facts; dueTickets: of tickets accepted outside the period that were ever due in it.' },
)
const StatusOf = Type.Object({ calls: StatusShape, tickets: StatusShape })
const LastEmittedAt = orNull(Type.String({ description: 'Greatest emitted_at of the records; null if there is none.' }))

const Names = {
  id: Type.String({ description: 'Follows from what it was made of: issuing twice is one statement.' }),
  sha256: Type.String({ description: 'Of the canonical form of the statement without this field.' }),
  period: Type.String(),
  from: Instant,
  to: Instant,
  profile: Type.String(),
  profileVersion: Type.String(),
  definitions: Type.String(),
  form: Type.Integer({ description: 'Raised when statements are written differently.' }),
  status: StatusShape,
  statusOf: StatusOf,
  evidence: StatementEvidence,
  lastEmittedAt: LastEmittedAt,
  simulated: Simulated,
}

const RecordsOfKind = Type.Object({
  count: Count,
  hash: Type.String({ description: 'Over every record; empty of none.' }),
})

export const StatementAnswer = Type.Object({
  ...Names,
  profileName: Type.String(),
  timeZone: Type.String(),
  records: Type.Object(
    { calls: RecordsOfKind, tickets: RecordsOfKind, dueTickets: RecordsOfKind },
    { description: 'The calls and tickets that made the figures; one by one in table statement_records.' },
  ),
  kpis: Type.Array(
    Type.Object({
      id: Type.Enum([...KPI_IDS]),
      nameZh: Type.String(),
      nameEn: Type.String(),
      numerator: Count,
      denominator: Count,
      ratio: Ratio,
      percent: orNull(Type.String()),
      target: Ratio,
      met: orNull(Type.Boolean()),
      published: orNull(Type.Object({ percent: Type.String(), source: Type.String() })),
      base: Type.Object({ zh: Type.String(), en: Type.String() }),
      status: StatusShape,
    }),
  ),
  evaluation: orNull(EvaluationAnswer),
})
export type StatementAnswer = Static<typeof StatementAnswer>

export const StatementSummary = Type.Object({
  ...Names,
  revision: Type.Integer({
    minimum: 1,
    description: 'Rank by evidence among those of the period and profile version.',
  }),
})
export type StatementSummary = Static<typeof StatementSummary>

/** A statement about a period, of counts that were made of a set of records. A pure function of what `key` names. */
export function statementAnswerOf(
  answered: AnsweredProfile,
  period: Period,
  set: RecordSet,
  statusOf: StatementKey['statusOf'],
  counted: CountedPeriod & { seatsByMonth: SeatsOfMonth[] },
): StatementAnswer {
  const { profile, zone } = answered
  const key = statementKeyOf(answered, period, set.evidence, statusOf)
  const lastEmittedAt = set.lastEmittedAtMs === null ? null : isoOf(zone, set.lastEmittedAtMs)
  const kpis = KPIS.map((kpi) => kpiOf(answered, period, kpi, counted, statusOf[kpi.topic]))
  const { records, hashes } = set
  const content = {
    id: statementIdOf(key),
    ...key,
    profileName: typeof profile.name === 'string' ? profile.name : profile.name.zh,
    timeZone: zone.name,
    status: leastStatus([statusOf.calls, statusOf.tickets]),
    lastEmittedAt,
    simulated: counted.isSimulated,
    records: {
      calls: { count: records.calls, hash: hashes.calls },
      tickets: { count: records.tickets, hash: hashes.tickets },
      dueTickets: { count: records.dueTickets, hash: hashes.dueTickets },
    },
    kpis,
    evaluation: evaluationOf(answered, period, statusOf, counted, lastEmittedAt),
  }
  return { sha256: statementHashOf(content), ...content }
}

export function statementKeyOf(
  { profile, version, definitions, zone }: AnsweredProfile,
  period: Period,
  evidence: StatementKey['evidence'],
  statusOf: StatementKey['statusOf'],
): StatementKey {
  const { fromAtMs, toAtMs } = rangeOf(zone, period)
  return {
    profile: profile.id,
    profileVersion: version,
    definitions,
    period: period.name,
    from: isoOf(zone, fromAtMs),
    to: isoOf(zone, toAtMs),
    evidence,
    statusOf,
    form: STATEMENT_FORM,
  }
}

export function statementSummaryOf(
  { zone }: AnsweredProfile,
  issued: IssuedStatement,
  revision: number,
): StatementSummary {
  const { range, isSimulated, lastEmittedAtMs, ...names } = issued
  return {
    ...names,
    from: isoOf(zone, range.fromAtMs),
    to: isoOf(zone, range.toAtMs),
    status: leastStatus([issued.statusOf.calls, issued.statusOf.tickets]),
    lastEmittedAt: lastEmittedAtMs === null ? null : isoOf(zone, lastEmittedAtMs),
    simulated: isSimulated,
    revision,
  }
}

function kpiOf(
  { profile, contractFromDay, contractToDay }: AnsweredProfile,
  period: Period,
  kpi: Kpi,
  counted: CountedPeriod,
  status: StatementKey['statusOf']['calls'],
): StatementAnswer['kpis'][number] {
  const fraction = fractionIn(counted, kpi)
  const target = profile.targets[kpi.id] ?? null
  const isContract = period.fromDay === contractFromDay && period.toDay === contractToDay
  return {
    id: kpi.id,
    nameZh: kpi.nameZh,
    nameEn: kpi.nameEn,
    ...fraction,
    ratio: ratioOf(fraction),
    percent: percentOf(fraction, profile.report),
    target,
    met: met(fraction, target, kpi.direction),
    published: (isContract ? profile.published?.[kpi.id] : null) ?? null,
    base: kpi.base,
    status,
  }
}

/** The scorecard of the same counts; `null` for a quarter, a month, and where the profile has no indicators. */
function evaluationOf(
  answered: AnsweredProfile,
  period: Period,
  statusOf: StatementKey['statusOf'],
  counted: CountedPeriod & { seatsByMonth: SeatsOfMonth[] },
  lastEmittedAt: string | null,
): EvaluationAnswer | null {
  const { evaluation } = answered.profile
  if (period.kind !== 'year' || evaluation === undefined) return null
  const answer = evaluationAnswerOf(answered, evaluation, {
    year: Number(period.name),
    period,
    counted,
    seatsByMonth: counted.seatsByMonth,
    restated: new Set(),
    watermarks: watermarksFor(answered, period, statusOf),
  })
  return { ...answer, asOf: lastEmittedAt }
}

/** The least watermarks that give these statuses: a statement must not change with a watermark that moved on. */
function watermarksFor(
  { zone, settleMs }: AnsweredProfile,
  period: Period,
  statusOf: StatementKey['statusOf'],
): Watermarks {
  const { toAtMs } = rangeOf(zone, period)
  const least = (topic: 'calls' | 'tickets') => {
    if (statusOf[topic] === 'open') return null
    return statusOf[topic] === 'final' ? toAtMs + settleMs[topic] : toAtMs
  }
  return { callsAtMs: least('calls'), ticketsAtMs: least('tickets') }
}

/** What changed since a statement was issued, as the API says it. */
import Type, { type Static } from 'typebox'
import type { Call } from '../../kpi/call.ts'
import { type Fraction, ratioOf } from '../../kpi/fraction.ts'
import { isoOf } from '../../kpi/instant-text.ts'
import { fractionIn, KPI_IDS } from '../../kpi/kpi.ts'
import { KPIS } from '../../kpi/kpis.ts'
import { percentOf } from '../../kpi/rounding.ts'
import type { Ticket } from '../../kpi/ticket.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import type { Change } from '../statements/statement-diff.ts'
import type { CountedPeriod } from '../store/store-reader.ts'
import { Count, Evidence, Instant, orNull, Simulated } from './shapes.ts'
import type { StatementAnswer } from './statement-answer.ts'

const Figure = Type.Object({ numerator: Count, denominator: Count, percent: orNull(Type.String()) })
const Spoke = orNull(
  Type.Object({ revision: Type.Integer(), emittedAt: Instant }, { description: 'null: no record of it spoke.' }),
)

export const StatementDiffAnswer = Type.Object({
  id: Type.String(),
  period: Type.String(),
  simulated: Simulated,
  evidence: Type.Object({
    issued: Type.Object({ calls: Evidence, tickets: Evidence, dueTickets: Evidence }),
    now: Type.Object({ calls: Evidence, tickets: Evidence, dueTickets: Evidence }),
  }),
  definitions: Type.Object(
    { issued: Type.String(), now: Type.String() },
    { description: 'Where they differ, so do figures without any record that changed.' },
  ),
  kpis: Type.Array(
    Type.Object({
      id: Type.Enum([...KPI_IDS]),
      nameZh: Type.String(),
      issued: Figure,
      now: Figure,
      differencePoints: orNull(Type.Number({ description: 'Now minus issued, percentage points.' })),
    }),
    { description: 'The figures that differ now, by numerator or denominator.' },
  ),
  records: Type.Array(
    Type.Object({
      kind: Type.Enum(['call', 'ticket']),
      id: Type.String(),
      at: Type.String({ description: 'arrivedAt or acceptedAt' }),
      issued: Spoke,
      now: Spoke,
      kpis: Type.Array(Type.Enum([...KPI_IDS]), {
        description: 'The figures that it moved; none if what changed is not counted.',
      }),
    }),
    { description: 'The calls and tickets that do not speak as they did, or did not then.' },
  ),
  isComplete: Type.Boolean({ description: 'false if there are more records than are listed.' }),
})
export type StatementDiffAnswer = Static<typeof StatementDiffAnswer>

export interface Difference {
  statement: StatementAnswer
  now: CountedPeriod
  evidenceNow: StatementAnswer['evidence']
  calls: readonly Change<Call>[]
  tickets: readonly Change<Ticket>[]
  isComplete: boolean
}

export function statementDiffAnswerOf(answered: AnsweredProfile, difference: Difference): StatementDiffAnswer {
  const { statement, now, evidenceNow, calls, tickets, isComplete } = difference
  const { zone } = answered
  const callRecord = ({ callId, arrivedAtMs }: Call) => ({
    kind: 'call' as const,
    id: callId,
    at: isoOf(zone, arrivedAtMs),
  })
  const ticketRecord = ({ ticketId, acceptedAtMs }: Ticket) => ({
    kind: 'ticket' as const,
    id: ticketId,
    at: isoOf(zone, acceptedAtMs),
  })
  const spoke = (record: Call | Ticket | null) =>
    record === null ? null : { revision: record.revision, emittedAt: isoOf(zone, record.emittedAtMs) }
  const said = <Shape extends Call | Ticket>({ issued, now, kpis }: Change<Shape>) => ({
    ...{ issued: spoke(issued), now: spoke(now), kpis },
  })
  return {
    id: statement.id,
    period: statement.period,
    simulated: statement.simulated || now.isSimulated,
    evidence: { issued: statement.evidence, now: evidenceNow },
    definitions: { issued: statement.definitions, now: answered.definitions },
    kpis: changedFigures(answered, statement, now),
    records: [
      ...calls.map((change) => ({ ...callRecord((change.issued ?? change.now)!), ...said(change) })),
      ...tickets.map((change) => ({ ...ticketRecord((change.issued ?? change.now)!), ...said(change) })),
    ],
    isComplete,
  }
}

function changedFigures({ profile }: AnsweredProfile, statement: StatementAnswer, now: CountedPeriod) {
  const figure = (fraction: Fraction) => ({ ...fraction, percent: percentOf(fraction, profile.report) })
  return KPIS.flatMap((kpi) => {
    const said = statement.kpis.find(({ id }) => id === kpi.id)
    if (said === undefined) return []
    const issued = { numerator: said.numerator, denominator: said.denominator }
    const present = fractionIn(now, kpi)
    if (issued.numerator === present.numerator && issued.denominator === present.denominator) return []
    const [before, after] = [ratioOf(issued), ratioOf(present)]
    const differencePoints = before === null || after === null ? null : Number((100 * (after - before)).toFixed(6))
    return [{ id: kpi.id, nameZh: kpi.nameZh, issued: figure(issued), now: figure(present), differencePoints }]
  })
}

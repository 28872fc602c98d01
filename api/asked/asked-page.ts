/** The parameters of a question for records, and what they ask for. */
import Type from 'typebox'
import type { Zone } from '../../kpi/zone.ts'
import type { PageQuestion } from '../store/record-reader.ts'
import { askedRange } from './asked-range.ts'
import { placeOf } from './page-cursor.ts'

const RECORDS_DEFAULT = 100
const RECORDS_MAX = 1_000

/** @param outcomes those of calls, or the statuses of tickets */
export const pageQuery = <Outcome extends string>(outcomes: readonly Outcome[], description: string) =>
  Type.Object(
    {
      from: Type.String({ maxLength: 40, description: 'In. A date, a local time, or a time with its offset.' }),
      to: Type.String({ maxLength: 40, description: 'Out. The same forms.' }),
      line: Type.Optional(Type.String({ maxLength: 256, description: 'Without it all.' })),
      region: Type.Optional(
        Type.String({ maxLength: 256, description: 'Empty for the unknown region; without it all.' }),
      ),
      outcome: Type.Optional(Type.Enum([...outcomes], { description })),
      cursor: Type.Optional(Type.String({ maxLength: 1_000, description: 'nextCursor of the page before.' })),
      limit: Type.Integer({
        minimum: 1,
        maximum: RECORDS_MAX,
        default: RECORDS_DEFAULT,
        description: 'Records of a page.',
      }),
    },
    { additionalProperties: false },
  )

export interface AskedPage {
  from: string
  to: string
  line?: string
  region?: string
  outcome?: string
  cursor?: string
  limit: number
}

/** One record more than asked is read: whether there is another page. */
export function questionOf(zone: Zone, asked: AskedPage): PageQuestion {
  return {
    range: askedRange(zone, asked),
    line: asked.line ?? null,
    region: asked.region ?? null,
    outcome: asked.outcome ?? null,
    after: asked.cursor === undefined ? null : placeOf(asked.cursor),
    rowsMax: asked.limit + 1,
  }
}

/** What is wrong with a question, as RFC 9457 says it: `application/problem+json` with a code that never changes. */
import Type, { type Static } from 'typebox'

export const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String({ description: 'The phrase of the HTTP status.' }),
    status: Type.Integer(),
    code: Type.String({ description: 'Stable; what programs look at.' }),
    detail: Type.String({ description: 'What was wrong here, and what was expected.' }),
    parameter: Type.Optional(Type.String({ description: 'The parameter that was wrong.' })),
  },
  { description: 'application/problem+json, RFC 9457' },
)
export type Problem = Static<typeof Problem>

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

/** There is no call, ticket or window of that id. */
export class RecordUnknownError extends Error {
  override readonly name = 'RecordUnknownError'
  readonly code = 'STEADYLINE_RECORD_UNKNOWN'

  constructor(kind: 'call' | 'ticket' | 'window', id: string) {
    super(`There is no ${kind} with the id ${JSON.stringify(id)}`)
  }
}

/** The asker takes none of the forms in which there is an answer. */
export class FormUnknownError extends Error {
  override readonly name = 'FormUnknownError'
  readonly code = 'STEADYLINE_FORM_UNKNOWN'

  constructor(forms: readonly string[]) {
    super(`Accept names no form in which there is an answer, expected ${forms.join(', ')}`)
  }
}

/** A question that cannot be answered as it was asked. */
export class ParameterInvalidError extends Error {
  override readonly name = 'ParameterInvalidError'
  readonly statusCode = 400
  readonly code: `STEADYLINE_${string}`
  readonly parameter: string

  constructor(
    parameter: string,
    detail: string,
    code: 'STEADYLINE_PARAMETER_INVALID' | 'STEADYLINE_RANGE_TOO_LONG' = 'STEADYLINE_PARAMETER_INVALID',
  ) {
    super(detail)
    this.code = code
    this.parameter = parameter
  }
}

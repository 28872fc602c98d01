import { SteadylineError } from '../../schemas/errors.ts'

/** A statement that must not be issued as things are. */
export class StatementRefusedError extends SteadylineError {
  override readonly name = 'StatementRefusedError'

  constructor(code: 'STEADYLINE_PERIOD_NOT_FINAL' | 'STEADYLINE_EVIDENCE_LESS', message: string) {
    super(code, 1, message)
  }
}

/** There is no statement of that id. */
export class StatementUnknownError extends SteadylineError {
  override readonly name = 'StatementUnknownError'

  constructor(id: string) {
    super('STEADYLINE_STATEMENT_UNKNOWN', 1, `There is no statement with the id ${JSON.stringify(id)}`)
  }
}

import { SteadylineError } from '../../schemas/errors.ts'

/** The store did not answer, or not with our tables. Asking again later may help; nothing is wrong with the question. */
export class StoreUnreachableError extends SteadylineError {
  override readonly name = 'StoreUnreachableError'

  constructor(code: 'STEADYLINE_STORE_UNREACHABLE' | 'STEADYLINE_STORE_NOT_READY', message: string, cause: unknown) {
    super(code, 3, message, { cause })
  }
}

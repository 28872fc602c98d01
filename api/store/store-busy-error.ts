import { SteadylineError } from '../../schemas/errors.ts'

/** The store is there and has too much to do, or this question is too much for it. */
export class StoreBusyError extends SteadylineError {
  override readonly name = 'StoreBusyError'

  constructor(code: 'STEADYLINE_STORE_BUSY' | 'STEADYLINE_QUERY_TIMED_OUT', message: string, cause?: unknown) {
    super(code, 3, message, { cause })
  }
}

/**
 * Errors that a person reads. Every message says where, what, what was expected and what to do.
 *
 * Exit codes: 1 the answer is no, 2 wrong use or configuration, 3 a server could not be reached.
 */
export class SteadylineError extends Error {
  override readonly name: string = 'SteadylineError'
  readonly code: `STEADYLINE_${string}`
  readonly exitCode: 1 | 2 | 3

  constructor(code: `STEADYLINE_${string}`, exitCode: 1 | 2 | 3, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.exitCode = exitCode
  }
}

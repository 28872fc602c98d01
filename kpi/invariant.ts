/** A promise inside the program that did not hold. Never the fault of the input: that is an ordinary error. */
export class InvariantBrokenError extends Error {
  override readonly name = 'InvariantBrokenError'
  readonly code = 'STEADYLINE_INVARIANT_BROKEN'
}

/** Stops the program where a promise of its own does not hold, before a wrong figure can be written. */
export function invariant(holds: boolean, promise: string): asserts holds {
  if (!holds) throw new InvariantBrokenError(`This should be true and is not: ${promise}. Please report it.`)
}

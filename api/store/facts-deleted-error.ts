import { isoOf } from '../../kpi/instant-text.ts'
import type { Zone } from '../../kpi/zone.ts'
import { SteadylineError } from '../../schemas/errors.ts'

/** What was asked for needs records that were deleted with their sealed years. */
export class FactsDeletedError extends SteadylineError {
  override readonly name = 'FactsDeletedError'

  constructor(zone: Zone, sealedBeforeMs: number, why: string) {
    super(
      'STEADYLINE_FACTS_DELETED',
      1,
      `The records before ${isoOf(zone, sealedBeforeMs)} were deleted, and ${why}. The figures of that time stay: ask for them without it.`,
    )
  }
}

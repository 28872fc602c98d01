import { isoOf } from '../../kpi/instant-text.ts'
import type { Zone } from '../../kpi/zone.ts'
import { SteadylineError } from '../../schemas/errors.ts'

/** What was asked for needs records that were deleted with their sealed years. */
export class FactsDeletedError extends SteadylineError {
  override readonly name: string = 'FactsDeletedError'

  constructor(
    zone: Zone,
    sealedBeforeMs: number,
    why: string,
    whatToDo = 'The figures of that time stay: ask for them without it.',
  ) {
    super(
      'STEADYLINE_FACTS_DELETED',
      1,
      `The records before ${isoOf(zone, sealedBeforeMs)} were deleted, and ${why}. ${whatToDo}`,
    )
  }
}

/** Definitions that were made after the records of a time were deleted have no figures of it. */
export class SeriesNotSealedError extends FactsDeletedError {
  override readonly name = 'SeriesNotSealedError'

  constructor(zone: Zone, sealedBeforeMs: number, definitions: string) {
    super(
      zone,
      sealedBeforeMs,
      `these definitions (${definitions}) were not counted over them`,
      'Ask with a profile whose definitions were counted then, or for a later time.',
    )
  }
}

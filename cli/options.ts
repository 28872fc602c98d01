/** Options as people type them, read whole: a wrong one says which, what it is and what was expected. */
import { instantOfText } from '../kpi/instant-text.ts'
import type { Zone } from '../kpi/zone.ts'
import { SteadylineError } from '../schemas/errors.ts'

/** ISO with offset, or local without one, or a date: epoch ms. */
export function instantOption(zone: Zone, option: string, text: string): number {
  const atMs = instantOfText(zone, text)
  if (atMs !== null) return atMs
  throw invalid(option, text, `an instant such as 2023-01-01, 2023-01-01T08:00 (${zone.name}) or 2023-01-01T00:00:00Z`)
}

/** A number of at least `min`. */
export function numberOption(
  option: string,
  text: string,
  { isWhole, min }: { isWhole: boolean; min: number },
): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value) && value >= min && (!isWhole || Number.isSafeInteger(value)))
    return value
  throw invalid(option, text, `a ${isWhole ? 'whole ' : ''}number of ${min} or more`)
}

/** `max`, or a factor of real time such as `60x`. */
export function speedOption(text: string): 'max' | number {
  if (text === 'max') return 'max'
  const factor = Number(/^(\d+(?:\.\d+)?)x$/.exec(text)?.[1])
  if (factor > 0) return factor
  throw invalid('--speed', text, 'max, or a factor of real time such as 1x or 60x')
}

function invalid(option: string, text: string, expected: string): SteadylineError {
  return new SteadylineError(
    'STEADYLINE_OPTION_INVALID',
    2,
    `${option} is ${JSON.stringify(text)}, expected ${expected}.`,
  )
}

import { parse } from 'tinyduration'
import { SteadylineError } from '../schemas/errors.ts'

const SHORT = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/
const UNIT_MS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }

/** A length of time as people type it, `90s`, `10m`, `1h`, or ISO 8601 `PT10M`, in ms. */
export function lengthMsOf(text: string, option: string): number {
  const short = SHORT.exec(text)
  if (short !== null) return Number(short[1]) * UNIT_MS[short[2]!]!
  try {
    const { weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0 } = parse(text)
    return ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000
  } catch {
    throw new SteadylineError(
      'STEADYLINE_OPTION_INVALID',
      2,
      `${option} is ${JSON.stringify(text)}, expected a length of time such as 90s, 10m or PT1H.`,
    )
  }
}

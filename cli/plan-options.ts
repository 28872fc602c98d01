/** The options of `steadyline plan` as the inputs of a plan. */
import type { PlanInputs, PlanKind } from '../api/planning/plan-inputs.ts'
import { SteadylineError } from '../schemas/errors.ts'
import type { Profile } from '../schemas/profile.ts'
import type { Language } from './language.ts'
import { numberOption } from './options.ts'
import { readRoster } from './roster-file.ts'
import type { SiteOptions } from './site.ts'

export interface PlanOptions extends SiteOptions {
  year?: string
  from?: string
  to?: string
  capture?: string
  volume?: string
  handling?: string
  handlingTimes?: 'empirical' | 'log-normal'
  arrivals?: 'recorded' | 'fitted'
  patience?: string
  redials?: string
  wrapUp?: string
  queueMax?: string
  outboundIdle?: string
  roster?: string
  seats?: string
  seeds?: string
  seed?: string
  floor?: string
  rollingFloor?: string
  tolerance?: string
  seatsMax?: string
  weeks?: string
  hoursPerPerson?: string
  shrinkage?: string
  costPerPerson?: string
  rosterOut?: string
  out?: string
  format: 'table' | 'json' | 'csv'
  lang?: Language
  bom?: boolean
}

/** Numbers by the name of their option: how the input is called, and its least value. */
const NUMBERS = {
  volume: ['volume', 0.01, false],
  handling: ['handling', 0.01, false],
  patience: ['patienceSeconds', 1, false],
  redials: ['redialRatio', 0, false],
  wrapUp: ['wrapUpSeconds', 0, false],
  queueMax: ['queueLengthMax', 0, true],
  outboundIdle: ['outboundIdleSeats', 0, true],
  seeds: ['seeds', 1, true],
  seed: ['seed', 0, true],
  floor: ['floor', 0, false],
  rollingFloor: ['rollingFloor', 0, false],
  tolerance: ['tolerancePoints', 0, false],
  seatsMax: ['seatsMax', 1, true],
  weeks: ['weeks', 1, true],
  hoursPerPerson: ['hoursPerPerson', 1, false],
  shrinkage: ['shrinkage', 0, false],
  costPerPerson: ['costPerPerson', 0, false],
} as const satisfies Partial<Record<keyof PlanOptions, readonly [keyof PlanInputs, number, boolean]>>

/** Options that are shares, and say so if they are given as percent. */
const SHARES = ['redials', 'floor', 'rollingFloor', 'shrinkage'] as const

export function planInputs(kind: PlanKind, options: PlanOptions, profile: Profile): PlanInputs {
  const inputs: Record<string, unknown> = {}
  for (const [option, [name, min, isWhole]] of Object.entries(NUMBERS) as [
    keyof typeof NUMBERS,
    readonly [string, number, boolean],
  ][]) {
    const text = options[option]
    if (text !== undefined) inputs[name] = numberOption(`--${dashed(option)}`, text, { isWhole, min })
  }
  for (const option of SHARES) {
    if (Number(options[option]) > 1)
      throw invalid(`--${dashed(option)}`, options[option]!, 'a share from 0 to 1, such as 0.95')
  }
  if (options.handlingTimes !== undefined) inputs.handlingTimes = options.handlingTimes
  if (options.arrivals !== undefined) inputs.arrivals = options.arrivals
  if (options.roster !== undefined) {
    inputs.roster =
      options.roster === 'profile' || options.roster === 'seen' ? options.roster : readRoster(options.roster)
  }
  if (options.seats !== undefined) inputs.seatFactors = seatFactors(options.seats, profile)
  if (kind === 'forecast' && options.from !== undefined) inputs.from = options.from
  return inputs as PlanInputs
}

/** `-20%` for all seats, or by peak: `evening=-20%,weekday-morning=+10%`. */
function seatFactors(text: string, profile: Profile): { period: string; factor: number }[] {
  const periods = [...profile.peaks, ...(profile.special ?? [])].map(({ id }) => id)
  return text.split(',').map((part) => {
    const found = /^(?:([^=]+)=)?([+-]?\d+(?:\.\d+)?)%$/.exec(part.trim())
    const period = found?.[1] ?? 'all'
    const factor = 1 + Number(found?.[2]) / 100
    if (!(factor >= 0) || (period !== 'all' && !periods.includes(period))) {
      throw invalid(
        '--seats',
        text,
        `a change such as -20%, or one by peak such as ${periods[0] ?? 'evening'}=-20% (${periods.join(', ')})`,
      )
    }
    return { period, factor }
  })
}

function dashed(option: string): string {
  return option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function invalid(option: string, text: string, expected: string): SteadylineError {
  return new SteadylineError(
    'STEADYLINE_OPTION_INVALID',
    2,
    `${option} is ${JSON.stringify(text)}, expected ${expected}.`,
  )
}

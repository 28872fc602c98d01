/** A profile as the simulation reads it: zone, holidays and weighted choices made ready once. */
import type { Holidays } from '../../kpi/holidays.ts'
import type { Channel } from '../../kpi/ticket.ts'
import { type Zone, zoneOf } from '../../kpi/zone.ts'
import { SteadylineError } from '../../schemas/errors.ts'
import type { Profile } from '../../schemas/profile.ts'
import { holidaysOf } from '../../schemas/profile-windows.ts'
import type { Simulation } from '../../schemas/simulation.ts'
import { type Choice, choiceOf } from './choice.ts'
import { WorkingDays } from './working-days.ts'

export type Demo = Simulation['demos'][string]
export type RequestKindRule = Simulation['tickets']['kinds'][number]
export type CategoryRule = Simulation['tickets']['categories'][number]

export interface Hotline {
  profile: Profile
  simulation: Simulation
  zone: Zone
  holidays: Holidays
  workingDays: WorkingDays
  /** Variation asked for by name; null for the ordinary year. */
  demo: Demo | null
  lines: Choice<string>
  regions: Choice<string>
  channels: Choice<Channel>
  categories: Choice<CategoryRule>
  kinds: Choice<RequestKindRule>
  ratings: Choice<number>
  followUpAnswers: Choice<number>
  surveyAnswers: Choice<number>
}

const GRADES = [1, 2, 3, 4, 5]
const UNKNOWN_REGION = ''

/**
 * Makes a profile ready.
 *
 * @param demoName  a name under `simulation.demos`
 */
export function hotlineOf(profile: Profile, demoName?: string): Hotline {
  const simulation = simulationOf(profile)
  const { callers, tickets, ratings, followUps } = simulation
  const holidays = holidaysOf(profile)
  const lines = profile.lines.map((line) => line.number)
  const regions = Object.keys(profile.regions)
  const channels = Object.keys(tickets.channelShares) as (keyof typeof tickets.channelShares)[]
  return {
    profile,
    simulation,
    zone: zoneOf(profile.timeZone),
    holidays,
    workingDays: new WorkingDays(holidays),
    demo: demoName === undefined ? null : demoOf(simulation, demoName),
    lines: choiceOf(lines, (line) => callers.lineShares[line]),
    regions: choiceOf(regions.length === 0 ? [UNKNOWN_REGION] : regions, (region) => callers.regionShares[region]),
    channels: choiceOf(channels, (channel) => tickets.channelShares[channel]),
    categories: choiceOf(tickets.categories, (category) => category.share),
    kinds: choiceOf(tickets.kinds, (kind) => kind.share),
    ratings: choiceOf(GRADES, (grade) => ratings.shares[grade - 1]),
    followUpAnswers: choiceOf(GRADES, (grade) => followUps.satisfactionShares[grade - 1]),
    surveyAnswers: choiceOf(GRADES, (grade) => tickets.directSurveyShares[grade - 1]),
  }
}

/** `08:30` as milliseconds since local midnight. */
export function timeOfDayMs(text: string): number {
  const [hours, minutes] = text.split(':').map(Number)
  return (hours! * 60 + minutes!) * 60_000
}

function simulationOf(profile: Profile): Simulation {
  if (profile.simulation !== undefined) return profile.simulation
  throw new SteadylineError(
    'STEADYLINE_SIMULATION_MISSING',
    2,
    `Profile ${profile.id} has no section "simulation", expected one to generate calls from. ` +
      'Copy it from profiles/panjin-2023.yaml, or feed your own records instead.',
  )
}

function demoOf(simulation: Simulation, name: string): Demo {
  const demo = simulation.demos[name]
  if (demo !== undefined) return demo
  const names = Object.keys(simulation.demos).join(', ') || 'none'
  throw new SteadylineError(
    'STEADYLINE_DEMO_UNKNOWN',
    2,
    `There is no demonstration ${name}, expected one of: ${names}.`,
  )
}

/**
 * The profile: calendar, definitions, targets, tolerance and evaluation of one contract, as people write it in YAML.
 *
 * It is checked whole: every problem is reported at once, each with its line.
 */
import { createHash } from 'node:crypto'
import Type, { type Static } from 'typebox'
import { instantOfText } from '../kpi/instant-text.ts'
import { KPI_IDS } from '../kpi/kpi.ts'
import { WEEKDAYS } from '../kpi/local-date.ts'
import { windowProblems } from '../kpi/window-problems.ts'
import { type Zone, zoneOf, zoneProblem } from '../kpi/zone.ts'
import { canonicalJson } from './canonical-json.ts'
import { checkedYaml, type IsShaped, type YamlProblem } from './checked-yaml.ts'
import { SteadylineError } from './errors.ts'
import { Evaluation } from './evaluation.ts'
import { evaluationProblems } from './evaluation-problems.ts'
import { windowDefinitionsOf } from './profile-windows.ts'
import { Simulation } from './simulation.ts'

const strict = { additionalProperties: false }

const LocalDate = Type.String({
  pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
  description: 'a date, YYYY-MM-DD',
})
/** Windows may begin and end within a day: a storm does. */
const DateOrLocalTime = Type.String({
  pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])(T([01]\\d|2[0-3]):[0-5]\\d)?$',
  description: 'a date, YYYY-MM-DD, or a local time, YYYY-MM-DDTHH:MM',
})
const LocalTime = Type.String({
  pattern: '^([01]\\d|2[0-3]):(00|15|30|45)$|^24:00$',
  description: 'a local time on a quarter-hour, HH:MM',
})
const Slug = Type.String({ pattern: '^[a-z][a-z0-9-]{0,62}$', description: 'lower-case letters, digits and hyphens' })
const Ratio = Type.Number({ minimum: 0, maximum: 1 })

/** A name in one language for both, or one for each. */
export const Name = Type.Union(
  [Type.String({ minLength: 1 }), Type.Object({ zh: Type.String(), en: Type.String() }, strict)],
  { description: 'a name, or one for each language as { zh: …, en: … }' },
)
export type Name = Static<typeof Name>

const Days = Type.Union(
  [
    Type.Literal('workday'),
    Type.Literal('offday'),
    Type.Literal('all'),
    Type.Enum([...WEEKDAYS]),
    Type.Array(Type.Enum([...WEEKDAYS]), { minItems: 1 }),
  ],
  { description: 'workday, offday, all, or names of weekdays' },
)

export const Profile = Type.Object(
  {
    id: Slug,
    name: Name,
    contract: Type.Object(
      {
        from: LocalDate,
        to: LocalDate,
        settleEvery: Type.Literal('P3M', { description: 'P3M: settlements are by the quarter' }),
        amountCny: Type.Number({ minimum: 0 }),
        persons: Type.Integer({ minimum: 1 }),
      },
      strict,
    ),
    timeZone: Type.String({ minLength: 1, description: 'an IANA zone such as Asia/Shanghai' }),
    settleHours: Type.Number({ minimum: 0, maximum: 24 * 366 }),
    ticketSettleDays: Type.Number({ minimum: 0, maximum: 3660 }),
    holidays: Type.Union([Type.Literal('cn'), Type.Literal('none')], { description: 'cn or none' }),
    lines: Type.Array(Type.Object({ number: Type.String({ minLength: 1, maxLength: 256 }), name: Name }, strict), {
      minItems: 1,
    }),
    regions: Type.Record(Type.String(), Name),
    definitions: Type.Object(
      {
        shortAbandonMsMax: Type.Integer({ minimum: 0, maximum: 600_000 }),
        answerThresholdMs: Type.Integer({ minimum: 0, maximum: 3_600_000 }),
        positiveRatingMin: Type.Integer({ minimum: 1, maximum: 5 }),
        satisfiedMin: Type.Integer({ minimum: 1, maximum: 5 }),
      },
      strict,
    ),
    report: Type.Object(
      {
        rounding: Type.Union([Type.Literal('half-up'), Type.Literal('half-even'), Type.Literal('truncate')], {
          description: 'half-up, half-even or truncate',
        }),
        decimals: Type.Integer({ minimum: 0, maximum: 6 }),
      },
      strict,
    ),
    peaks: Type.Array(Type.Object({ id: Slug, name: Name, days: Days, from: LocalTime, to: LocalTime }, strict)),
    special: Type.Optional(
      Type.Array(Type.Object({ id: Slug, name: Name, from: DateOrLocalTime, to: DateOrLocalTime }, strict)),
    ),
    stability: Type.Object(
      {
        tolerancePoints: Type.Number({ minimum: 0, maximum: 100 }),
        confidence: Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1 }),
        overdispersion: Type.Union([Type.Literal('laney'), Type.Literal('none')], { description: 'laney or none' }),
      },
      strict,
    ),
    targets: Type.Record(Type.String(), Ratio),
    published: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Object({ percent: Type.String({ pattern: '^\\d{1,3}(\\.\\d+)?$' }), source: Type.String() }, strict),
      ),
    ),
    notes: Type.Optional(Type.Array(Type.Object({ from: DateOrLocalTime, to: DateOrLocalTime, text: Name }, strict))),
    evaluation: Type.Optional(Evaluation),
    simulation: Type.Optional(Simulation),
  },
  strict,
)
export type Profile = Static<typeof Profile>

/** A profile that does not hold, with every problem found, in the order of the file. */
export class ProfileInvalidError extends SteadylineError {
  override readonly name = 'ProfileInvalidError'
  readonly problems: readonly string[]

  constructor(file: string, problems: readonly string[]) {
    super(
      'STEADYLINE_PROFILE_INVALID',
      2,
      `${file} is not a valid profile. Mend ${problems.length === 1 ? 'this line' : `these ${problems.length} places`} and try again:\n` +
        problems.map((problem) => `  ${problem}`).join('\n'),
    )
    this.problems = problems
  }
}

/**
 * Reads a profile from its YAML text.
 *
 * @param file  its name, for messages
 * @throws ProfileInvalidError with every problem and its line
 */
export function parseProfile(file: string, text: string): Profile {
  const { value, problems } = checkedYaml(text, () => ({
    schema: Profile,
    meaningProblems,
    whole: 'the profile',
    isFoundShown: true,
  }))
  if (value === null) throw new ProfileInvalidError(file, problems)
  return value
}

/** What a shape cannot say: that days and names exist, and that ranges are not empty. */
function meaningProblems(profile: Profile, isShaped: IsShaped): YamlProblem[] {
  const problems: YamlProblem[] = []
  const report = (path: readonly (string | number)[], problem: string) =>
    problems.push({ path: path.map(String), problem: `${path.join('.')}: ${problem}` })
  const zoneFault = isShaped('timeZone') ? zoneProblem(profile.timeZone) : null
  if (zoneFault !== null) report(['timeZone'], `${zoneFault}; expected an IANA name such as Asia/Shanghai`)
  const zone = zoneOf(isShaped('timeZone') && zoneFault === null ? profile.timeZone : 'UTC')
  if (isShaped('contract', 'from') && isShaped('contract', 'to'))
    reportRange(zone, ['contract'], profile.contract, report)
  if (isShaped('notes')) {
    for (const [at, note] of (profile.notes ?? []).entries()) reportRange(zone, ['notes', at], note, report)
  }
  if (isShaped('lines')) {
    const numbers = profile.lines.map(({ number }) => number)
    numbers.forEach((number, at) => {
      if (numbers.indexOf(number) < at) report(['lines', at, 'number'], `${JSON.stringify(number)} is used twice`)
    })
  }
  for (const section of ['targets', 'published'] as const) {
    for (const id of Object.keys(profile[section] ?? {})) if (!isKpi(id)) report([section, id], UNKNOWN_KPI)
  }
  if (profile.evaluation !== undefined && isShaped('evaluation') && isShaped('targets')) {
    problems.push(...evaluationProblems(profile.evaluation, profile.targets))
  }
  const peaksAt = shapedAt('peaks', profile.peaks, isShaped)
  const specialAt = shapedAt('special', profile.special, isShaped)
  const windows = windowDefinitionsOf({
    peaks: peaksAt.map((at) => profile.peaks[at]!),
    special: specialAt.map((at) => profile.special![at]!),
  })
  for (const { path, message } of windowProblems(windows, zone)) {
    const [list, at, ...field] = path
    report([list!, (list === 'peaks' ? peaksAt : specialAt)[Number(at)]!, ...field], message)
  }
  return problems
}

type Report = (path: readonly (string | number)[], problem: string) => void

/** A day that no calendar has would be read as no bound at all. */
function reportRange(
  zone: Zone,
  path: readonly (string | number)[],
  range: { from: string; to: string },
  report: Report,
): void {
  const fromAtMs = instantOfText(zone, range.from)
  const toAtMs = instantOfText(zone, range.to)
  if (fromAtMs === null) report([...path, 'from'], `${JSON.stringify(range.from)} is on no calendar`)
  if (toAtMs === null) report([...path, 'to'], `${JSON.stringify(range.to)} is on no calendar`)
  if (fromAtMs !== null && toAtMs !== null && fromAtMs >= toAtMs) {
    report([...path, 'to'], `expected a later date than ${path.join('.')}.from (\`to\` is out)`)
  }
}

/** Places of a list whose parts are as the schema wants them; none of what is no list. */
function shapedAt(list: string, parts: readonly unknown[] | undefined, isShaped: IsShaped): number[] {
  return Array.isArray(parts) ? [...parts.keys()].filter((at) => isShaped(list, String(at))) : []
}

const UNKNOWN_KPI = `no KPI has this id, expected one of ${KPI_IDS.join(', ')}`

/** A misspelled id would be a target that nobody is held to. */
function isKpi(id: string): boolean {
  const known: readonly string[] = KPI_IDS
  return known.includes(id)
}

/** First 12 hex digits of the SHA-256 of the validated profile as canonical JSON. */
export function profileVersionOf(profile: Profile): string {
  return createHash('sha256').update(canonicalJson(profile)).digest('hex').slice(0, 12)
}

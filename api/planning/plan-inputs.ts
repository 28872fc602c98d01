/** What a plan is asked for, as JSON: the body of `POST /v1/plans`, and what the command line makes of its options. */
import Type, { type Static } from 'typebox'

const strict = { additionalProperties: false }
const Seats = Type.Integer({ minimum: 0, maximum: 999 })

const RosterInput = Type.Object(
  {
    workday: Type.Array(Seats, { minItems: 96, maxItems: 96, description: 'Seats by quarter-hour from 00:00.' }),
    offday: Type.Array(Seats, { minItems: 96, maxItems: 96, description: 'The same on weekends and holidays.' }),
  },
  strict,
)

export const PLAN_KINDS = ['what-if', 'seats', 'forecast'] as const
export type PlanKind = (typeof PLAN_KINDS)[number]

export const PlanInputs = Type.Object(
  {
    from: Type.Optional(
      Type.String({
        maxLength: 40,
        description:
          'Start of the recorded period, on a quarter-hour; in. Default: the contract’s. Of a forecast: its first day.',
      }),
    ),
    to: Type.Optional(Type.String({ maxLength: 40, description: 'End of it; out.' })),
    volume: Type.Optional(
      Type.Number({ minimum: 0.01, maximum: 100, description: 'Factor on calls and outbound calls.' }),
    ),
    handling: Type.Optional(Type.Number({ minimum: 0.01, maximum: 100, description: 'Factor on talk and wrap-up.' })),
    patienceSeconds: Type.Optional(
      Type.Number({
        minimum: 1,
        maximum: 86_400,
        description: 'Mean patience, s. Default: estimated from the records.',
      }),
    ),
    redialRatio: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 0.99,
        description: 'Chance that one who was not answered calls again. Default: as recorded.',
      }),
    ),
    wrapUpSeconds: Type.Optional(
      Type.Number({ minimum: 0, maximum: 3_600, description: 'Mean wrap-up, s, log-normal. Default: as observed.' }),
    ),
    queueLengthMax: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 100_000,
        description: 'Callers who may wait at once. Default: as recorded.',
      }),
    ),
    outboundIdleSeats: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 999,
        description: 'Seats that outbound calls leave idle. Default: that of the profile’s simulation, else 1.',
      }),
    ),
    handlingTimes: Type.Optional(
      Type.Enum(['empirical', 'log-normal'], { description: 'How talk and wrap-up are drawn. Default: empirical.' }),
    ),
    arrivals: Type.Optional(
      Type.Enum(['recorded', 'fitted'], {
        description: 'Recorded first tries, or a process of the same shape. Default: recorded.',
      }),
    ),
    roster: Type.Optional(
      Type.Union([Type.Enum(['profile', 'seen']), RosterInput], {
        description:
          'Seats on duty: of the profile, as seen on calls (a lower bound), or as given. Default: profile if it generated the records, else seen.',
      }),
    ),
    seatFactors: Type.Optional(
      Type.Array(
        Type.Object(
          {
            period: Type.String({ maxLength: 64, description: 'Id of a peak or special period, or all.' }),
            factor: Type.Number({ minimum: 0, maximum: 10 }),
          },
          strict,
        ),
        { maxItems: 20 },
      ),
    ),
    seeds: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: 'Runs. Default: 20; of seats 8.' })),
    seed: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 1_000_000_000, description: 'The first of them. Default: 1.' }),
    ),
    tolerancePoints: Type.Optional(
      Type.Number({ minimum: 0, maximum: 100, description: 'Of seats: default that of the profile.' }),
    ),
    floor: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1,
        description: 'Of seats: least rate of the period and of each peak. Default: the recorded rate.',
      }),
    ),
    rollingFloor: Type.Optional(
      Type.Number({ minimum: 0, maximum: 1, description: 'Of seats: least rate of any 24 hours. Default: 0.95.' }),
    ),
    seatsMax: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 999, description: 'Of seats: most at once. Default: 60.' }),
    ),
    weeks: Type.Optional(Type.Integer({ minimum: 1, maximum: 53, description: 'Of a forecast. Default: 4.' })),
    hoursPerPerson: Type.Optional(
      Type.Number({ minimum: 1, maximum: 168, description: 'Paid in a week. Default: 40.' }),
    ),
    shrinkage: Type.Optional(
      Type.Number({ minimum: 0, maximum: 0.95, description: 'Share of these not at the seat. Default: 0.3.' }),
    ),
    costPerPerson: Type.Optional(Type.Number({ minimum: 0, description: 'Of one person in a year.' })),
  },
  strict,
)
export type PlanInputs = Static<typeof PlanInputs>

/** Longer than 192 quarter-hours of seats, each in a row of its own. */
const ROSTER_CSV_LENGTH_MAX = 16_384

/** The same as it may be asked for over HTTP: a roster also as the text of its file. */
export const AskedInputs = Type.Object(
  {
    ...PlanInputs.properties,
    rosterCsv: Type.Optional(
      Type.String({
        maxLength: ROSTER_CSV_LENGTH_MAX,
        description: 'A roster as CSV, day_class,from,to,seats, in place of roster; the plan says it as roster.',
      }),
    ),
  },
  strict,
)
export type AskedInputs = Static<typeof AskedInputs>

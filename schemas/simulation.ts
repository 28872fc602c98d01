/** The `simulation` section of a profile: what the generator needs to behave like the hotline of the contract. */
import Type, { type Static } from 'typebox'

const strict = { additionalProperties: false }

const Share = (description: string) => Type.Number({ minimum: 0, description: `a number from 0 up: ${description}` })
const Ratio = (description: string) =>
  Type.Number({ minimum: 0, maximum: 1, description: `a number from 0 to 1: ${description}` })
const Ms = (description: string) => Type.Integer({ minimum: 0, description: `whole milliseconds: ${description}` })
const Days = (description: string) => Type.Number({ minimum: 0, description: `a number of days: ${description}` })
const LogSd = (description: string) =>
  Type.Number({
    minimum: 0,
    maximum: 3,
    description: `a number from 0 to 3, standard deviation of the log: ${description}`,
  })
const LocalTime = Type.String({
  pattern: '^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$',
  description: 'a local time, HH:MM',
})
const LocalDate = Type.String({
  pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
  description: 'a date, YYYY-MM-DD',
})
const Shares = (count: number, description: string) =>
  Type.Array(Type.Number({ minimum: 0 }), {
    minItems: count,
    maxItems: count,
    description: `${count} numbers from 0 up: ${description}`,
  })

/** How many call, and when: a Poisson process whose rate is the product of all of these. */
const Demand = Type.Object(
  {
    callsPerDayMean: Share('calls that reach the hotline on a day whose every factor is 1, before redials'),
    monthFactors: Shares(12, 'the season, January to December'),
    weekdayFactors: Shares(7, 'Monday to Sunday, of days that are no holiday'),
    holidayFactor: Share('a weekday that is a public holiday'),
    makeUpWorkdayFactor: Share('a Saturday or Sunday on which people work'),
    dayLevelLogSd: LogSd('the random level of a whole day, mean 1'),
    hourLevelLogSd: LogSd('the random level of one hour, mean 1'),
    hourShares: Type.Object(
      {
        workday: Shares(24, 'the hours 0 to 23 of a workday, weighed against each other'),
        offday: Shares(24, 'the hours 0 to 23 of a weekend or holiday, weighed against each other'),
      },
      strict,
    ),
    surges: Type.Array(
      Type.Object(
        {
          special: Type.String({
            description: 'id of a special period; without one in the profile it does not happen',
          }),
          factor: Share('all calls of these days'),
          line: Type.Optional(Type.String({ description: 'the line that people dial more than on other days' })),
          lineSurplusRatio: Type.Optional(Ratio('calls to other lines that go to this one instead')),
        },
        strict,
      ),
    ),
  },
  strict,
)

const Callers = Type.Object(
  {
    count: Type.Integer({ minimum: 1, description: 'how many numbers ever call; a few of them call often' }),
    withheldRatio: Ratio('calls from a withheld number'),
    lineShares: Type.Record(Type.String(), Share('calls to this line, weighed against the others')),
    regionShares: Type.Record(Type.String(), Share('calls from this region, weighed against the others')),
    unknownRegionRatio: Ratio('calls whose region is not known'),
  },
  strict,
)

/** Before the queue: the menu 语音导航, and calls that are no citizen's. */
const Menu = Type.Object(
  {
    msMean: Ms('mean time in the menu before the caller asks for a person'),
    completedRatio: Ratio('calls that the menu answers by itself'),
    abandonedRatio: Ratio('calls that end in the menu without an answer'),
    blacklistedRatio: Ratio('calls from blocked numbers'),
    testRatio: Ratio('calls of technicians'),
  },
  strict,
)

const Queue = Type.Object(
  {
    lengthMax: Type.Integer({
      minimum: 0,
      description: 'callers who may wait at once; the next one is refused (NO_SEAT)',
    }),
    patienceMsMean: Ms('mean of the exponential time after which a caller hangs up'),
    flowOutAfterMs: Ms('a caller who has waited this long is passed on to another platform (FLOWED_OUT)'),
    systemFailedRatio: Ratio('calls that the platform drops when they ask for a person'),
    redialRatio: Ratio('callers who try again after they were not answered'),
    redialDelayMsMean: Ms('mean time until they do'),
  },
  strict,
)

const Shift = Type.Object(
  {
    id: Type.String({ minLength: 1 }),
    days: Type.Union([Type.Literal('workday'), Type.Literal('offday'), Type.Literal('all')], {
      description: 'workday, offday or all',
    }),
    from: LocalTime,
    to: LocalTime,
    posts: Type.Integer({ minimum: 1, description: 'persons on this roster; they take turns' }),
    seats: Type.Integer({ minimum: 0, description: 'how many of them are on duty on one day' }),
  },
  strict,
)

const Seats = Type.Object(
  {
    shifts: Type.Array(Shift, { minItems: 1 }),
    ringMsMean: Ms('mean time a seat rings before it answers'),
    talkMsMean: Ms('mean of the log-normal time of talk'),
    talkLogSd: LogSd('time of talk'),
    wrapUpMsMean: Ms('mean of the log-normal time a seat writes after a call'),
    wrapUpLogSd: LogSd('time of wrap-up'),
    noTalkRatio: Ratio('answered calls that end in the same millisecond'),
  },
  strict,
)

const Ratings = Type.Object(
  {
    ratio: Ratio('answered calls that are rated'),
    atOnceRatio: Ratio('of those, rated before the call is first written; the others come as a later revision'),
    delayMsMean: Ms('mean time until a later rating comes'),
    shares: Shares(5, 'ratings 1 to 5, weighed against each other'),
  },
  strict,
)

/** Follow-up calls 回访: outbound, on the same seats, while enough of them are idle. */
const FollowUps = Type.Object(
  {
    ratio: Ratio('closed dispatched tickets that are followed up'),
    delayDaysMean: Days('mean time from closing to the first try'),
    from: LocalTime,
    to: LocalTime,
    idleSeatsMin: Type.Integer({ minimum: 0, description: 'seats that stay free for callers while others call out' }),
    triesMax: Type.Integer({ minimum: 1, description: 'tries before a text message is sent instead' }),
    reachedRatio: Ratio('tries that reach the citizen'),
    talkMsMean: Ms('mean time of talk'),
    wrapUpMsMean: Ms('mean time of wrap-up'),
    satisfactionRatio: Ratio('citizens reached who say how satisfied they are'),
    satisfactionShares: Shares(5, 'their answers 1 to 5, weighed against each other'),
  },
  strict,
)

const channelShare = Type.Optional(Share('tickets of this channel, weighed against the others'))
const ChannelShares = Type.Object(
  { WEB: channelShare, APP: channelShare, WECHAT: channelShare, MAIL: channelShare, OTHER: channelShare },
  { ...strict, minProperties: 1 },
)

const Category = Type.Object(
  {
    code: Type.String({ maxLength: 256, description: 'class of the request, GB/T 39666 code where known' }),
    unit: Type.String({ maxLength: 256, description: 'responsible unit of dispatched requests' }),
    share: Share('requests of this class, weighed against the others'),
  },
  strict,
)

const Kind = Type.Object(
  {
    kind: Type.Enum(['CONSULT', 'HELP', 'COMPLAINT', 'REPORT', 'SUGGESTION', 'OTHER']),
    share: Share('requests of this kind, weighed against the others'),
    directRatio: Ratio('requests that the hotline settles itself'),
    dueWorkdays: Type.Integer({
      minimum: 1,
      maximum: 250,
      description: 'working days a unit has for a dispatched one',
    }),
  },
  strict,
)

const Tickets = Type.Object(
  {
    perAnsweredCallRatio: Ratio('answered calls that become a ticket'),
    otherChannelsPerDayMean: Share('tickets a day from other channels, on a day whose every factor is 1'),
    channelShares: ChannelShares,
    categories: Type.Array(Category, { minItems: 1 }),
    kinds: Type.Array(Kind, { minItems: 1 }),
    closedAtOnceRatio: Ratio('direct tickets closed as they are accepted'),
    directClosingMsMean: Ms('mean time until the other direct ones are closed'),
    dispatchedAtOnceRatio: Ratio('dispatched tickets that are dispatched as they are accepted'),
    dispatchingMsMean: Ms('mean time until the other ones are dispatched'),
    closingOfDueMean: Share('mean closing time as a share of the time until due'),
    closingLogSd: LogSd('closing time'),
    extendedRatio: Ratio('dispatched tickets whose due date is moved once'),
    extendedWorkdays: Type.Integer({ minimum: 1, maximum: 250, description: 'working days by which it is moved' }),
    withdrawnRatio: Ratio('dispatched tickets that the citizen withdraws'),
    neverClosedRatio: Ratio('dispatched tickets that no unit closes'),
    reopenedRatio: Ratio('closed dispatched tickets that are opened and closed once more'),
    directSurveyRatio: Ratio('direct tickets whose citizen answers a text message on how satisfied they are'),
    directSurveyDelayMsMean: Ms('mean time until that answer'),
    directSurveyShares: Shares(5, 'their answers 1 to 5, weighed against each other'),
  },
  strict,
)

/** Revisions long after: what was wrong and is mended. */
const Corrections = Type.Object(
  {
    callRatio: Ratio('calls corrected days later'),
    callVoidRatio: Ratio('of those, calls that are declared void'),
    callDelayDaysMax: Days('longest time until then'),
    ticketRatio: Ratio('tickets corrected months later'),
    ticketVoidRatio: Ratio('of those, tickets that are declared void'),
    ticketDelayDaysMax: Days('longest time until then'),
  },
  strict,
)

const Delivery = Type.Object(
  {
    duplicateRatio: Ratio('records published twice'),
    duplicateDelayMsMean: Ms('mean time until the second time'),
    lateRatio: Ratio('records published long after they were written'),
    lateMsMean: Ms('mean of that log-normal time'),
    lateLogSd: LogSd('that time'),
  },
  strict,
)

/** A variation of the year in which something goes wrong, so that the product is seen finding it. */
const Demo = Type.Object(
  {
    from: LocalDate,
    to: LocalDate,
    timeFrom: LocalTime,
    timeTo: LocalTime,
    seatsRatio: Ratio('share of the seats that are left between these times'),
  },
  strict,
)

export const Simulation = Type.Object(
  {
    demand: Demand,
    callers: Callers,
    menu: Menu,
    queue: Queue,
    seats: Seats,
    ratings: Ratings,
    followUps: FollowUps,
    tickets: Tickets,
    corrections: Corrections,
    delivery: Delivery,
    demos: Type.Record(Type.String(), Demo),
  },
  strict,
)
export type Simulation = Static<typeof Simulation>

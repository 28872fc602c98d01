/** What a map of an import may hold. docs/import.md */
import Type, { type Static, type TSchema } from 'typebox'
import { CALL_OUTCOMES, DIRECTIONS } from '../../kpi/call.ts'
import { CHANNELS, REQUEST_KINDS, RESOLUTIONS, TICKET_STATUSES } from '../../kpi/ticket.ts'

const strict = { additionalProperties: false }

const Text = Type.String({ minLength: 1, maxLength: 256, description: 'a text' })
/** Several columns make one value: of an instant (date and time apart) with a space between, else with a slash. */
const Column = Type.Union([Text, Type.Array(Text, { minItems: 2, maxItems: 4 })], {
  description: 'the name of a column, or a list of two to four',
})
const WORDS_MAX = 1_000
const oneOf = <Symbol extends string>(symbols: readonly Symbol[]) =>
  Type.Unsafe<Symbol>(Type.Enum([...symbols], { description: `one of ${symbols.join(', ')}` }))
const wordsFor = <Symbol extends string>(symbols: readonly Symbol[]) =>
  Type.Record(Type.String(), oneOf(symbols), { maxProperties: WORDS_MAX })
const Scores = Type.Record(
  Type.String(),
  Type.Union([Type.Integer({ minimum: 1, maximum: 5 }), Type.Null()], { description: '1 to 5, or null for not rated' }),
  { maxProperties: WORDS_MAX },
)
const Regions = Type.Record(Type.String(), Type.String({ maxLength: 256 }), { maxProperties: WORDS_MAX })

/** How a file is read, whatever it holds. */
const reading = {
  encoding: Type.Optional(
    Type.Enum(['utf-8', 'gbk', 'utf-16le'], { description: 'utf-8, gbk or utf-16le; found out where it is not given' }),
  ),
  times: Type.Optional(Type.Array(Text, { minItems: 1, maxItems: 10 })),
  revision: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: 'a whole number from 1 on' }),
  ),
}

const readingCsv = {
  ...reading,
  format: Type.Optional(Type.Literal('csv')),
  delimiter: Type.Optional(
    Type.Enum(['comma', 'tab', 'semicolon', 'pipe'], { description: 'comma, tab, semicolon or pipe' }),
  ),
  /** Names of the columns of a file that has no row of names. */
  header: Type.Optional(Type.Array(Text, { minItems: 1, maxItems: 500 })),
  /** Further words that stand for an empty cell. */
  empty: Type.Optional(Type.Array(Text, { maxItems: 50 })),
  /** Columns that tell one record from every other, where the export has no id. */
  idFrom: Type.Optional(Type.Array(Text, { minItems: 1, maxItems: 20 })),
}

const columnsOf = <Name extends string>(names: readonly Name[]) =>
  Type.Object(Object.fromEntries(names.map((name) => [name, Type.Optional(Column)])) as ColumnsOf<Name>, strict)
type ColumnsOf<Name extends string> = Record<Name, ReturnType<typeof Type.Optional<typeof Column>>>

export const CALL_FIELDS = [
  'id',
  'arrivedAt',
  'queuedAt',
  'answeredAt',
  'endedAt',
  'emittedAt',
  'ivrSeconds',
  'queueSeconds',
  'talkSeconds',
  'totalSeconds',
  'line',
  'region',
  'direction',
  'caller',
  'agent',
  'outcome',
  'rating',
] as const
export const TICKET_FIELDS = [
  'id',
  'acceptedAt',
  'dueAt',
  'closedAt',
  'followedUpAt',
  'emittedAt',
  'callId',
  'channel',
  'line',
  'region',
  'category',
  'kind',
  'status',
  'resolution',
  'unit',
  'satisfaction',
] as const

export const CsvCalls = Type.Object(
  {
    ...readingCsv,
    columns: columnsOf(CALL_FIELDS),
    values: Type.Optional(
      Type.Object(
        {
          outcome: Type.Optional(wordsFor(CALL_OUTCOMES)),
          direction: Type.Optional(wordsFor(DIRECTIONS)),
          rating: Type.Optional(Scores),
          region: Type.Optional(Regions),
        },
        strict,
      ),
    ),
    fixed: Type.Optional(
      Type.Object(
        {
          line: Type.Optional(Text),
          region: Type.Optional(Text),
          direction: Type.Optional(oneOf(DIRECTIONS)),
          outcome: Type.Optional(oneOf(CALL_OUTCOMES)),
        },
        strict,
      ),
    ),
  },
  strict,
)
export type CsvCalls = Static<typeof CsvCalls>

/** Asterisk's queue_log needs no columns: its events are known. */
export const QueueLogCalls = Type.Object(
  {
    ...reading,
    format: Type.Literal('asterisk-queue-log'),
    /** Which line a queue belongs to. */
    lines: Type.Optional(Type.Record(Type.String(), Text, { maxProperties: WORDS_MAX })),
    /** What it means to leave a queue by an event, where it should mean something else. */
    values: Type.Optional(Type.Object({ outcome: Type.Optional(wordsFor(CALL_OUTCOMES)) }, strict)),
    fixed: Type.Optional(Type.Object({ line: Type.Optional(Text), region: Type.Optional(Text) }, strict)),
  },
  strict,
)

export type QueueLogCalls = Static<typeof QueueLogCalls>

export const CsvTickets = Type.Object(
  {
    ...readingCsv,
    columns: columnsOf(TICKET_FIELDS),
    values: Type.Optional(
      Type.Object(
        {
          channel: Type.Optional(wordsFor(CHANNELS)),
          kind: Type.Optional(wordsFor(REQUEST_KINDS)),
          status: Type.Optional(wordsFor(TICKET_STATUSES)),
          resolution: Type.Optional(
            Type.Record(
              Type.String(),
              Type.Union([oneOf(RESOLUTIONS), Type.Null()], {
                description: `one of ${RESOLUTIONS.join(', ')}, or null for neither`,
              }),
            ),
          ),
          satisfaction: Type.Optional(Scores),
          region: Type.Optional(Regions),
        },
        strict,
      ),
    ),
    fixed: Type.Optional(
      Type.Object(
        {
          line: Type.Optional(Text),
          region: Type.Optional(Text),
          channel: Type.Optional(oneOf(CHANNELS)),
          kind: Type.Optional(oneOf(REQUEST_KINDS)),
          status: Type.Optional(oneOf(TICKET_STATUSES)),
        },
        strict,
      ),
    ),
  },
  strict,
)
export type CsvTickets = Static<typeof CsvTickets>

export type CallSource = CsvCalls | QueueLogCalls

/** Each source is held against the schema of its own format, so that problems speak of that one alone. */
export function mapSchemaFor(value: unknown): TSchema {
  const { calls, tickets } = (value ?? {}) as { calls?: unknown; tickets?: unknown }
  const Salt = Type.String({ minLength: 16, maxLength: 256, description: 'a secret of 16 characters or more' })
  return Type.Object(
    {
      salt: Type.Optional(Salt),
      calls: Type.Optional(oneOrEach(calls, (source) => (isQueueLog(source) ? QueueLogCalls : CsvCalls))),
      tickets: Type.Optional(oneOrEach(tickets, () => CsvTickets)),
    },
    strict,
  )
}

function oneOrEach(value: unknown, schemaOf: (source: unknown) => TSchema): TSchema {
  return Array.isArray(value) ? Type.Tuple(value.map(schemaOf)) : schemaOf(value)
}

export function isQueueLog(source: unknown): boolean {
  return (source as { format?: unknown } | null)?.format === 'asterisk-queue-log'
}

/** The map of an import: which column of an export is which field, as people write it in YAML. docs/import.md */
import { checkedYaml, type YamlProblem } from '../../schemas/checked-yaml.ts'
import { SteadylineError } from '../../schemas/errors.ts'
import { type CallSource, type CsvCalls, type CsvTickets, isQueueLog, mapSchemaFor } from './map-schema.ts'
import { FORMAT_NAMES, timeFormatProblem } from './time-format.ts'

export interface ImportMap {
  /** Key of the pseudonyms; null where the map makes none. */
  salt: string | null
  /** One for all files, or one for each in their order. */
  calls: readonly CallSource[]
  tickets: readonly CsvTickets[]
}

/** @throws SteadylineError (exit code 2) with every problem and its line. The salt is in none of them. */
export function parseImportMap(file: string, text: string): ImportMap {
  const { value, problems } = checkedYaml(text, (unchecked) => ({
    schema: mapSchemaFor(unchecked),
    meaningProblems: (checked, isShaped) => (isShaped() ? meaningProblems(checked as MapFile) : []),
  }))
  if (value === null) {
    throw new SteadylineError(
      'STEADYLINE_MAP_INVALID',
      2,
      `${file} is not a valid map. Mend ${problems.length === 1 ? 'this line' : `these ${problems.length} places`} and try again (docs/import.md):\n` +
        problems.map((problem) => `  ${problem}`).join('\n'),
    )
  }
  const { salt = null, calls, tickets } = value as MapFile
  return { salt, calls: listOf(calls), tickets: listOf(tickets) }
}

/** The file itself, once its shape is known to be right. */
interface MapFile {
  salt?: string
  calls?: CallSource | CallSource[]
  tickets?: CsvTickets | CsvTickets[]
}

function listOf<Source>(sources: Source | readonly Source[] | undefined): readonly Source[] {
  if (sources === undefined) return []
  return Array.isArray(sources) ? sources : [sources as Source]
}

function meaningProblems(map: MapFile): YamlProblem[] {
  const problems: YamlProblem[] = []
  if (map.calls === undefined && map.tickets === undefined) {
    problems.push({ path: [], problem: 'neither calls nor tickets, expected one of them or both' })
  }
  for (const kind of ['calls', 'tickets'] as const) {
    const sources = map[kind]
    for (const [index, source] of listOf<CallSource | CsvTickets>(sources).entries()) {
      const path = Array.isArray(sources) ? [kind, String(index)] : [kind]
      const report = (setting: string, problem: string) =>
        problems.push({
          path: [...path, ...setting.split('.')],
          problem: `${[...path, setting].join('.')}: ${problem}`,
        })
      timeProblems(source, report)
      if ('columns' in source) idProblems(source, map.salt, report)
      if (kind === 'calls' && 'columns' in source) callProblems(source as CsvCalls, map.salt, report)
      if (kind === 'tickets') ticketProblems(source as CsvTickets, report)
      if (isQueueLog(source) && map.salt === undefined) report('format', `callers need a salt. ${SALT_HINT}`)
    }
  }
  return problems
}

type Report = (setting: string, problem: string) => void

const SALT_HINT = 'Add `salt:` with a secret of 16 characters or more, and keep it: equal salts make equal pseudonyms.'

function timeProblems(source: CallSource | CsvTickets, report: Report): void {
  source.times?.forEach((format, index) => {
    const problem = timeFormatProblem(format)
    if (problem !== null)
      report(
        `times.${index}`,
        `${problem}, expected letters such as yyyy-MM-dd HH:mm:ss or one of ${FORMAT_NAMES.join(', ')}`,
      )
  })
}

function idProblems(source: CsvCalls | CsvTickets, salt: string | undefined, report: Report): void {
  const hasId = source.columns.id !== undefined
  if (hasId === (source.idFrom !== undefined)) {
    report(
      'columns',
      `${hasId ? 'both' : 'neither'} columns.id and idFrom, expected one of them: the column of the id, or the columns to make one of`,
    )
  }
  if (source.idFrom !== undefined && salt === undefined) report('idFrom', `made ids need a salt. ${SALT_HINT}`)
}

function callProblems({ columns, fixed }: CsvCalls, salt: string | undefined, report: Report): void {
  if (columns.arrivedAt === undefined) report('columns', 'arrivedAt is missing: when the call came in')
  if (columns.outcome === undefined && fixed?.outcome === undefined)
    report('columns', 'outcome is missing, here and in fixed')
  if (columns.line === undefined && fixed?.line === undefined)
    report('columns', 'line is missing, here and in fixed: the number that was dialled')
  if (columns.caller !== undefined && salt === undefined) report('columns.caller', `callers need a salt. ${SALT_HINT}`)
  const hasEnd = columns.endedAt ?? columns.totalSeconds ?? columns.talkSeconds ?? columns.queueSeconds
  if (hasEnd === undefined)
    report('columns', 'nothing says when a call ended: endedAt, totalSeconds, talkSeconds or queueSeconds')
  const hasAnswer = columns.answeredAt ?? columns.queueSeconds ?? columns.talkSeconds
  if (hasAnswer === undefined)
    report('columns', 'nothing says when a call was answered: answeredAt, queueSeconds or talkSeconds')
}

function ticketProblems({ columns, fixed }: CsvTickets, report: Report): void {
  if (columns.acceptedAt === undefined) report('columns', 'acceptedAt is missing: when the request was accepted')
  if (columns.status === undefined && fixed?.status === undefined)
    report('columns', 'status is missing, here and in fixed')
  if (columns.line === undefined && fixed?.line === undefined) report('columns', 'line is missing, here and in fixed')
}

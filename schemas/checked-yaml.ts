/** YAML that people write, checked whole against a schema: every problem at once, each with its line. */
import type { Static, TSchema } from 'typebox'
import { Settings } from 'typebox/system'
import Value from 'typebox/value'
import { isNode, LineCounter, parseDocument } from 'yaml'

Settings.Set({ maxErrors: 1_000 }) // all problems at once, not the library's first eight

/** What is wrong, and at which place of the document. */
export interface YamlProblem {
  path: readonly string[]
  problem: string
}

/** Whether the part at a path, and all that it holds, has its shape; without a path the whole. */
export type IsShaped = (...path: readonly string[]) => boolean

export interface YamlExpectation<Schema extends TSchema> {
  schema: Schema
  /**
   * What a shape cannot say. It may also be asked of a value with faults in its shape, so that everything is reported
   * at once: then it may only look at the parts of which `isShaped` says that they are as the schema wants them.
   */
  meaningProblems: (value: Static<Schema>, isShaped: IsShaped) => YamlProblem[]
  /** What the whole is called where a problem lies at its root. Default: the file. */
  whole?: string
  /** Whether a problem shows what was found. Default: no, for files that may hold what nobody should read in a log. */
  isFoundShown?: boolean
}

/** @param expectationOf  may look at the value, of any shape, to choose what to hold it against */
export function checkedYaml<Schema extends TSchema>(
  text: string,
  expectationOf: (value: unknown) => YamlExpectation<Schema>,
): { value: Static<Schema>; problems: [] } | { value: null; problems: [string, ...string[]] } {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter })
  const lineAt = (offset: number) => lineCounter.linePos(offset).line
  const [syntaxError, ...syntaxErrors] = document.errors.map(
    (error) => `line ${lineAt(error.pos[0])}: ${error.message.split('\n')[0]}`,
  )
  if (syntaxError !== undefined) return { value: null, problems: [syntaxError, ...syntaxErrors] }
  const lineOf = (path: readonly string[]): number => {
    for (let depth = path.length; depth >= 0; depth--) {
      const node = document.getIn(path.slice(0, depth), true)
      if (isNode(node) && node.range) return lineAt(node.range[0])
    }
    return 1
  }
  const value: unknown = document.toJS()
  const expectation = expectationOf(value)
  const found = shapeProblems(expectation, value, (path) => document.getIn(path))
  const isShaped: IsShaped = (...path) =>
    !found.some((fault) => path.every((step, at) => sameStep(fault.path, at, step)))
  found.push(...expectation.meaningProblems(value as Static<Schema>, isShaped))
  const [first, ...others] = found
    .map(({ path, problem }) => ({ line: lineOf(path), problem }))
    .sort((one, other) => one.line - other.line)
    .map(({ line, problem }) => `line ${line}: ${problem}`)
  if (first !== undefined) return { value: null, problems: [first, ...others] }
  return { value: value as Static<Schema>, problems: [] }
}

/** A fault at a shorter path is one of everything below it. */
function sameStep(faultAt: readonly string[], at: number, step: string): boolean {
  return at >= faultAt.length || faultAt[at] === step
}

/** One problem a place. A choice says better what it expects than each of its branches, so it goes first. */
function shapeProblems<Schema extends TSchema>(
  { schema, whole = 'the file', isFoundShown = false }: YamlExpectation<Schema>,
  value: unknown,
  foundAt: (path: readonly string[]) => unknown,
): YamlProblem[] {
  const problems = new Map<string, YamlProblem>()
  const report = (path: readonly string[], problem: string) => {
    const place = path.join('.') || whole
    if (!problems.has(place)) problems.set(place, { path, problem: `${place}: ${problem}` })
  }
  const errors = Value.Errors(schema, value).toSorted(
    (one, other) => Number(other.keyword === 'anyOf') - Number(one.keyword === 'anyOf'),
  )
  for (const error of errors) {
    const path = error.instancePath.split('/').slice(1).map(unescaped)
    if (error.keyword === 'additionalProperties') continue // each unknown setting is also reported by itself
    if (error.keyword === 'boolean') report(path, 'unknown setting')
    else if (error.keyword === 'required') {
      for (const missing of error.params.requiredProperties) report([...path, missing], 'missing')
    } else {
      const found = isFoundShown ? `, found ${JSON.stringify(foundAt(path))}` : ''
      report(path, `${expectedAt(schema, error.schemaPath) ?? error.message}${found}`)
    }
  }
  return [...problems.values()]
}

/** A step of a JSON pointer as the document writes it. */
function unescaped(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~')
}

/** The words in which the schema says what it expects at one of its places, where it has some. */
function expectedAt(schema: TSchema, schemaPath: string): string | undefined {
  let found: unknown = schema
  for (const step of schemaPath.split('/').slice(1)) found = (found as Record<string, unknown> | undefined)?.[step]
  const description = (found as { description?: string } | undefined)?.description
  return description === undefined ? undefined : `expected ${description}`
}

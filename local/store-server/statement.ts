import { StoreError } from './store-error.ts'
import { type Token, tokensOf } from './tokens.ts'

/** An `INSERT … FORMAT X` whose rows are bytes that follow the statement. */
export interface InsertOfBytes {
  kind: 'insert-of-bytes'
  /** Where the bytes begin: an index into the text that was read. */
  bytesFrom: number
  /** The same insert with its rows read from a file instead of from behind the statement. */
  fromFile(path: string): string
}

export interface OrdinaryStatement {
  /** `write`: an INSERT that brings its rows along or selects them. */
  kind: 'ordinary' | 'write'
  /** Named by a `FORMAT X` at the end; `null`: whatever the request prefers. */
  format: string | null
}

export type Statement = InsertOfBytes | OrdinaryStatement

/**
 * Reads how a statement of a request is to be carried out.
 *
 * @throws StoreError for what a server refuses and the embedded engine, a client's engine, would do:
 *   several statements at once, and files of the client's.
 */
export function readStatement(text: string): Statement {
  const tokens = tokensOf(text)
  const first = tokens.next()
  if (first.done === true) throw new StoreError(62, 'Empty query', 'SYNTAX_ERROR')
  return isWord(first.value, 'INSERT') ? readInsert(text, tokens) : readOrdinary([first.value, ...tokens])
}

function readInsert(text: string, tokens: Generator<Token>): Statement {
  const seen: Token[] = []
  let settingsFrom: number | null = null
  for (const token of tokens) {
    const before = seen.at(-1)
    seen.push(token)
    if (token.depth > 0 || before === undefined) continue
    if (isWord(token, 'SELECT') || isWord(token, 'WITH')) {
      return { ...readOrdinary([...seen, ...tokens]), kind: 'write' }
    }
    if (isWord(token, 'INFILE') && isWord(before, 'FROM')) throw clientFile('FROM INFILE')
    if (isWord(token, 'SETTINGS')) settingsFrom ??= token.from
    if (isWord(token, 'VALUES') && !isWord(before, 'FORMAT')) return insertValues(text, settingsFrom, token)
    if (isWord(before, 'FORMAT') && token.kind === 'word' && seen.length > 2) {
      const targetTo = settingsFrom ?? before.from
      return insertFrom(text.slice(0, targetTo), text.slice(targetTo, token.to), bytesAfter(text, token.to))
    }
  }
  return { kind: 'write', format: null }
}

/** `VALUES` with rows behind it in the statement may hold expressions and parameters: the engine reads them itself. */
function insertValues(text: string, settingsFrom: number | null, values: Token): Statement {
  if (text.slice(values.to).trim() !== '') return { kind: 'write', format: null }
  const targetTo = settingsFrom ?? values.from
  return insertFrom(text.slice(0, targetTo), `${text.slice(targetTo, values.from)} FORMAT Values`, text.length)
}

/** @param rest settings and format, which the grammar wants behind the file */
function insertFrom(target: string, rest: string, bytesFrom: number): InsertOfBytes {
  return { kind: 'insert-of-bytes', bytesFrom, fromFile: (path) => `${target} FROM INFILE '${path}' ${rest}` }
}

/** As ClickHouse has it: blanks and one line break after the name of the format belong to the statement. */
function bytesAfter(text: string, formatTo: number): number {
  const behind = /;?[ \t\f]*\r?\n?/y
  behind.lastIndex = formatTo
  behind.test(text)
  return behind.lastIndex
}

function readOrdinary(tokens: readonly Token[]): OrdinaryStatement {
  let format: string | null = null
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1]
    if (before?.text === ';' && token.text !== ';') {
      throw new StoreError(62, 'Syntax error (Multi-statements are not allowed)', 'SYNTAX_ERROR')
    }
    if (token.depth > 0 || before === undefined) continue
    if (isWord(token, 'OUTFILE') && isWord(before, 'INTO')) throw clientFile('INTO OUTFILE')
    if (isWord(before, 'FORMAT') && token.kind === 'word') format = token.text
  }
  return { kind: 'ordinary', format }
}

function isWord(token: Token, word: string): boolean {
  return token.kind === 'word' && token.text.toUpperCase() === word
}

function clientFile(clause: string): StoreError {
  return new StoreError(48, `${clause} names a file of the client, which this server cannot see`, 'NOT_IMPLEMENTED')
}

/** A piece of SQL that means something: white space and comments are left out. */
export interface Token {
  kind: 'word' | 'quoted' | 'sign'
  text: string
  /** Index of its first character. */
  from: number
  /** Index behind its last character. */
  to: number
  /** How many brackets are open around it; a bracket itself counts as outside. */
  depth: number
}

const SKIPPED = /(?:\s+|--[^\n]*|#[ !][^\n]*|\/\*[\s\S]*?(?:\*\/|$))+/y
const WORD = /[A-Za-z0-9_\u0080-\uffff]+/y
const QUOTED =
  /'(?:[^'\\]|\\[\s\S]|'')*'?|"(?:[^"\\]|\\[\s\S]|"")*"?|`(?:[^`\\]|\\[\s\S]|``)*`?|\$(\w*)\$[\s\S]*?\$\1\$/y

/**
 * The tokens of a statement in ClickHouse's SQL, as far as it takes to see where a word stands:
 * outside of comments, literals and brackets, or not.
 */
export function* tokensOf(sql: string): Generator<Token> {
  let at = 0
  let depth = 0
  while (at < sql.length) {
    at = endOf(SKIPPED, sql, at) ?? at
    if (at >= sql.length) return
    const word = endOf(WORD, sql, at)
    const quoted = word === null ? endOf(QUOTED, sql, at) : null
    const to = word ?? quoted ?? at + 1
    const text = sql.slice(at, to)
    if (text === ')' || text === ']' || text === '}') depth -= 1
    yield { kind: word !== null ? 'word' : quoted !== null ? 'quoted' : 'sign', text, from: at, to, depth }
    if (text === '(' || text === '[' || text === '{') depth += 1
    at = to
  }
}

function endOf(pattern: RegExp, sql: string, at: number): number | null {
  pattern.lastIndex = at
  return pattern.test(sql) ? pattern.lastIndex : null
}

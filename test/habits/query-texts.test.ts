/**
 * What is asked of the store by the API is text that stands in the program, and what people ask with are parameters.
 *
 * The text of a query is a literal, or a constant of its module, which is there before the first question comes.
 */
import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { expect, test } from 'vitest'

/** Methods whose first argument is the text of a query. */
const ASKING = new Set(['of', 'columns', '#write', '#rows', '#run'])
const CONSTANT = /^[A-Z][A-Z0-9_]*$/

interface Found {
  place: string
  text: string
}

/** Texts of queries in a source, and those of them that are not fixed. */
function queryTexts(file: string, source: string): { count: number; notFixed: Found[] } {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true)
  const notFixed: Found[] = []
  let count = 0
  const look = (text: ts.Expression) => {
    count += 1
    if (isFixed(text)) return
    const { line } = tree.getLineAndCharacterOfPosition(text.getStart())
    notFixed.push({ place: `${file}:${line + 1}`, text: text.getText() })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const [first] = node.arguments
      const { name, expression: asked } = node.expression
      const isAsking = name.text.startsWith('#') || /rows$/.test(asked.getText())
      if (first !== undefined && isAsking && ASKING.has(name.text)) look(first)
    }
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'query') look(node.initializer)
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return { count, notFixed }
}

function isFixed(text: ts.Expression): boolean {
  if (ts.isStringLiteral(text) || ts.isNoSubstitutionTemplateLiteral(text)) return true
  if (ts.isConditionalExpression(text)) return isFixed(text.whenTrue) && isFixed(text.whenFalse)
  if (ts.isPropertyAccessExpression(text) || ts.isElementAccessExpression(text)) return isFixed(text.expression)
  if (!ts.isIdentifier(text)) return false
  return CONSTANT.test(text.text) || isChosenOfConstants(text) || isOneOfConstants(text) || isHandedOn(text)
}

/** `const query = isWhole ? ONE : OTHER`, in the block that asks or in one around it. */
function isChosenOfConstants(name: ts.Identifier): boolean {
  for (let node: ts.Node = name; node !== undefined; node = node.parent) {
    if (!ts.isBlock(node)) continue
    for (const statement of node.statements) {
      if (!ts.isVariableStatement(statement) || !(statement.declarationList.flags & ts.NodeFlags.Const)) continue
      const found = statement.declarationList.declarations.find((made) => made.name.getText() === name.text)
      if (found?.initializer !== undefined) return isFixed(found.initializer)
    }
  }
  return false
}

/** `for (const query of QUERIES)` */
function isOneOfConstants(name: ts.Identifier): boolean {
  for (let node: ts.Node = name; node !== undefined; node = node.parent) {
    if (!ts.isForOfStatement(node)) continue
    if (node.initializer.getText() === `const ${name.text}` && isFixed(node.expression)) return true
  }
  return false
}

/** A parameter of a method that is itself looked at wherever it is called. */
function isHandedOn(name: ts.Identifier): boolean {
  for (let node: ts.Node = name; node !== undefined; node = node.parent) {
    if (!ts.isMethodDeclaration(node)) continue
    return ASKING.has(node.name.getText()) && node.parameters[0]?.name.getText() === name.text
  }
  return false
}

const ADAPTERS = readdirSync('api', { recursive: true, encoding: 'utf8' }).filter((name) =>
  /(^|\/)clickhouse-[^/]*\.ts$/.test(name),
)

test.each(ADAPTERS)('%s asks with texts that stand in the program', (name) => {
  expect(queryTexts(`api/${name}`, readFileSync(`api/${name}`, 'utf8')).notFixed).toEqual([])
})

test('there are texts to look at', () => {
  const counts = ADAPTERS.map((name) => queryTexts(name, readFileSync(`api/${name}`, 'utf8')).count)
  expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(20)
})

test.each([
  // biome-ignore lint/suspicious/noTemplateCurlyInString: sources to look at
  'class A { b(id) { return this.#rows.of(`SELECT ${id}`, {}) } }',
  "class A { b(id) { return this.#rows.of('SELECT ' + id, {}) } }",
  'class A { b(id) { const text = make(id); return this.#rows.of(text, {}) } }',
  'class A { b(id) { return this.#client.query({ query: id }) } }',
])('%s would be found', (source) => {
  expect(queryTexts('a.ts', source).notFixed).toHaveLength(1)
})

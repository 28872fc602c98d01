/** Whoever is woken by an alert finds what to do, and no alert or chart waits for a metric that nobody tells. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { PrometheusMeasures } from '../../processors/measures/prometheus-measures.ts'
import { anApp } from '../unit/api/asked-app.ts'
import { STORE_MEASURED } from '../unit/api/store-measured.ts'

interface Rule {
  alert?: string
  record?: string
  expr: string
  annotations?: { runbook_url: string }
}

const RULES_FOLDER = 'docker/prometheus/rules'
const rules = readdirSync(RULES_FOLDER).flatMap((file) => {
  const { groups } = parse(readFileSync(join(RULES_FOLDER, file), 'utf8')) as { groups: { rules: Rule[] }[] }
  return groups.flatMap((group) => group.rules)
})
const alerts = rules.filter((rule) => rule.alert !== undefined)
const board = JSON.parse(readFileSync('docker/grafana/dashboards/operations.json', 'utf8')) as {
  panels: { targets: { expr: string }[] }[]
}
const runbook = readFileSync('docs/runbook.md', 'utf8')
const entries = new Map(
  runbook
    .split(/^### /m)
    .slice(1)
    .map((entry) => [entry.slice(0, entry.indexOf('\n')), entry]),
)

/** Names that are asked for, without what histograms add to theirs. */
function namesIn(text: string): string[] {
  return [...text.matchAll(/\bsteadyline_\w+/g)].map(([name]) => name.replace(/_(bucket|sum|count)$/, ''))
}

/** Everything that the program may tell Prometheus. */
async function toldNames(): Promise<Set<string>> {
  const { ask } = await anApp({}, { readMeasures: async () => STORE_MEASURED })
  const texts = [await new PrometheusMeasures(() => 0).text(), (await ask('/metrics')).body]
  return new Set(texts.flatMap((text) => [...text.matchAll(/^# TYPE (steadyline_\w+)/gm)].map(([, name]) => name!)))
}

test('there are alerts and charts to look at', () => {
  expect(alerts.length).toBeGreaterThan(20)
  expect(board.panels.length).toBeGreaterThan(15)
})

test('every alert has an entry in the runbook, which it names, and every entry an alert', () => {
  expect([...entries.keys()].sort()).toEqual(alerts.map(({ alert }) => alert!).sort())
  for (const { alert, annotations } of alerts)
    expect(annotations?.runbook_url).toBe(`docs/runbook.md#${alert!.toLowerCase()}`)
})

test.each([...entries])('%s says what it means, where to look, what to do and what never to do', (_name, entry) => {
  expect(entry).toMatch(/^\*\*Means\*\*/m)
  expect(entry).toMatch(/^\*\*Look\*\*/m)
  expect(entry).toMatch(/\*\*[Dd]o\*\*/)
  expect(entry).toMatch(/^\*\*Never\*\*/m)
})

test('every alert is tried: it fires, and is silent before', () => {
  const { tests } = parse(readFileSync('docker/prometheus/tests/alerts.yaml', 'utf8')) as {
    tests: { alert_rule_test: { alertname: string; exp_alerts?: unknown[] }[] }[]
  }
  for (const { alert } of alerts) {
    const tried = tests.flatMap((one) => one.alert_rule_test).filter(({ alertname }) => alertname === alert)
    expect(tried.map(({ exp_alerts }) => exp_alerts?.length ?? 0).sort(), alert).toEqual([0, 1])
  }
})

test('the program tells every metric that rules, charts and the runbook name', async () => {
  const told = await toldNames()
  const asked = [...rules, ...board.panels.flatMap(({ targets }) => targets)].flatMap(({ expr }) => namesIn(expr))
  expect([...asked, ...namesIn(runbook)].filter((name) => !told.has(name))).toEqual([])
})

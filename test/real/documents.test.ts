/** A newcomer's walk: every command of every document, on what `npm start` has made, comes out as the document shows. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DocumentCommand, documentCommands, missingOf } from './document-commands.ts'
import { walker } from './document-walk.ts'
import { until } from './local-processes.ts'
import { startUp, type Up } from './steadyline.ts'

const YEAR_MS_MAX = 500_000

/** What is walked elsewhere or cannot be walked here, with the reason; a command that stands in no document any more is an error. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'docs/api.md curl -sN http://127.0.0.1:8080/v1/live': 'a stream without an end: test/real/live.test.ts',
  'docs/import.md npx steadyline import --calls calls.csv': 'a form with names of your own files; the examples follow',
  'docs/retention-and-backup.md npx steadyline restore': 'wants an empty database: test/real/backup.test.ts',
  'docs/scenarios.md npx steadyline replay --from week --speed 60x': 'takes weeks of 60x; test/real/scenarios.test.ts',
}
/** Pages about a store of one's own, in which there is no demonstration. */
const ON_AN_EMPTY_ONE = new Set(['docs/connect.md'])

const commands = documentCommands()
const isLeftOut = ({ place, command }: DocumentCommand) =>
  Object.keys(LEFT_OUT).some((start) => `${place.split(':')[0]} ${command}`.startsWith(start))

let ups: Up[]
let walk: Record<'year' | 'empty', Awaited<ReturnType<typeof walker>>>

beforeAll(async () => {
  const year = await startUp([], { env: { LANG: 'en_US.UTF-8', LC_ALL: '' } })
  ups = [year]
  await until('the figures are printed', () => year.said().includes('Ctrl-C stops everything'), YEAR_MS_MAX)
  const empty = await startUp(['--empty'])
  ups.push(empty)
  walk = { year: await walker(year), empty: await walker(empty) }
})
afterAll(async () => {
  for (const up of ups ?? []) await up.stop()
})

test('what is left out is there', () => {
  const left = commands.filter(isLeftOut).map(({ place, command }) => `${place.split(':')[0]} ${command}`)
  expect(Object.keys(LEFT_OUT).filter((start) => !left.some((command) => command.startsWith(start)))).toEqual([])
  expect(commands.length).toBeGreaterThan(40)
})

describe('each as it stands', () => {
  for (const one of commands.filter((command) => !isLeftOut(command))) {
    test(`${one.place} ${one.command}`, async () => {
      const { exitCode, output } = await walk[ON_AN_EMPTY_ONE.has(one.place.split(':')[0]!) ? 'empty' : 'year'](one)
      expect({ exitCode, missing: missingOf(one.shown, output) }, output).toEqual({ exitCode: 0, missing: [] })
    })
  }
})

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseProfile } from '../../../schemas/profile.ts'

const TEXT = readFileSync(new URL('../../../profiles/panjin-2023.yaml', import.meta.url), 'utf8')

/** Changes one line of the profile; gives its number and what is said of it. */
function problemsAfter(line: string, changed: string): { lineNumber: number; said: string } {
  const lines = TEXT.split('\n')
  const index = lines.indexOf(line)
  expect(index, `the profile has the line ${line}`).toBeGreaterThan(0)
  lines[index] = changed
  try {
    parseProfile('panjin-2023.yaml', lines.join('\n'))
  } catch (error) {
    return { lineNumber: index + 1, said: (error as Error).message }
  }
  return { lineNumber: index + 1, said: '' }
}

test.each([
  ['a ratio beyond 1', '    redialRatio: 0.5', '    redialRatio: 1.5', /redialRatio: expected a number from 0 to 1/],
  ['an unknown setting', '    redialRatio: 0.5', '    redialRato: 0.5', /redialRato: unknown setting/],
  ['a list of another length', '    holidayFactor: 0.64', '    holidayFactor: [0.64]', /holidayFactor/],
  [
    'a channel that records cannot have',
    '    channelShares: { WEB: 28, APP: 18, WECHAT: 42, MAIL: 5, OTHER: 7 }',
    '    channelShares: { WEB: 28, FAX: 18 }',
    /FAX: unknown setting/,
  ],
])('%s is refused with its line', (_mistake, line, changed, reason) => {
  const { lineNumber, said } = problemsAfter(line, changed)
  expect(said).toMatch(reason)
  expect(said).toContain(`line ${lineNumber}:`)
})

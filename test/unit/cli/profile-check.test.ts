import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkedText } from '../../../cli/commands/profile-check.ts'
import { ProfileInvalidError, parseProfile } from '../../../schemas/profile.ts'

const FILE = 'profiles/panjin-2023.yaml'
const TEXT = readFileSync(FILE, 'utf8')

describe('a profile that holds', () => {
  const text = checkedText(parseProfile(FILE, TEXT), 'zh')

  test('is listed with its windows and how often they are in the contract', () => {
    expect(text).toMatch(/weekday-morning 工作日上午高峰.*249/)
    expect(text).toMatch(/evening 晚间高峰.*365/)
  })
  test('prints the last day inside, not the first outside', () => {
    expect(text).toMatch(/spring-festival 春节.*2023-01-21.*2023-01-27/)
  })
  test('reports overlaps and the notice that the workdays come from', () => {
    expect(text).toContain('春节 与 晚间高峰 重叠 7 场，共 14 小时，首次 2023-01-21')
    expect(text).toContain('国办发明电〔2022〕16号')
  })
})

test('a year without a published notice is said to be unknown', () => {
  const later = TEXT.replace(
    'contract: { from: 2023-01-01, to: 2024-01-01',
    'contract: { from: 2035-01-01, to: 2036-01-01',
  )
  expect(checkedText(parseProfile(FILE, later), 'en')).toContain('The holidays of 2035 are not published')
})

describe('what is wrong with windows is said at once, each with its line', () => {
  const lineOf = (words: string) => TEXT.split('\n').findIndex((line) => line.includes(words)) + 1

  test.each([
    ['id: weekday-morning', 'to: "11:30"', 'to: "08:30"', 'from and to are both 08:30'],
    ['id: consumer-rights-day', 'to: 2023-03-16', 'to: 2023-03-15', 'is not after from'],
    ['id: consumer-rights-day', 'from: 2023-03-15,', 'from: 2023-03-15T00:07,', 'is not on a quarter-hour'],
    ['id: spring-festival', 'id: spring-festival', 'id: evening', 'is used twice'],
  ])('%s %s -> %s', (place, before, after, message) => {
    const line = lineOf(place)
    const lines = TEXT.split('\n')
    lines[line - 1] = lines[line - 1]!.replace(before, after)
    expect(() => parseProfile(FILE, lines.join('\n'))).toThrow(new RegExp(`line ${line}: .*${message}`))
  })
})

test('faults of shape and of meaning are said together, each once', () => {
  const text = `${TEXT.replace('to: 2024-01-01', 'to: 2024-02-30')
    .replace('settleHours: 2', 'settleHours: two')
    .replace('timeZone: Asia/Shanghai', 'timeZone: Asia/Pangkin')
    .replace('settleEvery: P3M', 'settleEvery: P1M')
    .replace('"12315", name', '"12345", name')
    .replace('days: workday', 'days: workdays')
    .replace('id: weekday-afternoon', 'id: evening')
    .replace('rounding: half-up', 'rounding: up')
    .replace('from: 2023-03-15, to: 2023-03-16', 'from: 2023-03-15, to: 2023-03-15')
    .replace('closureRate: 0.90', 'closurerate: 90')}
notes:
  - { from: 2023-07-02, to: 2023-07-01, text: 暴雨 }
`
  const problems = problemsOf(text)
  for (const place of [
    'contract.to: "2024-02-30" is on no calendar',
    'contract.settleEvery: expected P3M',
    'timeZone: ',
    'settleHours: ',
    'lines.1.number: "12345" is used twice',
    'peaks.0.days: ',
    'report.rounding: expected half-up, half-even or truncate, found "up"',
    'peaks.2.id: "evening" is used twice',
    'special.1.to: ',
    'targets.closurerate: no KPI has this id',
    'notes.0.to: ',
  ]) {
    const found = problems.filter((problem) => problem.includes(`: ${place}`))
    expect(found, place).toHaveLength(1)
    expect(found[0]).toMatch(/^line \d+: /)
  }
})

test.each(['targets', 'published'])('a misspelled KPI among %s is said with its line, and never ignored', (section) => {
  const lines = TEXT.split('\n')
  const at = lines.findIndex((line) => line.startsWith(`${section}:`)) + 1
  lines[at] = lines[at]!.replace('connectionRate', 'connectionrate')
  expect(() => parseProfile(FILE, lines.join('\n'))).toThrow(
    new RegExp(`line ${at + 1}: ${section}.connectionrate: no KPI has this id, expected one of connectionRate,`),
  )
})

test('the example of a hotline of one’s own holds', () => {
  const file = 'docs/examples/profile/riverside-2026.yaml'
  const text = checkedText(parseProfile(file, readFileSync(file, 'utf8')), 'en')
  expect(text).toMatch(/night Night .*all 22:00–02:00 .*366 /)
  expect(text).toContain('The holidays of 2027 are not published')
})

function problemsOf(text: string): readonly string[] {
  try {
    parseProfile(FILE, text)
  } catch (error) {
    if (error instanceof ProfileInvalidError) return error.problems
    throw error
  }
  return []
}

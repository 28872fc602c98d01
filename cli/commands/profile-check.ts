/** What a profile says of its windows: how many there are, where they overlap, and which days are the last inside. */
import Table from 'cli-table3'
import { dayOfText, textOfDay } from '../../kpi/local-date.ts'
import { overlapsOf } from '../../kpi/window-overlaps.ts'
import { instancesIn, type WindowInstance } from '../../kpi/windows.ts'
import { dayStartAtMs, localDayOf, zoneOf } from '../../kpi/zone.ts'
import type { Profile } from '../../schemas/profile.ts'
import { profileVersionOf } from '../../schemas/profile.ts'
import { holidaysOf, windowDefinitionsOf, windowNamesOf } from '../../schemas/profile-windows.ts'
import { type Language, languageOf } from '../language.ts'
import { type SiteOptions, siteOf } from '../site.ts'

const WORDS = {
  zh: {
    head: ['时段', '类别', '规则', '合同期内场次', '首场', '末场（含）', '小时'],
    peak: '高峰',
    special: '特殊时期',
    overlap: (one: string, other: string, count: number, hours: number, date: string) =>
      `${one} 与 ${other} 重叠 ${count} 场，共 ${hours} 小时，首次 ${date}`,
    noOverlap: '时段之间没有重叠。',
    unknown: (years: string) => `${years} 年放假安排未公布：工作日与休息日高峰不列入。`,
    notices: (year: number, notices: string) => `${year} 年放假安排：${notices}`,
    good: '方案有效。',
  },
  en: {
    head: ['period', 'kind', 'rule', 'instances in the contract', 'first', 'last (inside)', 'hours'],
    peak: 'peak',
    special: 'special',
    overlap: (one: string, other: string, count: number, hours: number, date: string) =>
      `${one} and ${other} overlap ${count === 1 ? 'once' : `${count} times`}, ${hours} hours in all, first on ${date}`,
    noOverlap: 'No windows overlap.',
    unknown: (years: string) => `The holidays of ${years} are not published: workday and off-day peaks are left out.`,
    notices: (year: number, notices: string) => `Holidays of ${year}: ${notices}`,
    good: 'The profile holds.',
  },
} as const

/** A profile that does not hold ends with exit code 2 and every problem with its line. */
export function profileCheck(options: SiteOptions & { lang?: Language }): void {
  const { profile } = siteOf(options)
  const language = languageOf(options.lang, process.env.LC_ALL ?? process.env.LANG)
  process.stdout.write(`${checkedText(profile, language)}\n`)
}

/** What is found in a profile that holds. */
export function checkedText(profile: Profile, language: Language): string {
  const words = WORDS[language]
  const zone = zoneOf(profile.timeZone)
  const holidays = holidaysOf(profile)
  const contract = {
    fromAtMs: dayStartAtMs(zone, dayOfText(profile.contract.from)!),
    toAtMs: dayStartAtMs(zone, dayOfText(profile.contract.to)!),
  }
  const names = windowNamesOf(profile)
  const definitions = windowDefinitionsOf(profile)
  const { instances, unknownYears } = instancesIn(definitions, holidays, zone, contract)
  const rules = new Map<string, string>([
    ...definitions.peaks.map(({ id, days, from, to }) => [id, `${days} ${from}–${to}`] as [string, string]),
    ...(definitions.special ?? []).map(({ id, from, to }) => [id, `[${from}, ${to})`] as [string, string]),
  ])
  const table = new Table({
    head: [...words.head],
    colAligns: ['left', 'left', 'left', 'right', 'left', 'left', 'right'],
    style: { head: [], border: [], compact: true },
  })
  for (const [id, rule] of rules) {
    const own = instances.filter(({ period }) => period === id)
    const kind = definitions.peaks.some((peak) => peak.id === id) ? words.peak : words.special
    table.push([
      `${id} ${names[id]![language]}`,
      kind,
      rule,
      String(own.length),
      own[0]?.date ?? '–',
      own.length === 0 ? '–' : lastDay(own),
      String(own.reduce((sum, { startAtMs, endAtMs }) => sum + (endAtMs - startAtMs) / 3_600_000, 0)),
    ])
  }
  const overlaps = overlapsOf(instances).map(({ periods: [one, other], instancesCount, sharedMs, firstDate }) =>
    words.overlap(names[one]![language], names[other]![language], instancesCount, sharedMs / 3_600_000, firstDate),
  )
  const years = yearsOf(contract.fromAtMs, contract.toAtMs)
  const notices = years
    .filter((year) => holidays.noticesOf(year).length > 0)
    .map((year) => words.notices(year, holidays.noticesOf(year).join(', ')))
  return [
    `${profile.id} ${profileVersionOf(profile)} · ${profile.timeZone} · ${profile.contract.from} – ${textOfDay(dayOfText(profile.contract.to)! - 1)}`,
    table.toString(),
    ...(overlaps.length === 0 ? [words.noOverlap] : overlaps),
    ...notices,
    ...(unknownYears.length === 0 ? [] : [words.unknown(unknownYears.join(', '))]),
    words.good,
  ].join('\n')

  function lastDay(own: readonly WindowInstance[]): string {
    return textOfDay(localDayOf(zone, own.at(-1)!.endAtMs - 1))
  }

  function yearsOf(fromAtMs: number, toAtMs: number): number[] {
    const first = Number(textOfDay(localDayOf(zone, fromAtMs)).slice(0, 4))
    const last = Number(textOfDay(localDayOf(zone, toAtMs - 1)).slice(0, 4))
    return Array.from({ length: last - first + 1 }, (_, at) => first + at)
  }
}

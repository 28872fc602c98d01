/**
 * Instants as exports write them: local time of the profile's zone in a given form, or seconds since 1970.
 *
 *     yyyy MM dd HH mm ss   with leading zeros      yyyy-MM-dd HH:mm:ss
 *     M d H m s             with or without         yyyy/M/d H:mm
 *     anything else         as it stands; after seconds a fraction is allowed
 */
import { instantOfText } from '../../kpi/instant-text.ts'
import { DAY_MS, dayOf, monthOf } from '../../kpi/local-date.ts'
import { instantOfLocal, localMsOf, offsetMsAt, type Zone } from '../../kpi/zone.ts'

/** What a cell says, before the zone: an instant, or a reading of the wall clock. */
export type ReadTime =
  | { kind: 'instant'; atMs: number }
  | { kind: 'local'; localMs: number /** Whether only a date was given. */; isWholeDay: boolean }

export type TimeFormat = (text: string, zone: Zone) => ReadTime | null

/** Forms that letters cannot say. */
const NAMED: Record<string, TimeFormat> = {
  'epoch-seconds': (text) => (/^\d{9,10}(?:\.\d+)?$/.test(text) ? instant(Math.floor(Number(text) * 1_000)) : null),
  'epoch-milliseconds': (text) => (/^\d{12,13}$/.test(text) ? instant(Number(text)) : null),
  iso: (text, zone) => {
    const atMs = instantOfText(zone, text)
    return atMs === null ? null : instant(atMs)
  },
  'asterisk-uniqueid': (text) => {
    const seconds = /^(?:.+-)?(\d{9,10})\.\d+$/.exec(text)?.[1]
    return seconds === undefined ? null : instant(Number(seconds) * 1_000)
  },
}
export const FORMAT_NAMES = Object.keys(NAMED)

/** Tried in this order where a map gives none. Day before month is never guessed. */
export const USUAL_FORMATS = [
  'yyyy-M-d H:m:s',
  'yyyy/M/d H:m:s',
  'yyyy-M-d H:m',
  'yyyy/M/d H:m',
  'yyyy年M月d日 H:m:s',
  'yyyy年M月d日 H时m分s秒',
  'yyyy-M-d',
  'yyyy/M/d',
  'yyyy年M月d日',
  'iso',
]

const DIGITS: Record<string, string> = {
  yyyy: '(?<year>\\d{4})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{2})',
  d: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{2})',
  H: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  m: '(?<minute>\\d{1,2})',
  ss: '(?<second>\\d{2}(?:\\.\\d{1,9})?)',
  s: '(?<second>\\d{1,2}(?:\\.\\d{1,9})?)',
}
const TOKENS = /yyyy|MM|M|dd|d|HH|H|mm|m|ss|s/g

/** What is wrong with a format, or `null` if it can be used. */
export function timeFormatProblem(format: string): string | null {
  if (format in NAMED) return null
  const tokens = format.match(TOKENS) ?? []
  const parts = tokens.map((token) => token[0])
  if (new Set(parts).size !== parts.length) return `${format} has a part twice`
  if (!['y', 'M', 'd'].every((part) => parts.includes(part))) return `${format} lacks a year, a month or a day`
  if (/[A-Za-z]/.test(format.replaceAll(TOKENS, '').replaceAll('T', ''))) return `${format} has unknown letters`
  if (parts.includes('s') && !parts.includes('m')) return `${format} has seconds without minutes`
  if (parts.includes('m') && !parts.includes('H')) return `${format} has minutes without hours`
  return null
}

/** @param format  one without a `timeFormatProblem` */
export function timeFormatOf(format: string): TimeFormat {
  const named = NAMED[format]
  if (named !== undefined) return named
  const literals = format.split(TOKENS).map((literal) => literal.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
  const tokens = format.match(TOKENS) ?? []
  const pattern = new RegExp(
    `^${literals[0]}${tokens.map((token, at) => DIGITS[token]! + literals[at + 1]!).join('')}$`,
  )
  return (text) => localOf(pattern.exec(text)?.groups)
}

/** A day that no calendar has, and an hour that no clock shows, are no time. */
function localOf(groups: Record<string, string> | undefined): ReadTime | null {
  if (groups === undefined) return null
  const [month, hour = 0, minute = 0, second = 0] = [groups.month, groups.hour, groups.minute, groups.second].map(
    (text) => (text === undefined ? undefined : Number(text)),
  )
  const day = dayOf(Number(groups.year), month!, Number(groups.day))
  if (monthOf(day) !== month || hour > 23 || minute > 59 || second >= 60) return null
  const localMs = day * DAY_MS + (hour * 60 + minute) * 60_000 + Math.floor(second * 1_000)
  return { kind: 'local', localMs, isWholeDay: groups.hour === undefined }
}

/**
 * The instant that a row means.
 *
 * Of a local time that clocks show twice it is the first instant that is not before what the row says happened earlier
 * (`notBeforeMs`): a call that came in before clocks were set back and was answered after it stays in order.
 */
export function instantOfTime(zone: Zone, time: ReadTime, notBeforeMs: number): number {
  if (time.kind === 'instant') return time.atMs
  const firstAtMs = instantOfLocal(zone, time.localMs)
  if (firstAtMs >= notBeforeMs) return firstAtMs
  const secondAtMs = time.localMs - offsetMsAt(zone, firstAtMs + DAY_MS)
  return localMsOf(zone, secondAtMs) === time.localMs ? secondAtMs : firstAtMs
}

function instant(atMs: number): ReadTime {
  return { kind: 'instant', atMs }
}

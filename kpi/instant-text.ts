/** Instants as text: ISO-8601 with the offset of a zone, as every answer writes them. */
import { DAY_MS, dayOfText } from './local-date.ts'
import { instantOfLocal, localMsOf, offsetMsAt, type Zone } from './zone.ts'

const TIME = /^T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?(Z|[+-](?:0\d|1\d|2[0-6]):[0-5]\d)?$/

/** `2023-01-01T00:00:00+08:00`; milliseconds are written only where they are not 0. */
export function isoOf(zone: Zone, instantAtMs: number): string {
  const wall = new Date(localMsOf(zone, instantAtMs)).toISOString()
  const offsetMinutes = offsetMsAt(zone, instantAtMs) / 60_000
  const sign = offsetMinutes < 0 ? '-' : '+'
  const hours = String(Math.floor(Math.abs(offsetMinutes) / 60)).padStart(2, '0')
  const minutes = String(Math.abs(offsetMinutes) % 60).padStart(2, '0')
  return `${wall.slice(0, wall.endsWith('.000Z') ? 19 : 23)}${sign}${hours}:${minutes}`
}

/**
 * Reads an instant as people and scripts write it: ISO with offset or `Z`; local time of the zone without one; or a
 * date, which is the start of that local day. Many languages write microseconds: what is finer than a millisecond is
 * cut off, as no record has it.
 *
 * @returns epoch ms, or `null` for anything else, days that no calendar has included
 */
export function instantOfText(zone: Zone, text: string): number | null {
  const day = dayOfText(text.slice(0, 10))
  if (day === null) return null
  if (text.length === 10) return instantOfLocal(zone, day * DAY_MS)
  const time = TIME.exec(text.slice(10))
  if (time === null) return null
  const [, hour, minute, second = '0', fraction = '0', offset] = time
  const timeMs =
    (Number(hour) * 60 + Number(minute)) * 60_000 + Number(second) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'))
  const wallMs = day * DAY_MS + timeMs
  return offset === undefined ? instantOfLocal(zone, wallMs) : wallMs - offsetMsOf(offset)
}

function offsetMsOf(offset: string): number {
  if (offset === 'Z') return 0
  const sizeMs = (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6))) * 60_000
  return offset.startsWith('-') ? -sizeMs : sizeMs
}

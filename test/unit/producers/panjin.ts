import { readFileSync } from 'node:fs'
import { hotlineOf } from '../../../producers/hotline/hotline.ts'
import { type Profile, parseProfile } from '../../../schemas/profile.ts'

const FILE = 'profiles/panjin-2023.yaml'

export const panjin: Profile = parseProfile(FILE, readFileSync(new URL(`../../../${FILE}`, import.meta.url), 'utf8'))

export const panjinHotline = hotlineOf(panjin)

/** A time of the hotline's wall clock. */
export function at(date: string, time = '00:00'): number {
  return Date.parse(`${date}T${time}:00+08:00`)
}

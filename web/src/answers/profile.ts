/** The profile that is answered for: names of all that has an id. Read once; it changes only with the server's start. */
import type { ProfileAnswer } from '../../../api/answers/profile-answer.ts'
import { useLanguage, type Words } from '../language/language.ts'
import { createStore, useStore } from './store.ts'

export type { ProfileAnswer }

export const profileStore = createStore<ProfileAnswer | null>(null)

/** The profile; pages are drawn only once it is there. */
export function useProfile(): ProfileAnswer {
  const profile = useStore(profileStore)
  if (profile === null) throw new Error('a page is drawn before the profile is there')
  return profile
}

export interface Names {
  /** 工作日上午高峰; an id that the profile does not know is said as it is. */
  window(period: string): string
  line(number: string): string
  region(code: string): string
}

export function useNames(): Names {
  const { peaks, special, lines, regions } = useProfile()
  const language = useLanguage()
  const said = (name: Words | undefined, otherwise: string) => name?.[language] ?? otherwise
  return {
    window: (period) => said([...peaks, ...special].find(({ id }) => id === period)?.name, period),
    line: (number) => {
      const name = lines.find((line) => line.number === number)?.name[language]
      return name === undefined ? number : `${number} ${name}`
    },
    region: (code) =>
      code === ''
        ? { zh: '区域未知', en: 'Region unknown' }[language]
        : said(regions.find((region) => region.code === code)?.name, code),
  }
}

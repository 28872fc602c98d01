/** The language of the page: chosen by a person, else the first that the browser asks for (its Accept-Language). */
import { createStore, useStore } from '../answers/store.ts'

export type Language = 'zh' | 'en'

/** The same in both languages. Words live beside the page that says them. */
export interface Words {
  zh: string
  en: string
}

const KEPT_AS = 'steadyline.language'

const chosen = createStore<Language>(firstLanguage())
showLanguage(chosen.get())

export function useLanguage(): Language {
  return useStore(chosen)
}

/** Says words in the language of the page, and again when that changes. */
export function useSay(): (words: Words) => string {
  const language = useLanguage()
  return (words) => words[language]
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEPT_AS, language)
  chosen.set(language)
  showLanguage(language)
}

function firstLanguage(): Language {
  const asked = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem(KEPT_AS)
  if (asked === 'zh' || asked === 'en') return asked
  const known = navigator.languages
    .map((tag) => tag.slice(0, 2).toLowerCase())
    .find((tag) => tag === 'zh' || tag === 'en')
  return known === 'zh' ? 'zh' : 'en'
}

function showLanguage(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
}

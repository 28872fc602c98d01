/** The language that a person reads: asked for, else that of the terminal. */
export type Language = 'zh' | 'en'

/** @param locale `LC_ALL`, `LC_MESSAGES` or `LANG`, such as `zh_CN.UTF-8` */
export function languageOf(asked: Language | undefined, locale: string | undefined): Language {
  return asked ?? (locale?.toLowerCase().startsWith('zh') === true ? 'zh' : 'en')
}

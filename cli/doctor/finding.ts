/** One line of the doctor, in both languages. */
export interface Finding {
  /** null: neither good nor bad, told for information. */
  isWell: boolean | null
  zh: string
  en: string
}

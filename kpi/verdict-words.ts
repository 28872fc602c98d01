import type { Verdict } from './statistics/verdict.ts'

/** What a verdict is called in print. */
export const VERDICT_WORDS: Readonly<Record<Verdict, { zh: string; en: string }>> = {
  stable: { zh: '未偏离', en: 'stable' },
  deviates: { zh: '偏离', en: 'deviates' },
  insufficient: { zh: '样本量不足', en: 'insufficient' },
}

import type { Status } from './status.ts'

/** What a status is called in print. */
export const STATUS_WORDS: Readonly<Record<Status, { zh: string; en: string }>> = {
  open: { zh: '进行中', en: 'open' },
  provisional: { zh: '暂定', en: 'provisional' },
  restated: { zh: '更正', en: 'restated' },
  final: { zh: '终值', en: 'final' },
}

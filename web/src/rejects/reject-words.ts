import type { Words } from '../language/language.ts'

/** What the codes of rejected records mean, for people. */
export const REJECT_WORDS: Readonly<Record<string, Words>> = {
  NOT_WIRE_FORMAT: { zh: '不是约定的消息格式', en: 'Not in the agreed wire format' },
  UNKNOWN_SCHEMA: { zh: '模式编号未知', en: 'Unknown schema' },
  UNDECODABLE: { zh: '无法解码', en: 'Cannot be decoded' },
  BAD_ID: { zh: '编号不合规', en: 'The id is not valid' },
  BAD_REVISION: { zh: '修订号小于 1', en: 'The revision is less than 1' },
  ANSWERED_WITHOUT_QUEUE: { zh: '有接通而无排队', en: 'Answered without having queued' },
  ORDER_OF_INSTANTS: { zh: '时刻先后颠倒', en: 'Moments in the wrong order' },
  INSTANT_OUT_OF_RANGE: { zh: '时刻超出范围', en: 'A moment out of range' },
  BAD_RATING: { zh: '评价不在 1 至 5', en: 'A rating that is not 1 to 5' },
  FIELD_TOO_LONG: { zh: '字段过长', en: 'A field is too long' },
  BEFORE_RETENTION: { zh: '早于保留期', en: 'Before the time that is kept' },
  STORE_REFUSED: { zh: '数据存储拒收', en: 'The store refused it' },
}

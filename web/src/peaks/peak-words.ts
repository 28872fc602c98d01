/** Words that several of these pages say. */
import type { Words } from '../language/language.ts'

export const OUTCOME_WORDS: Readonly<Record<string, Words>> = {
  ANSWERED: { zh: '接通', en: 'answered' },
  WAITING_ABANDONED: { zh: '排队中放弃', en: 'gave up waiting' },
  RINGING_ABANDONED: { zh: '振铃中放弃', en: 'gave up while it rang' },
  IVR_COMPLETED: { zh: '自助完成', en: 'served by the menu' },
  IVR_ABANDONED: { zh: '自助中放弃', en: 'left the menu' },
  NO_SEAT: { zh: '无坐席', en: 'no seat' },
  FLOWED_OUT: { zh: '流出', en: 'flowed out' },
  BLACKLISTED: { zh: '黑名单', en: 'blacklisted' },
  SYSTEM_FAILED: { zh: '系统故障', en: 'system failed' },
  TEST: { zh: '测试', en: 'test' },
  VOID: { zh: '作废', en: 'void' },
}

export const OFFERED = { zh: '人工请求', en: 'Offered' }
export const ANSWERED = { zh: '接通', en: 'Answered' }
export const RATE = { zh: '接通率', en: 'Rate' }
export const RATE_LONG = { zh: '接通率', en: 'Connection rate' }
export const DEVIATION = { zh: '与总体之差（个百分点）', en: 'Beside the overall rate (points)' }
export const INTERVAL = { zh: '区间（个百分点）', en: 'Interval (points)' }
export const VERDICT = { zh: '判定', en: 'Verdict' }
export const NEEDED = { zh: '判定所需来电', en: 'Calls for a verdict' }
export const STATUS = { zh: '状态', en: 'Status' }
export const WINDOW = { zh: '时段', en: 'Window' }
export const DATE = { zh: '日期', en: 'Date' }
export const NO_DATA = { zh: '无数据', en: 'no data' }
export const NO_RIGHT_NOTE = { zh: '查看通话需要分析员权限。', en: 'Calls are shown to analysts.' }

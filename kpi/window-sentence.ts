/** Why a window was as it was, in one sentence, Chinese and English. */
import type { DayClass } from './calendar.ts'
import type { Name } from './stability-sentence.ts'
import { ratioOf } from './statistics/counts.ts'
import { type Cause, meanHandlingMs } from './window-cause.ts'
import type { Course } from './window-course.ts'

export interface WindowSentence {
  cause: Cause
  window: Course
  usual: Course | null
  /** Windows that what is usual was made of; of a special period its days alike. */
  likesCount: number
  /** `null` where its days are of both classes. */
  dayClass: DayClass | null
  expectedCount: number | null
  /** Whether it is still going on. */
  isOpen: boolean
  /** Name of a dialled number. */
  lineName: (number: string) => Name
}

const CLASSES: Record<DayClass, Name> = {
  workday: { zh: '工作日', en: 'workdays' },
  offday: { zh: '休息日', en: 'days off' },
  unknown: { zh: '同类日', en: 'days alike' },
}
const LOST: readonly [keyof Course, Name][] = [
  ['abandonedCount', { zh: '放弃', en: 'gave up waiting' }],
  ['noSeatCount', { zh: '无坐席', en: 'found no seat' }],
  ['flowedOutCount', { zh: '流出', en: 'flowed out' }],
  ['failedCount', { zh: '系统故障', en: 'failed in the system' }],
  ['otherCount', { zh: '其他', en: 'ended otherwise' }],
]

export function windowSentence(said: WindowSentence): Name {
  const { cause, window, usual, isOpen } = said
  if (cause === 'no-data') return noData(said)
  if (window.offeredCount === 0) {
    return isOpen
      ? { zh: '截至目前没有人工请求。', en: 'So far nobody has asked for a person.' }
      : { zh: '该时段没有人工请求。', en: 'Nobody asked for a person.' }
  }
  if (usual === null || cause === 'nothing-to-compare') {
    return {
      zh: `${soFar(said).zh}接通率${percent(window)}；前8周没有可比的同类时段。`,
      en: `${soFar(said).en}${percent(window)} were answered; the 8 weeks before have nothing to compare it with.`,
    }
  }
  const beside = besideUsual(said, usual)
  if (cause === 'as-usual') return { zh: `${beside.zh}。`, en: `${beside.en}.` }
  const why = whyOf(said, usual)
  const lost = lostOf(window)
  return {
    zh: `${beside.zh}；主要原因：${why.zh}；${lost.zh}。`,
    en: `${beside.en}; largest cause: ${why.en}; ${lost.en}.`,
  }
}

function noData({ expectedCount }: WindowSentence): Name {
  const expected = expectedCount === null ? '' : String(Math.round(expectedCount))
  return {
    zh: `该时段一件记录也没有，而按前8周应有约${expected}件人工请求：数据未到，不能判断。`,
    en: `No record came though about ${expected} calls were expected: the feed was missing, so nothing can be said.`,
  }
}

function besideUsual(said: WindowSentence, usual: Course): Name {
  const points = 100 * (ratioOf(said.window)! - ratioOf(usual)!)
  const days = said.dayClass === null ? { zh: '同类日', en: 'days alike' } : CLASSES[said.dayClass]
  const size = Math.abs(points).toFixed(1)
  const isLevel = size === '0.0'
  return {
    zh: `${soFar(said).zh}接通率${percent(said.window)}，${isLevel ? '与' : '比'}前8周${said.likesCount}个${days.zh}同时段的${percent(usual)}${isLevel ? '持平' : `${points < 0 ? '低' : '高'}${size}个百分点`}`,
    en: `${soFar(said).en}${percent(said.window)} were answered, ${isLevel ? 'level with' : `${size} points ${points < 0 ? 'below' : 'above'}`} the ${percent(usual)} of the same time on ${said.likesCount} ${days.en} in the 8 weeks before`,
  }
}

function whyOf(said: WindowSentence, usual: Course): Name {
  const { window, cause } = said
  switch (cause) {
    case 'fewer-seats':
      return {
        zh: `接听坐席${number(window.seatsCount)}席，平时${number(usual.seatsCount)}席，少${change(window.seatsCount, usual.seatsCount)}`,
        en: `${number(window.seatsCount)} seats answered, usually ${number(usual.seatsCount)} (${change(window.seatsCount, usual.seatsCount)} fewer)`,
      }
    case 'more-calls':
      return moreCalls(said, usual)
    case 'longer-handling':
      return {
        zh: `平均通话${seconds(meanHandlingMs(window))}秒，平时${seconds(meanHandlingMs(usual))}秒`,
        en: `calls took ${seconds(meanHandlingMs(window))} s, usually ${seconds(meanHandlingMs(usual))} s`,
      }
    case 'system-failed':
      return {
        zh: `系统故障${window.failedCount}件，平时${number(usual.failedCount)}件`,
        en: `${window.failedCount} calls failed in the system, usually ${number(usual.failedCount)}`,
      }
    case 'flowed-out':
      return {
        zh: `流出${window.flowedOutCount}件，平时${number(usual.flowedOutCount)}件，而话务量、坐席和通话时长与平时相当`,
        en: `${window.flowedOutCount} calls flowed out, usually ${number(usual.flowedOutCount)}, though calls, seats and handling were as usual`,
      }
    default:
      return {
        zh: '话务量、坐席和通话时长与平时相当，看不出单一原因',
        en: 'none that stands out, as calls, seats and handling were as usual',
      }
  }
}

/** Names the line that most of the surplus came on, and says how much of it was people calling again. */
function moreCalls({ window, lineName }: WindowSentence, usual: Course): Name {
  const surplus = window.offeredCount - usual.offeredCount
  const [most] = [...window.lines]
    .map(([line, counts]) => ({ line, more: counts.offeredCount - (usual.lines.get(line)?.offeredCount ?? 0) }))
    .sort((one, other) => other.more - one.more)
  const isOneLine = most !== undefined && usual.lines.size > 1 && most.more >= surplus / 2
  const redials = window.redialsCount - usual.redialsCount
  const isRedials = redials >= surplus / 2
  return {
    zh: [
      `人工请求${window.offeredCount}件，平时${number(usual.offeredCount)}件，多${change(window.offeredCount, usual.offeredCount)}`,
      ...(isOneLine ? [`其中${lineName(most.line).zh}多${number(most.more)}件`] : []),
      ...(isRedials ? [`重复来电多${number(redials)}件`] : []),
    ].join('，'),
    en: [
      `${window.offeredCount} calls, usually ${number(usual.offeredCount)} (${change(window.offeredCount, usual.offeredCount)} more)`,
      ...(isOneLine ? [`${number(most.more)} of them on ${lineName(most.line).en}`] : []),
      ...(isRedials ? [`${number(redials)} of them people calling again`] : []),
    ].join(', '),
  }
}

function lostOf(window: Course): Name {
  const lostCount = window.offeredCount - window.answeredCount
  const [[field, words]] = [...LOST].sort(([one], [other]) => (window[other] as number) - (window[one] as number)) as [
    (typeof LOST)[number],
  ]
  return {
    zh: `未接通${lostCount}件，其中${words.zh}${window[field]}件`,
    en: `of ${lostCount} calls not answered ${window[field]} ${words.en}`,
  }
}

function soFar({ isOpen }: WindowSentence): Name {
  return isOpen ? { zh: '截至目前，', en: 'So far ' } : { zh: '', en: '' }
}

function percent(course: Course): string {
  return `${(100 * ratioOf(course)!).toFixed(1)}%`
}

/** Whole numbers as they are, means with one decimal. */
function number(count: number): string {
  return Number.isInteger(count) ? String(count) : count.toFixed(1)
}

function change(now: number, usual: number): string {
  return `${Math.round(100 * Math.abs(now / usual - 1))}%`
}

function seconds(ms: number | null): string {
  return ms === null ? '—' : (ms / 1000).toFixed(0)
}

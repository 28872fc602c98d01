import type { PeriodAnswer } from '../../../api/answers/period-answer.ts'
import type { StabilityAnswer } from '../../../api/answers/stability-shape.ts'
import { useSay, type Words } from '../language/language.ts'

export type Status = PeriodAnswer['status']
export type Verdict = StabilityAnswer['pooled'][number]['verdict']

interface Marked {
  words: Words
  /** Says at length what the word means. */
  why: Words
  tone: 'good' | 'bad' | 'unsure' | ''
}

const STATUSES: Readonly<Record<Status, Marked>> = {
  open: {
    words: { zh: '进行中', en: 'open' },
    why: { zh: '本期尚未结束', en: 'The period is not over' },
    tone: 'unsure',
  },
  provisional: {
    words: { zh: '暂定', en: 'provisional' },
    why: { zh: '本期已结束，仍可能有迟到的记录', en: 'The period is over; late records may still come' },
    tone: 'unsure',
  },
  restated: {
    words: { zh: '更正', en: 'restated' },
    why: { zh: '与已发布的数不同', en: 'It differs from what was issued' },
    tone: 'bad',
  },
  final: {
    words: { zh: '终值', en: 'final' },
    why: { zh: '已过等待迟到记录的期限', en: 'The time for late records has passed' },
    tone: '',
  },
}

const VERDICTS: Readonly<Record<Verdict, Marked>> = {
  stable: {
    words: { zh: '✓ 未偏离', en: '✓ holds' },
    why: { zh: '区间在容许偏差之内', en: 'The interval lies within the tolerance' },
    tone: 'good',
  },
  deviates: {
    words: { zh: '▼ 偏离', en: '▼ deviates' },
    why: { zh: '区间在容许偏差之外', en: 'The interval lies beyond the tolerance' },
    tone: 'bad',
  },
  insufficient: {
    words: { zh: '? 样本量不足', en: '? too few calls' },
    why: { zh: '来电太少，不能判断', en: 'Too few calls to say' },
    tone: 'unsure',
  },
}

export function StatusMark({ status }: { status: Status }) {
  return <Mark of={STATUSES[status]} />
}

export function VerdictMark({ verdict }: { verdict: Verdict }) {
  return <Mark of={VERDICTS[verdict]} />
}

function Mark({ of: { words, why, tone } }: { of: Marked }) {
  const say = useSay()
  return (
    <span class={`mark ${tone}`} title={say(why)}>
      {say(words)}
    </span>
  )
}

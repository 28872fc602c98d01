import { connection } from '../answers/connection.ts'
import { freshness } from '../answers/live.ts'
import { useStore } from '../answers/store.ts'
import { countText, momentText } from '../figures/figure-text.ts'
import { useLanguage, useSay } from '../language/language.ts'

const FRESH = { zh: '已全部计入', en: 'All counted' }
const UNKNOWN = { zh: '尚不知进度', en: 'Progress unknown' }
const GONE = { zh: '连接中断', en: 'Disconnected' }

/** One word on how fresh the figures are, and why they changed when they did. */
export function FreshnessMark() {
  const say = useSay()
  const language = useLanguage()
  const now = useStore(freshness)
  const isGone = useStore(connection) !== 'there'
  if (isGone) return <span class="mark bad">{say(GONE)}</span>
  if (now === null) return null
  const { topics } = now.answer
  const isKnown = topics.every(({ lagCount }) => lagCount !== null)
  const lagCount = topics.reduce((sum, topic) => sum + (topic.lagCount ?? 0), 0)
  const seen = topics.map(({ watermark }) => momentText(watermark)).join(' / ')
  const words = !isKnown
    ? say(UNKNOWN)
    : lagCount === 0
      ? say(FRESH)
      : { zh: `还有 ${countText(lagCount)} 条待计`, en: `${countText(lagCount)} to count` }[language]
  return (
    <span role="status" class="freshness">
      <span class={`mark ${isKnown && lagCount === 0 ? 'good' : 'unsure'}`} title={seen}>
        {words}
      </span>
    </span>
  )
}

/** Numbers never jump without a hint of why. */
export function UpdatedMark() {
  const language = useLanguage()
  const now = useStore(freshness)
  if (now === null || now.changedAtMs === null) return null
  const at = new Date(now.changedAtMs).toTimeString().slice(0, 8)
  const signed = (count: number) => `${count < 0 ? '−' : '+'}${countText(Math.abs(count))}`
  const calls =
    now.newCallsCount === 0
      ? []
      : [{ zh: `话务 ${signed(now.newCallsCount)}`, en: `${signed(now.newCallsCount)} calls` }[language]]
  const tickets =
    now.newTicketsCount === 0
      ? []
      : [{ zh: `工单 ${signed(now.newTicketsCount)}`, en: `${signed(now.newTicketsCount)} tickets` }[language]]
  return (
    <span key={now.changedAtMs} class="updated changed" data-updated={now.changedAtMs}>
      {{ zh: `${at} 更新：`, en: `updated ${at}: ` }[language]}
      {[...calls, ...tickets].join(language === 'zh' ? '，' : ', ')}
    </span>
  )
}

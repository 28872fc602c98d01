import { freshness } from '../answers/live.ts'
import { useStore } from '../answers/store.ts'
import { countText, momentText } from '../figures/figure-text.ts'
import { useSay } from '../language/language.ts'

const TITLE = { zh: '数据新鲜度', en: 'How fresh the figures are' }
const TOPICS = [
  { zh: '话务', en: 'Calls' },
  { zh: '工单', en: 'Tickets' },
]
const SEEN = { zh: '已计至', en: 'counted until' }
const RECORDS = { zh: '已计记录', en: 'records counted' }
const LAG = { zh: '待计', en: 'still to count' }
const UNKNOWN = { zh: '不知：消息日志没有应答', en: 'unknown: the log does not answer' }
const NONE = { zh: '尚无', en: 'nothing yet' }

/** Per kind of record: how far the figures have seen, and what they have not. */
export function FreshnessPanel() {
  const say = useSay()
  const now = useStore(freshness)
  if (now === null) return null
  return (
    <section class="panel overview-fresh" aria-labelledby="fresh">
      <header class="panel-head">
        <h2 id="fresh">{say(TITLE)}</h2>
      </header>
      {now.answer.topics.map(({ topic, watermark, lagCount, partitions }, place) => (
        <dl key={topic} data-topic={topic}>
          <dt>
            {say(TOPICS[place] ?? { zh: topic, en: topic })} {say(SEEN)}
          </dt>
          <dd>{watermark === null ? say(NONE) : momentText(watermark)}</dd>
          <dt>{say(RECORDS)}</dt>
          <dd>{countText(partitions.reduce((sum, { nextOffset }) => sum + (nextOffset ?? 0), 0))}</dd>
          <dt>{say(LAG)}</dt>
          <dd class={lagCount === 0 ? '' : 'unsure'}>{lagCount === null ? say(UNKNOWN) : countText(lagCount)}</dd>
        </dl>
      ))}
    </section>
  )
}

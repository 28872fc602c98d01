import type { PeaksAnswer } from '../../../api/answers/peaks-answer.ts'
import { Link } from '../address/link.tsx'
import { freshness } from '../answers/live.ts'
import { useNames } from '../answers/profile.ts'
import { useStore } from '../answers/store.ts'
import { useAnswer } from '../answers/use-answer.ts'
import { countText, lengthText, percentText, pointsText, timeText } from '../figures/figure-text.ts'
import { dateAfter } from '../figures/period-name.ts'
import { useLanguage, useSay } from '../language/language.ts'
import { Answered } from '../parts/answered.tsx'
import { Changing } from '../parts/changing.tsx'
import { StatusMark } from '../parts/mark.tsx'

type Instance = PeaksAnswer['instances'][number]

const RUNNING = { zh: '进行中的高峰', en: 'The peak that is running' }
const LAST = { zh: '最近一场高峰', en: 'The latest peak' }
const NONE = { zh: '近日没有高峰时段的来电。', en: 'No calls in a peak of these days.' }
const ANSWERED = { zh: '接通 / 人工请求', en: 'answered / offered' }
const DEVIATION = { zh: '与全年总体之差', en: 'beside the year overall' }
const WAIT = { zh: '平均等待', en: 'mean wait' }
const SO_FAR = { zh: '至', en: 'until' }
/** Over a long holiday there is a peak every evening, so a few days always hold one. */
const DAYS_BACK = 4

/** The peak that the figures are in now, or else the last before: within the period of the page. */
export function RunningPeak({ from, to }: { from: string; to: string }) {
  const say = useSay()
  const watermark = useStore(freshness)?.answer.topics[0]?.watermark ?? null
  const until = watermark === null ? null : earlier(watermark, to)
  const isBefore = until !== null && Date.parse(until) <= Date.parse(from)
  const path = until === null || isBefore ? null : peaksPathOf(until)
  const answer = useAnswer<PeaksAnswer>(path)
  if (path === null) return null
  return (
    <Answered answer={answer}>
      {({ instances }) => {
        const shown = until === null ? null : instanceAt(instances, until)
        const isRunning = shown !== null && shown.status === 'open'
        return (
          <section class="panel overview-running" aria-labelledby="running" data-running={shown?.id}>
            <header class="panel-head">
              <h2 id="running">{say(isRunning ? RUNNING : LAST)}</h2>
              {shown === null ? null : <StatusMark status={shown.status} />}
            </header>
            {shown === null ? (
              <p class="quiet">{say(NONE)}</p>
            ) : (
              <Shown instance={shown} watermark={isRunning ? until : null} />
            )}
          </section>
        )
      }}
    </Answered>
  )
}

function Shown({ instance, watermark }: { instance: Instance; watermark: string | null }) {
  const say = useSay()
  const language = useLanguage()
  const names = useNames()
  const { id, period, date, startAt, endAt, ratio, answeredCount, offeredCount, deviationPoints, meanWaitMs } = instance
  return (
    <>
      <p>
        <Link to={`/peaks/${encodeURIComponent(id)}`}>{names.window(period)}</Link> · <span class="nowrap">{date}</span>{' '}
        <span class="nowrap">
          {timeText(startAt)}–{timeText(endAt)}
        </span>
        {watermark === null ? null : (
          <span class="quiet">
            {' '}
            ({say(SO_FAR)} {timeText(watermark)})
          </span>
        )}
      </p>
      <b>
        <Changing of={id} text={percentText(ratio)} />
      </b>
      <dl>
        <dt>{say(ANSWERED)}</dt>
        <dd>
          <Changing of={id} text={`${countText(answeredCount)} / ${countText(offeredCount)}`} />
        </dd>
        <dt>{say(DEVIATION)}</dt>
        <dd>{pointsText(deviationPoints, language)}</dd>
        <dt>{say(WAIT)}</dt>
        <dd>{lengthText(meanWaitMs)}</dd>
      </dl>
    </>
  )
}

/** Some days up to an instant that is out, all of one year: windows are held against the rate of theirs. */
function peaksPathOf(until: string): string {
  const day = dateAfter(until.slice(0, 10), until.slice(11, 19) === '00:00:00' ? -1 : 0)
  const year = Number(day.slice(0, 4))
  const from = dateAfter(day, -DAYS_BACK)
  return `/v1/peaks?from=${from.slice(0, 4) === String(year) ? from : `${year}-01-01`}&to=${dateAfter(day, 1)}`
}

/** The window that holds an instant; else the last that began before it and had calls. */
function instanceAt(instances: readonly Instance[], until: string): Instance | null {
  const begun = instances.filter(({ kind, startAt }) => kind === 'peak' && Date.parse(startAt) < Date.parse(until))
  return begun.filter(({ offeredCount }) => offeredCount > 0).at(-1) ?? null
}

function earlier(one: string, other: string): string {
  return Date.parse(one) <= Date.parse(other) ? one : other
}

import type { WindowAnswer } from '../../../api/answers/window-answer.ts'
import { useAddress } from '../address/address.ts'
import { Link } from '../address/link.tsx'
import { useNames } from '../answers/profile.ts'
import { useAnswer } from '../answers/use-answer.ts'
import { countText, momentText, NOTHING, pointsText, timeText } from '../figures/figure-text.ts'
import { useLanguage, useSay } from '../language/language.ts'
import type { PageProps } from '../page-props.ts'
import { Answered } from '../parts/answered.tsx'
import { Changing } from '../parts/changing.tsx'
import { StatusMark, VerdictMark } from '../parts/mark.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { PartChoice, partQuery } from '../parts/part-choice.tsx'
import { askedPath, callsPath, windowPath } from './asked-peaks.ts'
import { CourseFigure } from './course-figure.tsx'
import { LinesTable } from './lines-table.tsx'
import { OutcomesTable } from './outcomes-table.tsx'
import { NO_DATA } from './peak-words.ts'
import './peaks.css'
import { WhyTable } from './why-table.tsx'

const TITLE = { zh: '高峰', en: 'Peak' }
const BACK = { zh: '全部高峰', en: 'All peaks' }
const BEFORE = { zh: '← 上一场', en: '← Before' }
const AFTER = { zh: '下一场 →', en: 'Next →' }
const CALLS = { zh: '看通话', en: 'Its calls' }
const OVERALL = { zh: '总体', en: 'overall' }
const BESIDE = { zh: '与总体之差', en: 'beside the overall rate' }
const AS_OF = { zh: '截至', en: 'as of' }

/** One peak or special period: why it was as it was, and the way to its calls. */
export default function WindowPage({ params }: PageProps) {
  const say = useSay()
  const names = useNames()
  const { query } = useAddress()
  const id = params.window!
  const [period, date] = id.split('@')
  const answer = useAnswer<WindowAnswer>(`/v1/windows/${encodeURIComponent(id)}${partQuery(query)}`)
  const value = answer.value
  return (
    <div class="page peaks-page">
      <nav class="crumbs no-print">
        <Link to={askedPath('/peaks', query, { period: date?.slice(0, 4) ?? null, peak: period ?? null })}>
          {say(BACK)}
        </Link>
        {value === null || value.previousId === null ? null : (
          <Link to={windowPath(value.previousId, query)}>{say(BEFORE)}</Link>
        )}
        {value === null || value.nextId === null ? null : (
          <Link to={windowPath(value.nextId, query)}>{say(AFTER)}</Link>
        )}
      </nav>
      <PageHead title={`${period === undefined ? say(TITLE) : names.window(period)} ${date ?? ''}`}>
        {value === null ? null : (
          <span class="facts">
            <StatusMark status={value.status} />
            <span>
              {say(AS_OF)} {value.asOf === null ? NOTHING : momentText(value.asOf)}
            </span>
          </span>
        )}
        <PartChoice />
        {value === null ? null : (
          <Link class="button" to={callsPath(value.startAt, value.endAt, query, value.id)}>
            {say(CALLS)}
          </Link>
        )}
      </PageHead>
      <Answered answer={answer}>{(window) => <Window window={window} />}</Answered>
    </div>
  )
}

function Window({ window }: { window: WindowAnswer }) {
  const say = useSay()
  const language = useLanguage()
  const { id, startAt, endAt, coverage, percent, offeredCount, answeredCount, deviationPoints, overall, notes } = window
  return (
    <>
      <section class="panel window-head">
        <p>
          <b class="large" data-percent>
            {coverage === 'no-data' ? (
              say(NO_DATA)
            ) : (
              <Changing of={id} text={percent === null ? NOTHING : `${percent}%`} />
            )}
          </b>{' '}
          <VerdictMark verdict={window.verdict} />
          <br />
          <span class="quiet">
            {startAt.slice(0, 10) === endAt.slice(0, 10)
              ? `${timeText(startAt)}–${timeText(endAt)}`
              : `${momentText(startAt)} – ${momentText(endAt)}`}{' '}
            ·{' '}
            <span data-counts>
              <Changing of={id} text={`${countText(answeredCount)} / ${countText(offeredCount)}`} />
            </span>{' '}
            · {say(OVERALL)} {overall.percent ?? NOTHING}% · {say(BESIDE)} {pointsText(deviationPoints, language)}
          </span>
        </p>
        <p class="why" data-why={window.cause}>
          {say(window.sentence)}
        </p>
        {notes.map(({ from, text }) => (
          <p key={from} class="notice unsure">
            {say(text)}
          </p>
        ))}
      </section>
      <div class="window-columns">
        <WhyTable window={window} />
        <CourseFigure window={window} />
        <OutcomesTable window={window} />
        <LinesTable window={window} />
      </div>
    </>
  )
}

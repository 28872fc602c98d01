import type { WindowAnswer } from '../../../api/answers/window-answer.ts'
import { useAddress } from '../address/address.ts'
import { Link } from '../address/link.tsx'
import { countText, momentText, percentText, timeText } from '../figures/figure-text.ts'
import { useSay } from '../language/language.ts'
import { DataTable } from '../parts/data-table.tsx'
import { Figure } from '../parts/figure.tsx'
import { callsPath } from './asked-peaks.ts'
import { CourseChart } from './course-chart.tsx'
import { ANSWERED, OFFERED, RATE } from './peak-words.ts'
import { meanText } from './usual-text.ts'

const TITLE = { zh: '逐刻走势', en: 'Along the window' }
const NOTE = {
  zh: '柱：人工请求，实色为接通、斜纹为未接通；折线：平时的人工请求。点柱看该段通话。',
  en: 'Bars: calls offered, solid answered, hatched not; the line: what is usual. A bar opens its calls.',
}
const FROM = { zh: '时间', en: 'Time' }
const USUAL = { zh: '平时人工请求', en: 'Usually offered' }
const USUAL_RATE = { zh: '平时接通率', en: 'Usual rate' }

/** The window by quarter-hour, or by hour where it is longer than a day. */
export function CourseFigure({ window: { id, course } }: { window: WindowAnswer }) {
  const say = useSay()
  const { query } = useAddress()
  const isLong = course.length > 0 && course[0]!.startAt.slice(0, 10) !== course.at(-1)!.startAt.slice(0, 10)
  const text = (at: string) => (isLong ? momentText(at).slice(5) : timeText(at))
  return (
    <Figure
      id="course"
      title={say(TITLE)}
      note={say(NOTE)}
      chart={
        <CourseChart
          course={course}
          text={text}
          callsOf={({ startAt, endAt }) => callsPath(startAt, endAt, query, id)}
        />
      }
      table={
        <DataTable
          caption={say(TITLE)}
          rows={course}
          keyOf={({ startAt }) => startAt}
          columns={[
            {
              head: say(FROM),
              isRowHead: true,
              cell: ({ startAt, endAt }) => <Link to={callsPath(startAt, endAt, query, id)}>{text(startAt)}</Link>,
            },
            { head: say(OFFERED), kind: 'number', cell: ({ offeredCount }) => countText(offeredCount) },
            { head: say(ANSWERED), kind: 'number', cell: ({ answeredCount }) => countText(answeredCount) },
            { head: say(RATE), kind: 'number', cell: ({ ratio }) => percentText(ratio, 1) },
            { head: say(USUAL), kind: 'number', cell: ({ usualOfferedCount }) => meanText(usualOfferedCount) },
            { head: say(USUAL_RATE), kind: 'number', cell: ({ usualRatio }) => percentText(usualRatio, 1) },
          ]}
        />
      }
    />
  )
}

import type { WindowAnswer } from '../../../api/answers/window-answer.ts'
import { addressWith } from '../address/address.ts'
import { Link } from '../address/link.tsx'
import { useNames } from '../answers/profile.ts'
import { countText, percentText } from '../figures/figure-text.ts'
import { useSay } from '../language/language.ts'
import { DataTable } from '../parts/data-table.tsx'
import { RATE } from './peak-words.ts'
import { changeText, meanText } from './usual-text.ts'

const TITLE = { zh: '按线路', en: 'By line' }
const LINE = { zh: '线路', en: 'Line' }
const COUNT = { zh: '人工请求', en: 'Offered' }
const USUAL = { zh: '平时', en: 'Usual' }
const CHANGE = { zh: '变化', en: 'Change' }
const USUAL_RATE = { zh: '平时接通率', en: 'Usual rate' }

export function LinesTable({ window: { lines } }: { window: WindowAnswer }) {
  const say = useSay()
  const names = useNames()
  return (
    <section class="panel" aria-labelledby="lines">
      <header class="panel-head">
        <h2 id="lines">{say(TITLE)}</h2>
      </header>
      <DataTable
        caption={say(TITLE)}
        rows={lines}
        keyOf={({ line }) => line}
        columns={[
          {
            head: say(LINE),
            isRowHead: true,
            cell: ({ line }) => <Link to={addressWith({ line })}>{names.line(line)}</Link>,
          },
          { head: say(COUNT), kind: 'number', cell: ({ offeredCount }) => <b>{countText(offeredCount)}</b> },
          { head: say(USUAL), kind: 'number', cell: ({ usualOfferedCount }) => meanText(usualOfferedCount) },
          {
            head: say(CHANGE),
            kind: 'number',
            cell: ({ offeredCount, usualOfferedCount }) => changeText(offeredCount, usualOfferedCount),
          },
          { head: say(RATE), kind: 'number', cell: ({ ratio }) => percentText(ratio, 1) },
          { head: say(USUAL_RATE), kind: 'number', cell: ({ usualRatio }) => percentText(usualRatio, 1) },
        ]}
      />
    </section>
  )
}

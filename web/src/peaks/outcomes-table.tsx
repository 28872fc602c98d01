import type { WindowAnswer } from '../../../api/answers/window-answer.ts'
import { countText, percentText } from '../figures/figure-text.ts'
import { useSay } from '../language/language.ts'
import { DataTable } from '../parts/data-table.tsx'
import { meanText } from './usual-text.ts'

type Outcome = WindowAnswer['outcomes'][number]['outcome']

const TITLE = { zh: '来电去向', en: 'What became of the calls' }
const OUTCOME = { zh: '去向', en: 'Outcome' }
const COUNT = { zh: '本场', en: 'This one' }
const SHARE = { zh: '占比', en: 'Share' }
const USUAL = { zh: '平时', en: 'Usual' }
const USUAL_SHARE = { zh: '平时占比', en: 'Usual share' }
const NAMES: Readonly<Record<Outcome, { zh: string; en: string }>> = {
  answered: { zh: '接通', en: 'Answered' },
  abandoned: { zh: '放弃', en: 'Gave up' },
  noSeat: { zh: '无坐席', en: 'No seat' },
  flowedOut: { zh: '流出', en: 'Flowed out' },
  failed: { zh: '系统故障', en: 'System failed' },
  other: { zh: '其他', en: 'Other' },
}

export function OutcomesTable({ window: { outcomes } }: { window: WindowAnswer }) {
  const say = useSay()
  const whole = outcomes.reduce((sum, { count }) => sum + count, 0)
  const usualWhole = outcomes.reduce((sum, { usualCount }) => sum + (usualCount ?? 0), 0)
  return (
    <section class="panel" aria-labelledby="outcomes">
      <header class="panel-head">
        <h2 id="outcomes">{say(TITLE)}</h2>
      </header>
      <DataTable
        caption={say(TITLE)}
        rows={outcomes}
        keyOf={({ outcome }) => outcome}
        columns={[
          { head: say(OUTCOME), isRowHead: true, cell: ({ outcome }) => say(NAMES[outcome]) },
          { head: say(COUNT), kind: 'number', cell: ({ count }) => <b>{countText(count)}</b> },
          { head: say(SHARE), kind: 'number', cell: ({ count }) => percentText(whole === 0 ? null : count / whole, 1) },
          { head: say(USUAL), kind: 'number', cell: ({ usualCount }) => meanText(usualCount) },
          {
            head: say(USUAL_SHARE),
            kind: 'number',
            cell: ({ usualCount }) =>
              percentText(usualCount === null || usualWhole === 0 ? null : usualCount / usualWhole, 1),
          },
        ]}
      />
    </section>
  )
}

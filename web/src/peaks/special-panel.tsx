import type { StabilityAnswer } from '../../../api/answers/stability-shape.ts'
import { useAddress } from '../address/address.ts'
import { Link } from '../address/link.tsx'
import { useNames } from '../answers/profile.ts'
import { countText, NOTHING, signedPoints } from '../figures/figure-text.ts'
import { dateAfter } from '../figures/period-name.ts'
import { useSay } from '../language/language.ts'
import { DataTable } from '../parts/data-table.tsx'
import { StatusMark, VerdictMark } from '../parts/mark.tsx'
import { windowPath } from './asked-peaks.ts'
import { DEVIATION, INTERVAL, OFFERED, RATE, STATUS, VERDICT, WINDOW } from './peak-words.ts'

const TITLE = { zh: '特殊时期', en: 'Special periods' }
const DAYS = { zh: '起止（含）', en: 'From, through' }
const NONE = { zh: '本期没有特殊时期。', en: 'There is no special period in this span.' }

export function SpecialPanel({ special }: Pick<StabilityAnswer, 'special'>) {
  const say = useSay()
  const names = useNames()
  const { query } = useAddress()
  return (
    <section class="panel list" aria-labelledby="special">
      <header class="panel-head">
        <h2 id="special">{say(TITLE)}</h2>
      </header>
      <DataTable
        caption={say(TITLE)}
        rows={special}
        keyOf={({ span }) => span}
        empty={say(NONE)}
        columns={[
          {
            head: say(WINDOW),
            isRowHead: true,
            cell: ({ span, period }) => <Link to={windowPath(span, query)}>{names.window(period)}</Link>,
          },
          {
            head: say(DAYS),
            cell: ({ from, to }) => (from === undefined || to === undefined ? NOTHING : spanText(from, to)),
          },
          {
            head: say(RATE),
            kind: 'number',
            cell: ({ percent }) => <b>{percent === null ? NOTHING : `${percent}%`}</b>,
          },
          { head: say(DEVIATION), kind: 'number', cell: ({ deviationPoints }) => signedPoints(deviationPoints) },
          {
            head: say(INTERVAL),
            kind: 'number',
            cell: ({ lowerPoints, upperPoints }) =>
              lowerPoints === null ? NOTHING : `${signedPoints(lowerPoints)} … ${signedPoints(upperPoints)}`,
          },
          { head: say(OFFERED), kind: 'number', cell: ({ offeredCount }) => countText(offeredCount) },
          { head: say(VERDICT), cell: ({ verdict }) => <VerdictMark verdict={verdict} /> },
          { head: say(STATUS), cell: ({ status }) => <StatusMark status={status} /> },
        ]}
      />
    </section>
  )
}

/** `to` is out; days are written as people say them, both in. */
function spanText(from: string, to: string): string {
  if (from.length > 10 || to.length > 10) return `${from.replace('T', ' ')} – ${to.replace('T', ' ')}`
  const last = dateAfter(to, -1)
  return from === last ? from : `${from} – ${last}`
}

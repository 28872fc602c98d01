import type { PeaksAnswer } from '../../../api/answers/peaks-answer.ts'
import type { StabilityAnswer } from '../../../api/answers/stability-shape.ts'
import { useAddress } from '../address/address.ts'
import { useAnswer } from '../answers/use-answer.ts'
import { countText } from '../figures/figure-text.ts'
import { useSay } from '../language/language.ts'
import { Answered } from '../parts/answered.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { type AskedDays, askedPath } from './asked-peaks.ts'
import { type Instance, useInstanceColumns } from './instance-columns.tsx'

const WORST = {
  zh: '最差的高峰（最确定低于总体的10场）',
  en: 'Worst peaks: the ten that lie most surely below the rest',
}
const WHY = { zh: '去向与坐席', en: 'Where calls went, seats' }
const INSIDE = { zh: '所选日期内的各场高峰', en: 'Peaks of the chosen days' }
const NONE = { zh: '没有低于总体的高峰。', en: 'No peak lies below the overall rate.' }
const NONE_INSIDE = { zh: '所选日期内没有高峰。', en: 'There is no peak in these days.' }
/** More than a screen of them is read by month. */
const SHOWN_MAX = 60

/** The worst of the period; of chosen days all, the lowest first. */
export function InstancesPanel({ stability, days }: { stability: StabilityAnswer; days: AskedDays | null }) {
  return days === null ? <Worst worst={stability.worst} /> : <Inside days={days} />
}

function Worst({ worst }: { worst: StabilityAnswer['worst'] }) {
  const say = useSay()
  const columns = useInstanceColumns()
  return (
    <section class="panel list" aria-labelledby="worst">
      <header class="panel-head">
        <h2 id="worst">{say(WORST)}</h2>
      </header>
      <DataTable
        caption={say(WORST)}
        rows={worst}
        keyOf={({ id }) => id}
        columns={[...columns, { head: say(WHY), cell: ({ why }) => say(why) }]}
        empty={say(NONE)}
      />
    </section>
  )
}

function Inside({ days }: { days: AskedDays }) {
  const say = useSay()
  const columns = useInstanceColumns()
  const { query } = useAddress()
  const answer = useAnswer<PeaksAnswer>(askedPath('/v1/peaks', query, { ...days }))
  return (
    <section class="panel list" aria-labelledby="inside" data-inside>
      <header class="panel-head">
        <h2 id="inside">{say(INSIDE)}</h2>
      </header>
      <Answered answer={answer}>
        {({ instances }) => {
          const lowestFirst = [...instances].sort((one, other) => surelyOf(one) - surelyOf(other))
          return (
            <>
              <DataTable
                caption={say(INSIDE)}
                rows={lowestFirst.slice(0, SHOWN_MAX)}
                keyOf={({ id }) => id}
                columns={columns}
                empty={say(NONE_INSIDE)}
              />
              {lowestFirst.length <= SHOWN_MAX ? null : (
                <p class="quiet more">
                  {say({
                    zh: `共${countText(lowestFirst.length)}场，列出最低的${SHOWN_MAX}场。`,
                    en: `The lowest ${SHOWN_MAX} of ${countText(lowestFirst.length)} are listed.`,
                  })}
                </p>
              )}
            </>
          )
        }}
      </Answered>
    </section>
  )
}

/** By the upper end of the interval: what lies most surely below comes first, what has no calls last. */
function surelyOf({ upperPoints }: Instance): number {
  return upperPoints ?? Number.POSITIVE_INFINITY
}

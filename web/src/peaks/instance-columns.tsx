import type { PeaksAnswer } from '../../../api/answers/peaks-answer.ts'
import { useAddress } from '../address/address.ts'
import { Link } from '../address/link.tsx'
import { useNames } from '../answers/profile.ts'
import { countText, lengthText, NOTHING, percentText, signedPoints, timeText } from '../figures/figure-text.ts'
import { useSay } from '../language/language.ts'
import type { Column } from '../parts/data-table.tsx'
import { StatusMark, VerdictMark } from '../parts/mark.tsx'
import { windowPath } from './asked-peaks.ts'
import { ANSWERED, DATE, DEVIATION, INTERVAL, NO_DATA, OFFERED, RATE, STATUS, VERDICT, WINDOW } from './peak-words.ts'

export type Instance = PeaksAnswer['instances'][number]

const WAIT = { zh: '平均等待', en: 'Mean wait' }

/** The columns of every list of single peaks; the date leads to the window. */
export function useInstanceColumns(): Column<Instance>[] {
  const say = useSay()
  const names = useNames()
  const { query } = useAddress()
  return [
    {
      head: say(DATE),
      isRowHead: true,
      cell: ({ id, date, startAt, endAt }) => (
        <Link to={windowPath(id, query)} data-window={id}>
          <span class="nowrap">{date}</span>{' '}
          <small class="nowrap">
            {timeText(startAt)}–{timeText(endAt)}
          </small>
        </Link>
      ),
    },
    { head: say(WINDOW), cell: ({ period }) => names.window(period) },
    {
      head: say(RATE),
      kind: 'number',
      cell: ({ ratio, coverage }) =>
        coverage === 'no-data' ? <b class="bad">{say(NO_DATA)}</b> : <b>{percentText(ratio)}</b>,
    },
    { head: say(DEVIATION), kind: 'number', cell: ({ deviationPoints }) => signedPoints(deviationPoints) },
    {
      head: say(INTERVAL),
      kind: 'number',
      cell: ({ lowerPoints, upperPoints }) =>
        lowerPoints === null ? NOTHING : `${signedPoints(lowerPoints)} … ${signedPoints(upperPoints)}`,
    },
    { head: say(OFFERED), kind: 'number', cell: ({ offeredCount }) => countText(offeredCount) },
    { head: say(ANSWERED), kind: 'number', cell: ({ answeredCount }) => countText(answeredCount) },
    { head: say(WAIT), kind: 'number', cell: ({ meanWaitMs }) => lengthText(meanWaitMs) },
    { head: say(VERDICT), cell: ({ verdict }) => <VerdictMark verdict={verdict} /> },
    { head: say(STATUS), cell: ({ status }) => <StatusMark status={status} /> },
  ]
}

import type { WhatIfResult } from '../../../api/answers/plan-answer.ts'
import { useNames, useProfile } from '../answers/profile.ts'
import { countText, NOTHING, percentText, signedPoints } from '../figures/figure-text.ts'
import { useSay } from '../language/language.ts'
import { DataTable } from '../parts/data-table.tsx'
import { Figure } from '../parts/figure.tsx'
import { PeaksChart, type RateRow } from './peaks-chart.tsx'
import {
  CHANGE,
  FROM_OVERALL,
  INTERVAL,
  OFFERED,
  OVERALL,
  PEAK,
  PREDICTED,
  RECORDED,
  SEATS_MEAN,
} from './plan-words.ts'

const TITLE = { zh: '总体与各高峰：实际与推演', en: 'Overall and peaks: recorded and predicted' }

/** Every peak before and after, with the interval in which one more run would lie. */
export function PeaksFigure({ whatIf }: { whatIf: WhatIfResult['whatIf'] }) {
  const say = useSay()
  const names = useNames()
  const { stability } = useProfile()
  const { tolerancePoints } = stability
  const rows: RateRow[] = [
    { ...whatIf.overall, id: 'overall', name: say(OVERALL), seatsMean: null, deviationPoints: null },
    ...whatIf.peaks.map((peak) => ({ ...peak, id: peak.period, name: names.window(peak.period) })),
  ]
  return (
    <Figure
      id="peaks"
      title={say(TITLE)}
      note={say({
        zh: `空心：实际；实心与横线：推演及其95%区间；虚线：推演总体以下${tolerancePoints}个百分点，越过为偏离。`,
        en: `Hollow: recorded; filled, with a line: predicted and its interval; dashed: ${tolerancePoints} points below the predicted overall rate, beyond which a peak deviates.`,
      })}
      chart={<PeaksChart rows={rows} tolerancePoints={tolerancePoints} label={say(TITLE)} />}
      table={
        <DataTable<RateRow>
          caption={say(TITLE)}
          rows={rows}
          keyOf={({ id }) => id}
          columns={[
            { head: say(PEAK), cell: ({ name }) => name, isRowHead: true },
            { head: say(OFFERED), kind: 'number', cell: ({ recorded }) => countText(recorded.offeredCount) },
            { head: say(RECORDED), kind: 'number', cell: ({ recorded }) => percentText(recorded.ratio) },
            { head: say(PREDICTED), kind: 'number', cell: ({ predicted }) => percentText(predicted.ratio) },
            { head: say(INTERVAL), kind: 'number', cell: ({ predicted }) => intervalText(predicted) },
            { head: say(CHANGE), kind: 'number', cell: ({ changePoints }) => signedPoints(changePoints) },
            { head: say(FROM_OVERALL), kind: 'number', cell: ({ deviationPoints }) => signedPoints(deviationPoints) },
            {
              head: say(SEATS_MEAN),
              kind: 'number',
              cell: ({ seatsMean }) => (seatsMean === null ? NOTHING : seatsMean.toFixed(1)),
            },
          ]}
        />
      }
    />
  )
}

export function intervalText({ lower, upper }: { lower: number | null; upper: number | null }): string {
  return lower === null || upper === null ? NOTHING : `${percentText(lower)} – ${percentText(upper)}`
}

import type { WhatIfResult } from '../../../api/answers/plan-answer.ts'
import { useProfile } from '../answers/profile.ts'
import { countText, percentText, signedPoints } from '../figures/figure-text.ts'
import { WEEKDAY_WORDS, WEEKDAYS, type Weekday } from '../figures/weekday-words.ts'
import { useSay } from '../language/language.ts'
import { DataTable } from '../parts/data-table.tsx'
import { Figure } from '../parts/figure.tsx'
import { type Heat, HeatMap } from '../parts/heat-map.tsx'
import { CHANGE, HOUR, OFFERED, PREDICTED, RECORDED } from './plan-words.ts'

type WhatIf = WhatIfResult['whatIf']

interface HourRow {
  weekday: Weekday
  hour: number
  offeredCount: number
  recorded: number | null
  predicted: number | null
}

const TITLE = { zh: '每周各小时接通率：实际与推演', en: 'Rate by hour and weekday: recorded and predicted' }
const WEEKDAY = { zh: '星期', en: 'Weekday' }

/** Hour by weekday, before and after: each coloured by how far it lies from the overall rate of its own. */
export function HeatFigures({ whatIf }: { whatIf: WhatIf }) {
  const say = useSay()
  const { stability } = useProfile()
  const { heatMap, overall } = whatIf
  const maps = [
    {
      name: 'recorded',
      title: say(RECORDED),
      heat: heatOf(heatMap.recorded, heatMap.recordedOffered, heatMap.callsMin, overall.recorded.ratio),
    },
    {
      name: 'predicted',
      title: say(PREDICTED),
      heat: heatOf(heatMap.predicted, heatMap.predictedOffered, heatMap.callsMin, overall.predicted.ratio),
    },
  ]
  return (
    <Figure
      id="heatmap"
      title={say(TITLE)}
      note={say({
        zh: '格内：接通率、人工请求数（推演为平均）。斜纹：来电过少，不作比较。',
        en: 'In each cell the rate and the calls, of the runs their mean. Hatched: too few calls to be compared.',
      })}
      chart={
        <div class="plan-heats">
          {maps.map(({ name, title, heat }) => (
            <div key={name} data-heat-map={name}>
              <h3>
                {title} <span class="quiet">{percentText(heat.overall.ratio)}</span>
              </h3>
              <HeatMap heat={heat} tolerancePoints={stability.tolerancePoints} caption={`${say(TITLE)}: ${title}`} />
            </div>
          ))}
        </div>
      }
      table={
        <DataTable<HourRow>
          caption={say(TITLE)}
          rows={rowsOf(whatIf)}
          keyOf={({ weekday, hour }) => `${weekday} ${hour}`}
          columns={[
            { head: say(WEEKDAY), cell: ({ weekday }) => say(WEEKDAY_WORDS[weekday]), isRowHead: true },
            { head: say(HOUR), cell: ({ hour }) => `${String(hour).padStart(2, '0')}:00` },
            { head: say(OFFERED), kind: 'number', cell: ({ offeredCount }) => countText(offeredCount) },
            { head: say(RECORDED), kind: 'number', cell: ({ recorded }) => percentText(recorded) },
            { head: say(PREDICTED), kind: 'number', cell: ({ predicted }) => percentText(predicted) },
            {
              head: say(CHANGE),
              kind: 'number',
              cell: ({ recorded, predicted }) =>
                signedPoints(recorded === null || predicted === null ? null : 100 * (predicted - recorded)),
            },
          ]}
        />
      }
    />
  )
}

function heatOf(
  rates: (number | null)[][],
  offered: number[][],
  callsMin: number | null,
  overall: number | null,
): Heat {
  return {
    overall: { ratio: overall },
    cells: WEEKDAYS.flatMap((weekday, row) =>
      rates[row]!.map((ratio, hour) => ({
        weekday,
        hour,
        ratio,
        offeredCount: Math.round(offered[row]![hour]!),
        percent: ratio === null ? null : (100 * ratio).toFixed(2),
        hasEnoughCalls: callsMin !== null && offered[row]![hour]! >= callsMin,
      })),
    ),
  }
}

function rowsOf({ heatMap }: WhatIf): HourRow[] {
  return WEEKDAYS.flatMap((weekday, row) =>
    heatMap.recorded[row]!.map((recorded, hour) => ({
      weekday,
      hour,
      offeredCount: heatMap.recordedOffered[row]![hour]!,
      recorded,
      predicted: heatMap.predicted[row]![hour]!,
    })),
  )
}

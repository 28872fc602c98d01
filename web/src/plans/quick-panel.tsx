import type { SeatsResult, WhatIfResult } from '../../../api/answers/plan-answer.ts'
import { useNames } from '../answers/profile.ts'
import { NOTHING, percentText } from '../figures/figure-text.ts'
import { useSay } from '../language/language.ts'
import { DataTable } from '../parts/data-table.tsx'
import { PEAK, PREDICTED, SEATS } from './plan-words.ts'

type Staffed = WhatIfResult | SeatsResult
type Quick = Staffed['whatIf']['quick'][number]

const TITLE = { zh: '公式速算：Erlang B、C、A', en: 'Quick answers: Erlang B, C, A' }
const BASE = {
  zh: '每个高峰只取平均一小时与平均坐席（取整）。',
  en: 'For the mean hour of each peak, with its mean seats, rounded.',
}
const OMITS = { zh: '公式不计：', en: 'They leave out: ' }
const HEADS = {
  perHour: { zh: '每小时话务', en: 'Calls an hour' },
  load: { zh: '话务强度（Erlang）', en: 'Load, Erlang' },
  b: { zh: 'B：接通', en: 'B: answered' },
  c: { zh: 'C：需等待 · 平均等待', en: 'C: must wait · mean wait' },
  a: { zh: 'A：接通', en: 'A: answered' },
  redials: { zh: 'A 含重拨', en: 'A with redials' },
}

/** What formulas say of the same peaks, beside the simulation, and what they leave out. */
export function QuickPanel({ result: { whatIf, quickLeavesOut } }: { result: Staffed }) {
  const say = useSay()
  const names = useNames()
  if (whatIf.quick.length === 0) return null
  const predicted = ({ period }: Quick) => whatIf.peaks.find((peak) => peak.period === period)?.predicted.ratio ?? null
  return (
    <section class="panel" aria-labelledby="quick" data-quick>
      <header class="panel-head">
        <h2 id="quick">{say(TITLE)}</h2>
      </header>
      <p class="quiet plan-omits">
        {say(BASE)} {say(OMITS)}
        {say(quickLeavesOut)}
      </p>
      <DataTable<Quick>
        caption={say(TITLE)}
        rows={whatIf.quick}
        keyOf={({ period }) => period}
        columns={[
          { head: say(PEAK), cell: ({ period }) => names.window(period), isRowHead: true },
          { head: say(HEADS.perHour), kind: 'number', cell: ({ callsPerHour }) => callsPerHour.toFixed(1) },
          { head: say(HEADS.load), kind: 'number', cell: ({ loadErlang }) => loadErlang.toFixed(2) },
          { head: say(SEATS), kind: 'number', cell: ({ seatsCount }) => seatsCount },
          { head: say(HEADS.b), kind: 'number', cell: ({ erlangB }) => percentText(erlangB) },
          {
            head: say(HEADS.c),
            kind: 'number',
            cell: ({ erlangCWait, erlangCMeanWaitSeconds }) =>
              `${percentText(erlangCWait)} · ${erlangCMeanWaitSeconds === null ? '∞' : `${erlangCMeanWaitSeconds.toFixed(1)} s`}`,
          },
          {
            head: say(HEADS.a),
            kind: 'number',
            cell: ({ erlangA }) => (erlangA === null ? NOTHING : percentText(erlangA)),
          },
          { head: say(HEADS.redials), kind: 'number', cell: ({ erlangARedials }) => percentText(erlangARedials) },
          { head: <b>{say(PREDICTED)}</b>, kind: 'number', cell: (quick) => <b>{percentText(predicted(quick))}</b> },
        ]}
      />
    </section>
  )
}

import type { WhatIfResult } from '../../../api/answers/plan-answer.ts'
import { EstimatesPanel } from './estimates-panel.tsx'
import { FiguresPanel } from './figures-panel.tsx'
import { HeatFigures } from './heat-figures.tsx'
import { HoursFigure } from './hours-figure.tsx'
import { PeaksFigure } from './peaks-figure.tsx'
import { QuickPanel } from './quick-panel.tsx'
import { RosterFigure } from './roster-figure.tsx'

/** What another roster, more calls or longer ones would have come to. */
export function WhatIfParts({ result }: { result: WhatIfResult }) {
  return (
    <>
      <FiguresPanel result={result} />
      <PeaksFigure whatIf={result.whatIf} />
      <HoursFigure whatIf={result.whatIf} />
      <HeatFigures whatIf={result.whatIf} />
      <RosterFigure result={result} />
      <QuickPanel result={result} />
      <EstimatesPanel result={result} />
    </>
  )
}

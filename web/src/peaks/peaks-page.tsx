import type { StabilityAnswer } from '../../../api/answers/stability-shape.ts'
import { useAddress } from '../address/address.ts'
import { useAnswer } from '../answers/use-answer.ts'
import { countText, momentText, NOTHING } from '../figures/figure-text.ts'
import type { PeriodKind } from '../figures/period-name.ts'
import { useSay } from '../language/language.ts'
import { Answered } from '../parts/answered.tsx'
import { Changing } from '../parts/changing.tsx'
import { StatusMark } from '../parts/mark.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { PartChoice, partQuery } from '../parts/part-choice.tsx'
import { PeriodChoice, usePeriod } from '../parts/period-choice.tsx'
import { type AskedDays, daysOf } from './asked-peaks.ts'
import { ControlFigure } from './control-figure.tsx'
import { DateRange } from './date-range.tsx'
import { HeatFigure } from './heat-figure.tsx'
import { InstancesPanel } from './instances-panel.tsx'
import './peaks.css'
import { PooledFigure } from './pooled-figure.tsx'
import { SpecialPanel } from './special-panel.tsx'
import { StandingPanel } from './standing-panel.tsx'

const KINDS: readonly PeriodKind[] = ['year', 'quarter']
const TITLE = { zh: '高峰', en: 'Peaks' }
const NOTHING_YET = {
  zh: '这些来电还没有记录，所以没有图可看。可另选统计期、线路或区域。',
  en: 'No such calls are recorded, so there is nothing to draw. Choose another period, line or region.',
}
const AS_OF = { zh: '截至', en: 'as of' }

/** Whether the peaks of a year or a quarter hold, where they do not, and the way to their calls. */
export default function PeaksPage() {
  const say = useSay()
  const { query } = useAddress()
  const period = usePeriod(KINDS)
  const answer = useAnswer<StabilityAnswer>(`/v1/stability/${period}${partQuery(query)}`)
  const value = answer.value
  const bounds = value === null ? null : { from: value.from.slice(0, 10), to: value.to.slice(0, 10) }
  const days = bounds === null ? null : insideOf(daysOf(query), bounds)
  return (
    <div class="page peaks-page">
      <PageHead title={say(TITLE)}>
        {value === null ? null : (
          <span class="facts">
            <StatusMark status={value.status} />
            <span>
              {say(AS_OF)} {value.asOf === null ? NOTHING : momentText(value.asOf)}
            </span>
          </span>
        )}
        <PeriodChoice kinds={KINDS} period={period} />
        <PartChoice />
        {bounds === null ? null : <DateRange bounds={bounds} days={days} />}
      </PageHead>
      <Answered answer={answer}>
        {(stability) => (
          <>
            <p class="panel verdict-sentence" data-sentence>
              <b data-overall>
                <Changing
                  of={`${period}${partQuery(query)}`}
                  text={stability.overall.percent === null ? NOTHING : `${stability.overall.percent}%`}
                />
              </b>{' '}
              <span class="quiet" data-overall-counts>
                <Changing
                  of={`${period}${partQuery(query)}`}
                  text={`${countText(stability.overall.answeredCount)} / ${countText(stability.overall.offeredCount)}`}
                />
              </span>
              <br />
              {say(stability.sentence)}
            </p>
            {stability.overall.offeredCount === 0 ? (
              <p class="notice">{say(NOTHING_YET)}</p>
            ) : (
              <Figures stability={stability} days={days} bounds={bounds!} />
            )}
          </>
        )}
      </Answered>
    </div>
  )
}

interface FiguresProps {
  stability: StabilityAnswer
  days: AskedDays | null
  bounds: AskedDays
}

function Figures({ stability, days, bounds }: FiguresProps) {
  return (
    <>
      <HeatFigure from={days?.from ?? stability.from} to={days?.to ?? stability.to} />
      <ControlFigure stability={stability} days={days ?? bounds} />
      <InstancesPanel stability={stability} days={days} />
      <PooledFigure stability={stability} />
      <SpecialPanel special={stability.special} />
      <StandingPanel stability={stability} />
    </>
  )
}

/** Days outside the period are cut off: the period may have been changed since they were chosen. */
function insideOf(days: AskedDays | null, bounds: AskedDays): AskedDays | null {
  if (days === null) return null
  const from = later(days.from, bounds.from)
  const to = later(days.to, bounds.to) === bounds.to ? days.to : bounds.to
  return from < to ? { from, to } : null
}

function later(one: string, other: string): string {
  return one.localeCompare(other) >= 0 ? one : other
}

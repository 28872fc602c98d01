import { useId } from 'preact/hooks'
import { ask, useAddress } from '../address/address.ts'
import { freshness } from '../answers/live.ts'
import { useProfile } from '../answers/profile.ts'
import { useStore } from '../answers/store.ts'
import { firstYear, isPeriod, kindOf, type PeriodKind, periodText, yearsOf } from '../figures/period-name.ts'
import { useLanguage, useSay } from '../language/language.ts'

const PERIOD = { zh: '统计期', en: 'Period' }

/** The period that the address names, `?period=2023-Q3`; without one the year that the figures are about. */
export function usePeriod(kinds: readonly PeriodKind[]): string {
  const asked = useAddress().query.get('period')
  const profile = useProfile()
  const asOf = useAsOf()
  return asked !== null && isPeriod(asked) && kinds.includes(kindOf(asked)) ? asked : firstYear(profile, asOf)
}

/** A choice among years and what is inside them; it writes the address. */
export function PeriodChoice({ kinds, period }: { kinds: readonly PeriodKind[]; period: string }) {
  return <PeriodSelect kinds={kinds} period={period} onChoose={(chosen) => ask({ period: chosen })} />
}

interface PeriodSelectProps {
  kinds: readonly PeriodKind[]
  period: string
  onChoose: (period: string) => void
}

/** The same without an address, for forms. */
export function PeriodSelect({ kinds, period, onChoose }: PeriodSelectProps) {
  const say = useSay()
  const id = useId()
  const language = useLanguage()
  const years = yearsOf(useProfile(), useAsOf())
  const chosenYear = period.slice(0, 4)
  return (
    <span class="field no-print">
      <label for={id}>{say(PERIOD)}</label>
      <select id={id} value={period} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        {[...new Set([...years, chosenYear])].sort().map((year) => (
          <optgroup key={year} label={periodText(year, language)}>
            {periodsOf(year, kinds).map((inside) => (
              <option key={inside} value={inside}>
                {periodText(inside, language)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </span>
  )
}

function periodsOf(year: string, kinds: readonly PeriodKind[]): string[] {
  const quarters = [1, 2, 3, 4].map((quarter) => `${year}-Q${quarter}`)
  const months = Array.from({ length: 12 }, (_, month) => `${year}-${String(month + 1).padStart(2, '0')}`)
  return [
    ...(kinds.includes('year') ? [year] : []),
    ...(kinds.includes('quarter') ? quarters : []),
    ...(kinds.includes('month') ? months : []),
  ]
}

/** How far the calls are counted; `null` while that is not known. */
function useAsOf(): string | null {
  return useStore(freshness)?.answer.topics[0]?.watermark ?? null
}

import { useId } from 'preact/hooks'
import { ask } from '../address/address.ts'
import { dateAfter } from '../figures/period-name.ts'
import { useSay } from '../language/language.ts'
import type { AskedDays } from './asked-peaks.ts'

const FROM = { zh: '从', en: 'From' }
const UNTIL = { zh: '到（含）', en: 'through' }
const WHOLE = { zh: '整个统计期', en: 'Whole period' }

interface DateRangeProps {
  /** First day and the day after the last of the period; days outside cannot be chosen. */
  bounds: AskedDays
  days: AskedDays | null
}

/** The days that are looked at, for those who do not drag over the chart. The last day is in. */
export function DateRange({ bounds, days }: DateRangeProps) {
  const say = useSay()
  const id = useId()
  const lastOf = ({ to }: AskedDays) => dateAfter(to, -1)
  const set = (from: string, last: string) => {
    if (from === '' || last === '') return
    const [first, until] = from <= last ? [from, last] : [last, from]
    ask({ from: first, to: dateAfter(until, 1) })
  }
  const from = days?.from ?? bounds.from
  const last = lastOf(days ?? bounds)
  const limits = { min: bounds.from, max: lastOf(bounds) }
  return (
    <span class="field no-print">
      <label for={`${id}from`}>{say(FROM)}</label>
      <input
        id={`${id}from`}
        type="date"
        value={from}
        {...limits}
        onChange={({ currentTarget }) => set(currentTarget.value, last)}
      />
      <label for={`${id}to`}>{say(UNTIL)}</label>
      <input
        id={`${id}to`}
        type="date"
        value={last}
        {...limits}
        onChange={({ currentTarget }) => set(from, currentTarget.value)}
      />
      <button type="button" disabled={days === null} onClick={() => ask({ from: null, to: null })}>
        {say(WHOLE)}
      </button>
    </span>
  )
}

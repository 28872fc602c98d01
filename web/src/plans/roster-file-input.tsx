import { useId } from 'preact/hooks'
import { useSay } from '../language/language.ts'

const LABEL = { zh: '排班 CSV 文件', en: 'Roster, a CSV file' }
const FORM = {
  zh: '列：day_class,from,to,seats（workday、offday 或 all；按刻钟）',
  en: 'Columns day_class,from,to,seats: workday, offday or all, by quarter-hours',
}

/** A roster of one's own; the server reads it, and says which rows are wrong. */
export function RosterFileInput({ onChoose }: { onChoose: (file: File | null) => void }) {
  const say = useSay()
  const id = useId()
  return (
    <span class="plan-field plan-file">
      <label for={id}>{say(LABEL)}</label>
      <input
        id={id}
        type="file"
        name="rosterFile"
        accept=".csv,text/csv"
        required
        aria-describedby={`${id}-form`}
        onChange={({ currentTarget }) => onChoose(currentTarget.files?.[0] ?? null)}
      />
      <span id={`${id}-form`} class="quiet">
        {say(FORM)}
      </span>
    </span>
  )
}

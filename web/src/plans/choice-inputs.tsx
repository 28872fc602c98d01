import { useId } from 'preact/hooks'
import { ask, useAddress } from '../address/address.ts'
import { useSay, type Words } from '../language/language.ts'

interface ChoiceInputProps {
  /** In the address. */
  name: string
  label: string
  /** The first is what holds where nothing is chosen; its value is empty. */
  choices: readonly { value: string; words: Words }[]
}

/** One of a few words; it writes the address. */
export function ChoiceInput({ name, label, choices }: ChoiceInputProps) {
  const say = useSay()
  const id = useId()
  const chosen = useAddress().query.get(name) ?? ''
  return (
    <span class="plan-field">
      <label for={id}>{label}</label>
      <select
        id={id}
        name={name}
        value={chosen}
        onChange={({ currentTarget }) => ask({ [name]: currentTarget.value }, false)}
      >
        {choices.map(({ value, words }) => (
          <option key={value} value={value}>
            {say(words)}
          </option>
        ))}
      </select>
    </span>
  )
}

interface DayInputProps {
  name: string
  label: string
  /** YYYY-MM-DD. */
  day: string
  onChoose: (day: string) => void
}

export function DayInput({ name, label, day, onChoose }: DayInputProps) {
  const id = useId()
  return (
    <span class="plan-field">
      <label for={id}>{label}</label>
      <input
        id={id}
        name={name}
        type="date"
        required
        value={day}
        onChange={({ currentTarget }) => {
          if (currentTarget.value !== '') onChoose(currentTarget.value)
        }}
      />
    </span>
  )
}

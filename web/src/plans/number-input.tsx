import { useId } from 'preact/hooks'
import { ask, useAddress } from '../address/address.ts'
import { useSay, type Words } from '../language/language.ts'

interface NumberInputProps {
  /** In the address. */
  name: string
  label: string
  unit: Words
  usual: string
  min: number
  max: number
  isWhole: boolean
}

/** A number of the form; empty stands for what is usual, which is shown in its place. It writes the address. */
export function NumberInput({ name, label, unit, usual, min, max, isWhole }: NumberInputProps) {
  const say = useSay()
  const id = useId()
  const { query } = useAddress()
  return (
    <span class="plan-field">
      <label for={id}>{label}</label>
      <span class="plan-number">
        <input
          id={id}
          name={name}
          type="number"
          min={min}
          max={max}
          step={isWhole ? 1 : 'any'}
          value={query.get(name) ?? ''}
          placeholder={usual}
          onInput={({ currentTarget }) => ask({ [name]: currentTarget.value }, false)}
        />
        <span class="quiet">{say(unit)}</span>
      </span>
    </span>
  )
}

import { useId } from 'preact/hooks'
import { ask, useAddress } from '../address/address.ts'
import { useNames, useProfile } from '../answers/profile.ts'
import { useSay } from '../language/language.ts'

const LINE = { zh: '线路', en: 'Line' }
const REGION = { zh: '区域', en: 'Region' }
const ALL_LINES = { zh: '全部线路', en: 'All lines' }
const ALL_REGIONS = { zh: '全部区域', en: 'All regions' }

/** `?line=12345&region=211102` of the address as the API asks for it; nothing if neither is chosen. */
export function partQuery(query: URLSearchParams): string {
  const asked = new URLSearchParams()
  for (const name of ['line', 'region']) {
    const value = query.get(name)
    if (value !== null && value !== '') asked.set(name, value)
  }
  const text = asked.toString()
  return text === '' ? '' : `?${text}`
}

/** A choice of one line and one region; it writes the address. */
export function PartChoice() {
  const say = useSay()
  const names = useNames()
  const { query } = useAddress()
  const { lines, regions } = useProfile()
  const choices = [
    {
      name: 'line',
      label: say(LINE),
      all: say(ALL_LINES),
      options: lines.map(({ number }) => [number, names.line(number)]),
    },
    {
      name: 'region',
      label: say(REGION),
      all: say(ALL_REGIONS),
      options: regions.map(({ code }) => [code, names.region(code)]),
    },
  ]
  const id = useId()
  return (
    <>
      {choices.map(({ name, label, all, options }) => (
        <span key={name} class="field no-print">
          <label for={`${id}${name}`}>{label}</label>
          <select
            id={`${id}${name}`}
            value={query.get(name) ?? ''}
            onChange={({ currentTarget }) => ask({ [name]: currentTarget.value })}
          >
            <option value="">{all}</option>
            {options.map(([value, text]) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
        </span>
      ))}
    </>
  )
}

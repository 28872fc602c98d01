/** Says of whatever is printed from a scenario that it is no real figure, in the one way of each form. */
import { SIMULATED_HEADING } from './simulated-heading.ts'

export type HeadedForm = 'json' | 'csv' | 'html'

/** Heads tables, pages and prints. */
export function scenarioHeading(scenario: string): string {
  return `情景 scenario ${scenario}`
}

/**
 * Puts a scenario's name on a finished text: in JSON the field `scenario` of the outer object, in CSV a first row, in a
 * page a line before everything else. Real figures (`null`) stay as they are.
 */
export function headedByScenario(text: string, form: HeadedForm, scenario: string | null): string {
  if (scenario === null) return text
  if (form === 'html') return text.replace('<body>', `<body>\n<p class="simulated">${scenarioHeading(scenario)}</p>`)
  if (form === 'csv') return text.replace(/^\uFEFF?/, (mark) => `${mark}${scenarioHeading(scenario)}\n`)
  const begun = /^\{(\s*)/.exec(text)
  if (begun === null) return text // a list has no fields
  const rest = text.slice(begun[0].length)
  return `{${begun[1]}"scenario":${begun[1] === '' ? '' : ' '}${JSON.stringify(scenario)}${rest.startsWith('}') ? '' : ','}${begun[1]}${rest}`
}

/** Heading of a print that is made of generated records, of a scenario's, or of both. */
export function headingText(isSimulated: boolean, scenario: string | null): string {
  return [...(isSimulated ? [SIMULATED_HEADING] : []), ...(scenario === null ? [] : [scenarioHeading(scenario)])].join(
    ' · ',
  )
}

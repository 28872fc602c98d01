/** What the address asks a plan for, as inputs of the API, and back: the address of the form holds its whole state. */
import type { PlanInputs } from '../../../api/answers/plan-answer.ts'
import { NUMBER_FIELDS, type NumberField } from './form-fields.ts'
import { KIND_WORDS, type PlanKind } from './plan-words.ts'

const DATE = /^\d{4}-\d{2}-\d{2}$/
/** `seats.evening=-20`: seats of a peak, change in percent. */
const SEATS_PREFIX = 'seats.'
/** Inputs that are one of some words, under the same name in the address. */
const CHOICES = ['roster', 'handlingTimes', 'arrivals'] as const
/** `roster=file`: a roster of one's own, whose file cannot stand in an address and is chosen in the form. */
export const ROSTER_FILE = 'file'

export function kindOf(query: URLSearchParams): PlanKind {
  return (Object.keys(KIND_WORDS) as PlanKind[]).find((kind) => kind === query.get('kind')) ?? 'what-if'
}

/** Days that a plan is about; `to` is out, as everywhere. `null` where the address names none. */
export function askedDay(query: URLSearchParams, name: 'from' | 'to'): string | null {
  const day = query.get(name)
  return day !== null && DATE.test(day) ? day : null
}

export function seatsName(period: string): string {
  return `${SEATS_PREFIX}${period}`
}

/** @param query of the form's address; what cannot be read is left out, the API judges the rest */
export function inputsOf(kind: PlanKind, query: URLSearchParams): PlanInputs {
  const inputs: Record<string, unknown> = {}
  const from = askedDay(query, 'from')
  const to = askedDay(query, 'to')
  if (from !== null) inputs.from = from
  if (to !== null && kind !== 'forecast') inputs.to = to
  for (const field of NUMBER_FIELDS.filter(({ kinds }) => kinds.includes(kind))) {
    const typed = numberOf(query.get(field.name))
    if (typed !== null) inputs[field.name] = inputOf(field, typed)
  }
  if (kind === 'forecast') return inputs as PlanInputs
  for (const name of CHOICES) if ((query.get(name) ?? '') !== '') inputs[name] = query.get(name)
  if (inputs.roster === ROSTER_FILE) delete inputs.roster
  if (kind === 'what-if') {
    const seatFactors = [...query.keys()]
      .filter((name) => name.startsWith(SEATS_PREFIX))
      .flatMap((name) => {
        const change = numberOf(query.get(name))
        return change === null ? [] : [{ period: name.slice(SEATS_PREFIX.length), factor: tidy(1 + change / 100) }]
      })
    if (seatFactors.length > 0) inputs.seatFactors = seatFactors
  }
  return inputs as PlanInputs
}

/** The address of the form that asks for the same again; the file of a roster of one's own has to be chosen again. */
export function queryOf(kind: PlanKind, inputs: PlanInputs): URLSearchParams {
  const query = new URLSearchParams({ kind })
  for (const name of ['from', 'to'] as const) if (inputs[name] !== undefined) query.set(name, inputs[name].slice(0, 10))
  for (const field of NUMBER_FIELDS) {
    const value = inputs[field.name]
    if (value !== undefined) query.set(field.name, String(typedOf(field, value)))
  }
  for (const name of CHOICES) {
    const value = inputs[name]
    if (typeof value === 'string') query.set(name, value)
    else if (value !== undefined) query.set(name, ROSTER_FILE)
  }
  for (const { period, factor } of inputs.seatFactors ?? []) {
    query.set(seatsName(period), String(tidy(100 * (factor - 1))))
  }
  return query
}

/** What was typed for an input of the API: 10 for a factor of 1.1. */
export function typedOf({ form }: NumberField, value: number): number {
  return tidy(form === 'change' ? 100 * (value - 1) : form === 'percent' ? 100 * value : value)
}

function inputOf({ form }: NumberField, typed: number): number {
  return tidy(form === 'change' ? 1 + typed / 100 : form === 'percent' ? typed / 100 : typed)
}

function numberOf(text: string | null): number | null {
  const number = text === null || text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(number) ? number : null
}

/** Without the last digits that a division leaves: 1.1 and not 1.1000000000000001. */
function tidy(value: number): number {
  return Number(value.toPrecision(12))
}

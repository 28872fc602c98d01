/** Seats as hours, persons and money. */
import type { Duty } from '../queueing/duties.ts'
import type { Range } from '../range.ts'
import { seatHours, seatsByCell } from './roster.ts'

export interface StaffingTerms {
  /** Hours that one person is paid for in a week. */
  hoursPerPerson: number
  /** Share of these that is not at the seat: leave, illness, training, breaks. 0 to less than 1. */
  shrinkage: number
  /** Of one person in a year; `null`: nobody asked. */
  costPerPerson: number | null
}

export const USUAL_TERMS: StaffingTerms = { hoursPerPerson: 40, shrinkage: 0.3, costPerPerson: null }

export interface StaffingCost extends StaffingTerms {
  seatHoursPerWeek: number
  /** Most seats on duty at once. */
  seatsMax: number
  /** Persons employed, not rounded: `seatHoursPerWeek / (hoursPerPerson × (1 − shrinkage))`. */
  persons: number
  /** In a year; `null` without a cost per person. */
  costPerYear: number | null
}

const WEEK_HOURS = 7 * 24
const HOUR_MS = 3_600_000

export function staffingCost(duties: readonly Duty[], range: Range, terms: StaffingTerms): StaffingCost {
  const weeks = (range.toAtMs - range.fromAtMs) / HOUR_MS / WEEK_HOURS
  const seatHoursPerWeek = seatHours(duties, range) / weeks
  const persons = seatHoursPerWeek / (terms.hoursPerPerson * (1 - terms.shrinkage))
  return {
    ...terms,
    seatHoursPerWeek,
    seatsMax: seatsByCell(duties, range).reduce((max, count) => Math.max(max, count), 0),
    persons,
    costPerYear: terms.costPerPerson === null ? null : persons * terms.costPerPerson,
  }
}

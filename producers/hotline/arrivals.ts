/**
 * Who comes on one local day, by telephone and by other channels.
 *
 * A day's arrivals follow from seed, copy and day alone: another period, or other seats, meets the same people.
 */
import { type LocalDay, textOfDay } from '../../kpi/local-date.ts'
import { type Contact, citizenOf, contactOf } from './contact.ts'
import { demandOf } from './demand.ts'
import type { Hotline } from './hotline.ts'
import { arrivalInstants } from './poisson.ts'
import { mixedSeed, Randomness } from './randomness.ts'
import type { Request } from './ticket-desk.ts'

export interface ArrivalOptions {
  seed: number
  /** Which of several like hotlines this is, from 0. */
  copy: number
  /** Share of the callers whose records are given; the queue is everybody's all the same. */
  sampleRatio: number
}

/** What keeps the random sources of one day apart. */
const OF_CALLS = 11
const OF_OTHER_CHANNELS = 12
const OF_LEVEL = 13
const OF_SAMPLE = 14

/** Contacts by telephone, by arrival; redials come later, from whoever was not answered. */
export function* contactsOf(hotline: Hotline, options: ArrivalOptions, day: LocalDay): Generator<Contact> {
  const { callsPerDayMean } = hotline.simulation.demand
  const random = sourceOf(options, day, OF_CALLS)
  const demand = demandOf(hotline, day, sourceOf(options, day, OF_LEVEL))
  const idPrefix = idPrefixOf(options, day)
  let callNumber = 0
  for (const arrivedAtMs of arrivalInstants(hotline, day, demand, callsPerDayMean, random)) {
    callNumber += 1
    const citizen = citizenOf(hotline, demand, random)
    const callId = `${idPrefix}${callNumber}`
    const contact = contactOf(hotline, citizen, { callId, arrivedAtMs, tryNumber: 1, isSampled: true }, random)
    contact.isSampled = isSampled(contact.fate, options)
    yield contact
  }
}

/** Requests by other channels, by acceptance. */
export function* requestsOf(hotline: Hotline, options: ArrivalOptions, day: LocalDay): Generator<Request> {
  const { otherChannelsPerDayMean } = hotline.simulation.tickets
  const random = sourceOf(options, day, OF_OTHER_CHANNELS)
  const demand = demandOf(hotline, day, sourceOf(options, day, OF_LEVEL))
  const idPrefix = idPrefixOf(options, day)
  let requestNumber = 0
  for (const acceptedAtMs of arrivalInstants(hotline, day, demand, otherChannelsPerDayMean, random)) {
    requestNumber += 1
    const citizen = citizenOf(hotline, null, random)
    const fate = random.seed()
    const ticketId = `${idPrefix}w${requestNumber}`
    yield { ticketId, callId: null, citizen, acceptedAtMs, isSampled: isSampled(fate, options), fate }
  }
}

/** Ids begin with `sim-`: every answer that touches one says that it is simulated. */
function idPrefixOf({ seed, copy }: ArrivalOptions, day: LocalDay): string {
  const hotlineName = copy === 0 ? `${seed}` : `${seed}x${copy}`
  return `sim-${hotlineName}-${textOfDay(day).replaceAll('-', '')}-`
}

function sourceOf({ seed, copy }: ArrivalOptions, day: LocalDay, purpose: number): Randomness {
  return new Randomness(mixedSeed(seed, copy, day, purpose))
}

function isSampled(fate: number, { sampleRatio }: ArrivalOptions): boolean {
  return (mixedSeed(fate, OF_SAMPLE) >>> 0) / 4_294_967_296 < sampleRatio
}

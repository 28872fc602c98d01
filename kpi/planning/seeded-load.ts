/** The callers of one seed: the recorded first tries, more or fewer of them, each with a patience and times of its own. */
import { CELL_MS } from '../cell.ts'
import { patienceOf } from '../queueing/caller-traits.ts'
import { Chance } from '../queueing/chance.ts'
import { drawn } from '../queueing/draws.ts'
import { emptyLoad, type QueueLoad } from '../queueing/queue-load.ts'
import { fittedArrivals } from './fitted-arrivals.ts'
import type { PlanModel } from './plan-model.ts'

/** What keeps the draws of one seed apart. */
const OF_VOLUME = 1
const OF_TRAITS = 2
const OF_OUTBOUND = 3

export interface SeededLoad {
  load: QueueLoad
  /** Places in the model of the first tries and outbound calls that are played. */
  callers: Int32Array
  outbound: Int32Array
}

export function seededLoad(model: PlanModel, seed: number): SeededLoad {
  const callers = callersOf(model, seed)
  const outbound = copiesOf(model.outboundAtMs, model.volume, new Chance(seed, OF_VOLUME, OF_OUTBOUND))
  const load = emptyLoad(callers.places.length, outbound.places.length)
  load.arrivedAtMs = callers.arrivedAtMs
  load.joinsAtMs = callers.joinsAtMs
  load.outboundAtMs = outbound.atMs
  const chance = new Chance(seed, OF_TRAITS)
  const { traits } = model
  for (let at = 0; at < callers.places.length; at += 1) {
    load.kinds[at] = model.kinds[callers.places[at]!]!
    load.patienceMs[at] = patienceOf(traits, chance)
    load.ringMs[at] = drawn(traits.ring, chance)
    load.talkMs[at] = drawn(traits.talk, chance)
    load.wrapUpMs[at] = drawn(traits.wrapUp, chance)
  }
  const ofOutbound = new Chance(seed, OF_OUTBOUND)
  for (let at = 0; at < outbound.places.length; at += 1) {
    const place = outbound.places[at]!
    const wrapUpMs = drawn(model.outboundWrapUp, ofOutbound)
    load.outboundBusyMs[at] = model.outboundMs[place]! + (model.outboundReached[place] === 1 ? wrapUpMs : 0)
  }
  return { load, callers: callers.places, outbound: outbound.places }
}

function callersOf(model: PlanModel, seed: number) {
  if (model.arrivals === 'fitted') return fittedArrivals(model, seed)
  const { atMs, places } = copiesOf(model.joinsAtMs, model.volume, new Chance(seed, OF_VOLUME))
  // From asking back to arriving it is as long as it was.
  const arrivedAtMs = atMs.map(
    (joinsAtMs, at) => joinsAtMs - model.joinsAtMs[places[at]!]! + model.arrivedAtMs[places[at]!]!,
  )
  return { joinsAtMs: atMs, arrivedAtMs, places }
}

/**
 * Each instant as often as the volume says, on average; a copy comes some time in the same quarter-hour, so that two
 * calls of one instant are not in the queue together.
 */
function copiesOf(instants: Float64Array, volume: number, chance: Chance): { atMs: Float64Array; places: Int32Array } {
  if (volume === 1) return { atMs: instants, places: Int32Array.from(instants.keys()) }
  const copies: [number, number][] = []
  const whole = Math.floor(volume)
  for (let place = 0; place < instants.length; place += 1) {
    const count = whole + (chance.uniform() < volume - whole ? 1 : 0)
    const atMs = instants[place]!
    if (count > 0) copies.push([atMs, place])
    for (let copy = 1; copy < count; copy += 1) {
      const cellAtMs = Math.floor(atMs / CELL_MS) * CELL_MS
      copies.push([cellAtMs + chance.uniform() * CELL_MS, place])
    }
  }
  copies.sort((one, other) => one[0] - other[0])
  return { atMs: Float64Array.from(copies, ([atMs]) => atMs), places: Int32Array.from(copies, ([, place]) => place) }
}

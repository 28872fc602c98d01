/**
 * A reproducible source of chance: the same seed gives the same draws on every machine.
 *
 * Each day and each call has a source of its own, so that changing one evening's seats leaves the callers of every
 * other day exactly as they were.
 */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'

/** The generator starts almost as plain as its seed; this many draws later it no longer shows. */
const WARM_UP_DRAWS = 6

export class Randomness {
  readonly #generator: RandomGenerator
  #spareNormal: number | null = null

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed)
    for (let draw = 0; draw < WARM_UP_DRAWS; draw += 1) this.#generator.next()
  }

  /** A whole number of 32 bits, to seed another source with. */
  seed(): number {
    return this.#generator.next()
  }

  /** From 0, inclusive, to 1, exclusive. */
  uniform(): number {
    return (this.#generator.next() >>> 0) / 4_294_967_296
  }

  /** True for this share of the draws. */
  chance(ratio: number): boolean {
    return this.uniform() < ratio
  }

  between(from: number, to: number): number {
    return from + this.uniform() * (to - from)
  }

  exponential(mean: number): number {
    return -Math.log(1 - this.uniform()) * mean
  }

  /** Log-normal with the mean of the values themselves and the standard deviation of their logarithm. */
  logNormal(mean: number, logSd: number): number {
    return mean * Math.exp(logSd * this.#normal() - (logSd * logSd) / 2)
  }

  /** Box and Muller's pairs; the second of each pair is kept for the next question. */
  #normal(): number {
    if (this.#spareNormal !== null) {
      const spare = this.#spareNormal
      this.#spareNormal = null
      return spare
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()))
    const angle = 2 * Math.PI * this.uniform()
    this.#spareNormal = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
}

/** One seed from several whole numbers, so that neighbouring days or copies share no draws (murmur3's mixing). */
export function mixedSeed(...parts: readonly number[]): number {
  let hash = 0x9747b28c
  for (const part of parts) {
    hash = Math.imul(hash ^ part, 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    hash ^= hash >>> 16
  }
  return hash
}

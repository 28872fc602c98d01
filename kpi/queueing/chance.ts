/**
 * Reproducible chance for simulated queues: the same seed gives the same draws on every machine.
 *
 * Small Fast Counter (sfc32) by C. Doty-Humphrey, PractRand 2010: 128 bits of state in plain 32-bit arithmetic, so it
 * costs next to nothing beside what is drawn with it.
 */
const TWO_32 = 4_294_967_296
/** The generator starts almost as plain as its seed; this many draws later it no longer shows. */
const WARM_UP_DRAWS = 12

export class Chance {
  #a = 0
  #b = 0
  #c = 0
  #counter = 1

  /** @param parts  whole numbers; other parts, other draws */
  constructor(...parts: readonly number[]) {
    this.begin(...parts)
  }

  /** Starts again as if it had been made with these parts. */
  begin(...parts: readonly number[]): void {
    let hash = 0x9747b28c
    for (const part of parts) hash = mixed(hash ^ part)
    this.#a = hash
    this.#b = mixed(hash ^ 0x27d4eb2f)
    this.#c = mixed(hash ^ 0x165667b1)
    this.#counter = 1
    for (let draw = 0; draw < WARM_UP_DRAWS; draw += 1) this.uniform()
  }

  /** From 0, inclusive, to 1, exclusive. */
  uniform(): number {
    const drawn = (this.#a + this.#b + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + drawn) | 0
    return (drawn >>> 0) / TWO_32
  }

  /** Infinity where the mean is. */
  exponential(mean: number): number {
    return -Math.log(1 - this.uniform()) * mean
  }

  /** Box and Muller's, of which only one of the pair is taken: no draw depends on how many there were before. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()))
    return radius * Math.cos(2 * Math.PI * this.uniform())
  }

  /** Log-normal with the mean of the values themselves and the standard deviation of their logarithm. */
  logNormal(mean: number, logSd: number): number {
    return mean * Math.exp(logSd * this.normal() - (logSd * logSd) / 2)
  }
}

/** Murmur3's mixing of 32 bits. */
function mixed(bits: number): number {
  let hash = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

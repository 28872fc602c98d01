import { expect, test } from 'vitest'
import { choiceOf, choose } from '../../../producers/hotline/choice.ts'
import { mixedSeed, Randomness } from '../../../producers/hotline/randomness.ts'

const DRAWS = 40_000

function mean(draw: () => number): number {
  let sum = 0
  for (let count = 0; count < DRAWS; count += 1) sum += draw()
  return sum / DRAWS
}

test('the same seed draws the same, another seed does not', () => {
  const drawsOf = (seed: number) => {
    const random = new Randomness(seed)
    return Array.from({ length: 20 }, () => random.uniform())
  }
  expect(drawsOf(7)).toEqual(drawsOf(7))
  expect(drawsOf(7)).not.toEqual(drawsOf(8))
})

test('draws have the means they are asked for', () => {
  const random = new Randomness(1)
  expect(mean(() => random.uniform())).toBeCloseTo(0.5, 2)
  expect(mean(() => random.exponential(3)) / 3).toBeCloseTo(1, 1)
  expect(mean(() => random.logNormal(170, 0.75)) / 170).toBeCloseTo(1, 1)
  expect(mean(() => (random.chance(0.3) ? 1 : 0))).toBeCloseTo(0.3, 2)
})

test('neighbouring days have sources that share nothing', () => {
  const firsts = new Set<number>()
  for (let day = 19_000; day < 20_000; day += 1) firsts.add(new Randomness(mixedSeed(1, 0, day, 11)).uniform())
  expect(firsts.size).toBe(1_000)
  expect([...firsts].reduce((sum, first) => sum + first, 0) / firsts.size).toBeCloseTo(0.5, 1)
})

test('members are chosen by their shares; one without a share has the mean of the others', () => {
  const shares: Record<string, number> = { a: 1, b: 3 }
  const choice = choiceOf(['a', 'b', 'c'], (member) => shares[member])
  const random = new Randomness(5)
  const counts: Record<string, number> = { a: 0, b: 0, c: 0 }
  for (let count = 0; count < DRAWS; count += 1) counts[choose(choice, random)]! += 1
  expect(counts.a! / DRAWS).toBeCloseTo(1 / 6, 2)
  expect(counts.b! / DRAWS).toBeCloseTo(3 / 6, 2)
  expect(counts.c! / DRAWS).toBeCloseTo(2 / 6, 2)
})

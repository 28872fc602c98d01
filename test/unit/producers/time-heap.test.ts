import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TimeHeap } from '../../../producers/hotline/time-heap.ts'

test('gives the earliest first, and of one instant what was put in first', () => {
  const instants = fc.array(fc.integer({ min: 0, max: 20 }))
  fc.assert(
    fc.property(instants, (atMss) => {
      const heap = new TimeHeap<{ atMs: number; order: number }>()
      atMss.forEach((atMs, order) => {
        heap.put(atMs, { atMs, order })
      })
      const taken = []
      while (heap.nextAtMs < Number.POSITIVE_INFINITY) taken.push(heap.take())
      const sorted = atMss.map((atMs, order) => ({ atMs, order })).sort((a, b) => a.atMs - b.atMs || a.order - b.order)
      expect(taken).toEqual(sorted)
    }),
  )
})

test('stays right while putting and taking alternate', () => {
  const steps = fc.array(fc.oneof(fc.integer({ min: 0, max: 50 }), fc.constant('take' as const)))
  fc.assert(
    fc.property(steps, (taken) => {
      const heap = new TimeHeap<number>()
      const kept: number[] = []
      for (const step of taken) {
        if (step !== 'take') {
          heap.put(step, step)
          kept.push(step)
        } else if (kept.length > 0) {
          kept.sort((a, b) => a - b)
          expect(heap.nextAtMs).toBe(kept[0])
          expect(heap.take()).toBe(kept.shift())
        }
      }
      expect(heap.size).toBe(kept.length)
    }),
  )
})

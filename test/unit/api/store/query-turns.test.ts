import { expect, test } from 'vitest'
import { QueryTurns } from '../../../../api/store/query-turns.ts'

/** A query that ends when it is told to. */
function query<Answer>(answer: Answer) {
  let end: () => void = () => {}
  let begun = false
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  return {
    end: () => end(),
    hasBegun: () => begun,
    run: async () => {
      begun = true
      await ended
      return answer
    },
  }
}

const turnOfLoop = () => new Promise((resolve) => setImmediate(resolve))

test('so many run at once, the next begins when one ends, in the order they came', async () => {
  const turns = new QueryTurns({ runningMax: 2, waitingMax: 10, waitMsMax: 60_000 })
  const queries = ['a', 'b', 'c', 'd'].map(query)
  const answers = queries.map(({ run }) => turns.run(run))
  const begun = () => queries.map(({ hasBegun }) => hasBegun())
  await turnOfLoop()
  expect(begun()).toEqual([true, true, false, false])
  queries[1]!.end()
  expect(await answers[1]).toBe('b')
  await turnOfLoop()
  expect(begun()).toEqual([true, true, true, false])
  for (const { end } of queries) end()
  expect(await Promise.all(answers)).toEqual(['a', 'b', 'c', 'd'])
})

test('one more than may wait is refused at once, and takes nobody’s place', async () => {
  const turns = new QueryTurns({ runningMax: 1, waitingMax: 1, waitMsMax: 60_000 })
  const [first, second, third] = [query(1), query(2), query(3)]
  const answers = [turns.run(first.run), turns.run(second.run)]
  await expect(turns.run(third.run)).rejects.toMatchObject({ code: 'STEADYLINE_STORE_BUSY' })
  first.end()
  second.end()
  expect(await Promise.all(answers)).toEqual([1, 2])
  expect(third.hasBegun()).toBe(false)
})

test('one that waits too long is refused, and is not asked afterwards', async () => {
  const turns = new QueryTurns({ runningMax: 1, waitingMax: 9, waitMsMax: 1 })
  const [first, second, third] = [query(1), query(2), query(3)]
  const answer = turns.run(first.run)
  await expect(turns.run(second.run)).rejects.toMatchObject({ code: 'STEADYLINE_STORE_BUSY' })
  first.end()
  expect(await answer).toBe(1)
  third.end()
  expect(await turns.run(third.run)).toBe(3)
  expect(second.hasBegun()).toBe(false)
})

test('a query that fails gives its turn back', async () => {
  const turns = new QueryTurns({ runningMax: 1, waitingMax: 0, waitMsMax: 1 })
  await expect(turns.run(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused')
  expect(await turns.run(async () => 'next')).toBe('next')
})

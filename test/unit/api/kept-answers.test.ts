import { describe, expect, test, vi } from 'vitest'
import { STATE_MS_MAX, StoreState } from '../../../api/store/store-state.ts'
import { anApp } from './asked-app.ts'

const URL = '/v1/years/2023'

/** An app over a store whose state the test sets; null when the store does not say. */
async function keepingApp() {
  const store = { state: 'one' as string | null, whileRead: () => {} }
  const asked = await anApp(
    {},
    {
      readState: async () => {
        const { state } = store
        store.whileRead()
        if (state === null) throw new Error('not allowed to read system.parts')
        return state
      },
    },
  )
  asked.reader.marks = { callsAtMs: 1_000, ticketsAtMs: 1_000 }
  const asOf = async () => (await asked.ask(URL)).json().asOf as string
  return { ...asked, store, asOf }
}

describe('while nothing is written', () => {
  test('an answer is not computed again, and says the same in every header', async () => {
    const { ask, reader } = await keepingApp()
    const first = await ask(URL)
    reader.fault = new Error('nobody should ask')
    const second = await ask(URL)
    expect(second.statusCode).toBe(200)
    expect(second.body).toBe(first.body)
    for (const name of ['content-type', 'etag', 'vary']) expect(second.headers[name], name).toBe(first.headers[name])
  })

  test('a question that shows its ETag is answered 304, without asking for figures', async () => {
    const { ask, reader } = await keepingApp()
    const { etag } = (await ask(URL)).headers
    reader.fault = new Error('nobody should ask')
    const answer = await ask(URL, { 'if-none-match': String(etag) })
    expect(answer.statusCode).toBe(304)
    expect(answer.body).toBe('')
  })

  test('of a scenario it says so, computed and kept', async () => {
    const { ask } = await anApp({}, { scenario: 'busy', readState: async () => 'one' })
    const [first, second] = [await ask(URL), await ask(URL)]
    expect(first.json()).toMatchObject({ scenario: 'busy' })
    expect(second.body).toBe(first.body)
    expect(second.headers.etag).toBe(first.headers.etag)
  })

  test('another question, another form and a wrong one have answers of their own', async () => {
    const { ask } = await keepingApp()
    await ask('/v1/evaluations/2023')
    expect((await ask('/v1/evaluations/2023', { accept: 'text/csv' })).headers['content-type']).toContain('text/csv')
    expect((await ask('/v1/evaluations/2023', { accept: 'image/png' })).statusCode).toBe(406)
    expect((await ask('/v1/evaluations/2022')).json().asOf).toBe((await ask('/v1/evaluations/2022')).json().asOf)
    expect((await ask('/v1/years/23')).statusCode).toBe(400)
  })

  test('what went wrong is not kept', async () => {
    const { ask, reader } = await keepingApp()
    reader.fault = new Error('for once')
    expect((await ask(URL)).statusCode).toBe(500)
    reader.fault = null
    expect((await ask(URL)).statusCode).toBe(200)
  })
})

describe('who asks the same at the same time', () => {
  test('waits for one answer, whatever the form of his ETag', async () => {
    const { ask, reader } = await keepingApp()
    const counted = vi.spyOn(reader, 'countedPeriod')
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(URL)))
    expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1)
    expect(answers[0]!.statusCode).toBe(200)
    const once = counted.mock.calls.length
    await ask('/v1/years/2022')
    expect(counted.mock.calls.length, 'as often as for one who asks alone').toBe(2 * once)
  })

  test('where it went wrong, the next one tries', async () => {
    const { ask, reader } = await keepingApp()
    vi.spyOn(reader, 'countedPeriod').mockImplementationOnce(async () => {
      throw new Error('for once')
    })
    const statuses = (await Promise.all(Array.from({ length: 5 }, () => ask(URL)))).map(({ statusCode }) => statusCode)
    expect(statuses.toSorted()).toEqual([200, 200, 200, 200, 500])
  })
})

describe('once something is written', () => {
  test('an answer is computed anew', async () => {
    const { reader, store, asOf } = await keepingApp()
    expect(await asOf()).toBe('1970-01-01T08:00:01+08:00')
    reader.marks = { callsAtMs: 2_000, ticketsAtMs: 2_000 }
    expect(await asOf()).toBe('1970-01-01T08:00:01+08:00')
    store.state = 'two'
    expect(await asOf()).toBe('1970-01-01T08:00:02+08:00')
  })

  // The state is read, then a write lands, then the figures are read: they may be of before or after it.
  test('one that was computed while a write landed is not given again', async () => {
    const { reader, store, asOf } = await keepingApp()
    store.whileRead = () => {
      store.state = 'two'
      store.whileRead = () => {}
    }
    await asOf()
    reader.marks = { callsAtMs: 2_000, ticketsAtMs: 2_000 }
    expect(await asOf()).toBe('1970-01-01T08:00:02+08:00')
  })
})

test('a store that does not tell its state is asked for figures every time', async () => {
  const { reader, store, asOf } = await keepingApp()
  store.state = null
  await asOf()
  reader.marks = { callsAtMs: 2_000, ticketsAtMs: 2_000 }
  expect(await asOf()).toBe('1970-01-01T08:00:02+08:00')
})

test('those who ask while a state is being read share the next, which is read after they asked', async () => {
  const reads: ((state: string) => void)[] = []
  const store = new StoreState(() => new Promise((resolve) => reads.push(resolve)))
  const first = store.read()
  const others = [store.read(), store.read()]
  expect(reads).toHaveLength(1)
  reads[0]!('before')
  expect(await first).toBe('before')
  await Promise.resolve()
  expect(reads).toHaveLength(2)
  reads[1]!('after')
  expect(await Promise.all(others)).toEqual(['after', 'after'])
})

test('who asks again and again waits for no read, and hears of a write within the promised time; after a pause one is read', async () => {
  let nowMs = 0
  let written = 'one'
  let readCount = 0
  const store = new StoreState(
    async () => {
      readCount++
      return written
    },
    () => nowMs,
  )
  expect(await store.read()).toBe('one')
  written = 'two'
  nowMs += STATE_MS_MAX / 2
  expect(await store.read(), 'no older than promised').toBe('one')
  expect(readCount).toBe(1)
  nowMs += 1
  await store.read() // begins the next read, and does not wait for it
  expect(readCount).toBe(2)
  await Promise.resolve()
  expect(await store.read()).toBe('two')
  written = 'three'
  nowMs += STATE_MS_MAX + 1
  expect(await store.read(), 'after a pause').toBe('three')
  expect(readCount).toBe(3)
})

test('what could not be read is not taken to be known', async () => {
  let nowMs = 0
  let isThere = true
  const store = new StoreState(
    async () => {
      if (!isThere) throw new Error('away')
      return 'one'
    },
    () => nowMs,
  )
  await store.read()
  isThere = false
  nowMs += STATE_MS_MAX - 1
  expect(await store.read()).toBe('one')
  nowMs += 2
  await expect(store.read()).rejects.toThrow('away')
})

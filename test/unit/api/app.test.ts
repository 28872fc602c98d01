import { describe, expect, test } from 'vitest'
import { StoreBusyError } from '../../../api/store/store-busy-error.ts'
import { StoreUnreachableError } from '../../../api/store/store-unreachable-error.ts'
import { KPIS } from '../../../kpi/kpis.ts'
import { anApp } from './asked-app.ts'

describe('problems', () => {
  test('an unknown route is 404 with a code', async () => {
    const { ask } = await anApp()
    const answer = await ask('/v1/nothing?secret=1')
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json()).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      code: 'STEADYLINE_ROUTE_UNKNOWN',
      detail: 'There is no GET /v1/nothing. All routes: /docs',
    })
  })

  test.each([
    ['POST', '/v1/kpis', 'GET, HEAD'],
    ['DELETE', '/v1/years/2023', 'GET, HEAD'],
    ['PUT', '/v1/statements', 'POST, GET, HEAD'],
  ] as const)('%s %s is 405, with the methods that there are', async (method, url, allow) => {
    const { app } = await anApp()
    const answer = await app.inject({ method, url })
    expect(answer.json()).toMatchObject({ status: 405, code: 'STEADYLINE_METHOD_UNKNOWN' })
    expect(answer.headers.allow).toBe(allow)
  })

  test('a store that does not answer is 503, to be asked again', async () => {
    const { ask, reader } = await anApp()
    reader.fault = new StoreUnreachableError('STEADYLINE_STORE_UNREACHABLE', 'http://10.0.0.1 does not answer', null)
    for (const url of ['/v1/years/2023', '/v1/rates?from=2023-01-01&to=2023-01-02', '/v1/freshness', '/health/ready']) {
      const answer = await ask(url)
      expect(answer.json(), url).toMatchObject({ status: 503, code: 'STEADYLINE_STORE_UNREACHABLE' })
      expect(answer.headers['retry-after']).toBe('5')
      expect(answer.body).not.toContain('10.0.0.1')
    }
    expect((await ask('/health/live')).statusCode).toBe(200)
    expect((await ask('/metrics')).statusCode).toBe(200)
  })

  test.each([
    ['STEADYLINE_STORE_BUSY', /again later/],
    ['STEADYLINE_QUERY_TIMED_OUT', /shorter range/],
  ] as const)('%s is 503, to be asked again', async (code, detail) => {
    const { ask, reader } = await anApp()
    reader.fault = new StoreBusyError(code, 'what happened inside')
    const answer = await ask('/v1/years/2023')
    expect(answer.json()).toMatchObject({ status: 503, code, detail: expect.stringMatching(detail) })
    expect(answer.headers['retry-after']).toBe('5')
    expect(answer.body).not.toContain('inside')
  })

  test('what goes wrong inside is not told outside', async () => {
    const { ask, reader } = await anApp()
    reader.fault = new Error('password=hunter2 at /srv/store')
    const answer = await ask('/v1/years/2023')
    expect(answer.json()).toMatchObject({ status: 500, code: 'STEADYLINE_INTERNAL' })
    expect(answer.body).not.toMatch(/hunter2|srv/)
  })

  test('too many requests of one address are 429; probes are not counted', async () => {
    const { ask } = await anApp({}, { requestsPerMinuteMax: 2 })
    await ask('/v1/kpis')
    await ask('/health/live')
    await ask('/v1/kpis')
    expect((await ask('/v1/kpis')).json()).toMatchObject({ status: 429, code: 'STEADYLINE_RATE_EXCEEDED' })
    expect((await ask('/health/live')).statusCode).toBe(200)
  })

  test('a body that is too large is refused', async () => {
    const { app } = await anApp()
    const payload = { period: 'x'.repeat(70_000) }
    const answer = await app.inject({ method: 'POST', url: '/v1/statements', payload })
    expect(answer.json()).toMatchObject({ status: 413, code: 'STEADYLINE_REQUEST_TOO_LARGE' })
  })
})

describe('the dictionary', () => {
  test('lists what answers give, with the targets of the profile', async () => {
    const { ask } = await anApp()
    const answer = (await ask('/v1/kpis')).json()
    expect(answer).toHaveLength(KPIS.length)
    expect(answer[0]).toEqual({
      id: 'connectionRate',
      nameZh: '接通率',
      nameEn: 'Connection rate',
      formula: 'answered / offered',
      numerator: expect.any(String),
      denominator: expect.any(String),
      base: { zh: expect.any(String), en: expect.any(String) },
      unit: 'ratio',
      direction: 'higher-is-better',
      target: 0.8,
      source: expect.stringContaining('kpi/README.md#connection-rate'),
    })
  })
})

describe('freshness', () => {
  const ledger = { topic: 'hotline.calls.v1', partition: 0, nextOffset: 40, emittedAtMsMax: 0 }

  test('puts what is counted beside what there is', async () => {
    const logEnds = {
      ofTopic: async (topic: string) =>
        topic === 'hotline.calls.v1'
          ? [
              { partition: 0, startOffset: 0, endOffset: 100 },
              { partition: 1, startOffset: 7, endOffset: 9 },
            ]
          : [],
      close: async () => {},
    }
    const { ask, reader } = await anApp({}, { logEnds })
    reader.ledger = [ledger]
    reader.marks = { callsAtMs: 0, ticketsAtMs: null }
    const [calls, tickets] = (await ask('/v1/freshness')).json().topics
    expect(calls).toEqual({
      topic: 'hotline.calls.v1',
      watermark: '1970-01-01T08:00:00+08:00',
      lagCount: 62,
      partitions: [
        { partition: 0, nextOffset: 40, endOffset: 100, maxEmittedAt: '1970-01-01T08:00:00+08:00' },
        { partition: 1, nextOffset: 7, endOffset: 9, maxEmittedAt: null },
      ],
    })
    expect(tickets).toEqual({ topic: 'hotline.tickets.v1', watermark: null, lagCount: 0, partitions: [] })
    expect((await ask('/metrics')).body).toContain('steadyline_lag_records{topic="hotline.calls.v1"} 62')
  })

  test('says so while Kafka does not answer: the lag is not known, rather than 0', async () => {
    const logEnds = { ofTopic: () => Promise.reject(new Error('down')), close: async () => {} }
    const { ask, reader } = await anApp({}, { logEnds })
    reader.ledger = [ledger]
    expect((await ask('/v1/freshness')).json().topics[0]).toMatchObject({
      lagCount: null,
      reason: expect.stringContaining('Kafka does not answer'),
      partitions: [{ nextOffset: 40, endOffset: null }],
    })
  })
})

describe('around the figures', () => {
  test('OpenAPI 3.1 describes every route', async () => {
    const { ask } = await anApp()
    const description = (await ask('/docs/json')).json()
    expect(description.openapi).toBe('3.1.0')
    expect(Object.keys(description.paths)).toEqual(
      expect.arrayContaining([
        '/v1/kpis',
        '/v1/years/{year}',
        '/v1/quarters/{quarter}',
        '/v1/months/{month}',
        '/v1/rates',
        '/v1/freshness',
      ]),
    )
    expect((await ask('/docs')).statusCode).toBe(200)
  })

  test('requests are measured by route, never by address', async () => {
    const { ask } = await anApp()
    await ask('/v1/years/2023')
    await ask('/v1/a-path-that-nobody-knows')
    const metrics = (await ask('/metrics')).body
    expect(metrics).toContain('route="/v1/years/:year"')
    expect(metrics).not.toContain('a-path-that-nobody-knows')
  })

  test('long answers are compressed', async () => {
    const { ask } = await anApp()
    expect((await ask('/v1/kpis', { 'accept-encoding': 'gzip' })).headers['content-encoding']).toBe('gzip')
  })

  test('pages say what may run in them', async () => {
    const { ask } = await anApp()
    expect((await ask('/v1/kpis')).headers['content-security-policy']).toContain("default-src 'self'")
  })
})

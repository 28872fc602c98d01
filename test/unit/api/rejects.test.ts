import { expect, test } from 'vitest'
import type { Reject } from '../../../api/store/reject-reader.ts'
import { anApp } from './asked-app.ts'

const reject = (partition: number, offset: number, code = 'BAD_ID', topic = 'hotline.calls.v1'): Reject => ({
  topic,
  partition,
  offset,
  code,
  reason: 'call_id has 0 characters, expected 1 to 64',
})
const SOME = [reject(0, 3), reject(0, 70), reject(2, 1, 'UNDECODABLE'), reject(1, 0, 'BAD_ID', 'hotline.tickets.v1')]

test('rejects come page by page, each once, with how many there are of each code', async () => {
  const { ask, rejects } = await anApp()
  rejects.all = SOME
  const seen: Reject[] = []
  let cursor = ''
  for (let page = 0; page < 2; page++) {
    const answer = (await ask(`/v1/rejects?limit=2${cursor}`)).json()
    expect(answer).toMatchObject({ total: 4, byCode: { BAD_ID: 3, UNDECODABLE: 1 } })
    seen.push(...answer.records)
    cursor = `&cursor=${answer.nextCursor}`
  }
  expect(seen).toEqual(SOME)
  expect(cursor).toBe('&cursor=null')
})

test('of one code, and of one topic', async () => {
  const { ask, rejects } = await anApp()
  rejects.all = SOME
  expect((await ask('/v1/rejects?code=UNDECODABLE')).json().records).toEqual([SOME[2]])
  expect((await ask('/v1/rejects?topic=hotline.tickets.v1')).json()).toMatchObject({ total: 4, records: [SOME[3]] })
})

test.each(['code=NONE', 'limit=0', 'limit=1001', 'cursor=nothing', 'cursor=WzEsMiwzXQ', 'all=1'])(
  '%s is 400',
  async (question) => {
    const { ask } = await anApp()
    expect((await ask(`/v1/rejects?${question}`)).json()).toMatchObject({ status: 400 })
  },
)

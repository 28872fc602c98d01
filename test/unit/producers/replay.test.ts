import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Ticket } from '../../../kpi/ticket.ts'
import { AvroEncoder } from '../../../producers/avro-encoder.ts'
import { CAPTURE_FILES } from '../../../producers/capture/container-format.ts'
import { CaptureWriter } from '../../../producers/capture-writer.ts'
import { generate } from '../../../producers/generate.ts'
import { replay } from '../../../producers/replay.ts'
import { streamYear } from '../../../producers/stream-year.ts'
import { WIRE_HEADER_BYTES } from '../../../schemas/wire-format.ts'
import { ArrayPublisher } from './array-publisher.ts'
import { testFolder } from './folder.ts'
import { at, panjin } from './panjin.ts'
import { FORTNIGHT } from './simulated-records.ts'

const names = { calls: 'hotline.calls.v1', tickets: 'hotline.tickets.v1' }
const SMALL = new URL('../../fixtures/captures/small/', import.meta.url).pathname
const WEEK = { ...FORTNIGHT, toAtMs: at('2023-06-19'), scale: 0.1 }
const HOUR_MS = 3_600_000

function replayed(folder: string, publisher: ArrayPublisher, changes = {}) {
  return replay({ profile: panjin, folder, publisher, names, speed: 'max', nowMs: () => 0, ...changes })
}

const bodyOf = ({ value }: { value: Buffer }) => value.subarray(WIRE_HEADER_BYTES)

describe('a generated week', () => {
  test('replayed is what streaming it would have published, record for record', async () => {
    const folder = await testFolder()
    const generated = await generate({ ...WEEK, folder })
    const streaming = new ArrayPublisher()
    const streamed = await streamYear({ ...WEEK, publisher: streaming, names })
    const replaying = new ArrayPublisher()
    const counts = await replayed(folder, replaying)

    expect(streamed).toEqual(generated)
    expect(counts).toEqual({ callsCount: generated.messages.calls, ticketsCount: generated.messages.tickets })
    for (const topic of [names.calls, names.tickets]) {
      const of = (publisher: ArrayPublisher) => publisher.records.filter((record) => record.topic === topic)
      expect(of(replaying)).toEqual(of(streaming))
    }
    expect(replaying.heartbeats).toEqual(streaming.heartbeats)
  })

  test('ends with a heartbeat per topic: the last day of emission, and the time its windows take to settle', async () => {
    const publisher = new ArrayPublisher()
    await streamYear({ ...WEEK, publisher, names })
    const [calls, tickets] = publisher.heartbeats
    expect(calls!.topic).toBe(names.calls)
    expect(tickets!.topic).toBe(names.tickets)
    expect((calls!.atMs - 2 * HOUR_MS + 8 * HOUR_MS) % (24 * HOUR_MS)).toBe(0)
    expect(tickets!.atMs - calls!.atMs).toBe(30 * 24 * HOUR_MS - 2 * HOUR_MS)
  })

  test('reports its progress', async () => {
    const reported: number[] = []
    await streamYear({
      ...WEEK,
      scale: 1,
      publisher: new ArrayPublisher(),
      names,
      onProgress: ({ publishedCount }) => reported.push(publishedCount),
    })
    expect(reported.length).toBeGreaterThan(1)
    expect(reported).toEqual(reported.toSorted((a, b) => a - b))
  })
})

describe('a capture made by another program', () => {
  test('is published whole, broken records as they are', async () => {
    const publisher = new ArrayPublisher()
    expect(await replayed(SMALL, publisher)).toEqual({ callsCount: 2020, ticketsCount: 2918 })
    expect(publisher.records.every(({ value }) => value[0] === 0)).toBe(true)
    expect(publisher.records.filter(({ key }) => key.length === 0).length).toBeGreaterThan(0)
  })

  test('is not said to be complete until the year 2100 because one broken record says so', async () => {
    const publisher = new ArrayPublisher()
    await replayed(SMALL, publisher)
    for (const { atMs } of publisher.heartbeats) expect(atMs).toBeLessThan(at('2025-01-01'))
  })

  test('is complete until the instant that is asked for', async () => {
    const publisher = new ArrayPublisher()
    await replayed(SMALL, publisher, { completeUntilAtMs: at('2024-02-01') })
    expect(publisher.heartbeats.map(({ atMs }) => atMs)).toEqual([at('2024-02-01'), at('2024-02-01')])
  })
})

/** Writes tickets that were emitted at these instants, in this order. */
async function ticketsEmittedAt(folder: string, emittedAtMss: readonly number[]): Promise<void> {
  const { file, recordName } = CAPTURE_FILES.tickets
  const encoder = new AvroEncoder()
  const writer = await CaptureWriter.create({ path: join(folder, file), recordName, codec: 'null', seed: 1 })
  for (const emittedAtMs of emittedAtMss) {
    const ticket: Ticket = {
      ticketId: `sim-${emittedAtMs}`,
      revision: 1,
      acceptedAtMs: at('2023-03-01'),
      callId: null,
      channel: 'WEB',
      line: '12345',
      region: '',
      category: '',
      kind: 'HELP',
      status: 'ACCEPTED',
      resolution: null,
      unit: null,
      dueAtMs: null,
      closedAtMs: null,
      followedUpAtMs: null,
      satisfaction: null,
      emittedAtMs,
    }
    writer.append(encoder.encodeTicket(ticket).subarray(WIRE_HEADER_BYTES))
  }
  await writer.close()
}

describe('a paced replay', () => {
  //  emitted:  0   60 s           120 s          after 2200: broken, never waited for
  //  at 600x:  0   100 ms         200 ms
  test('takes a six hundredth of the time at speed 600, and waits for no broken record', async () => {
    const folder = await testFolder()
    const start = at('2023-03-01')
    const emissions = [start, start + 60_000, Date.UTC(2200, 0, 1), start + 120_000]
    await ticketsEmittedAt(folder, emissions)
    const publisher = new ArrayPublisher()
    const startedMs = performance.now()
    await replayed(folder, publisher, { speed: 600, nowMs: () => performance.now() })
    const tookMs = performance.now() - startedMs
    expect(tookMs).toBeGreaterThan(190)
    expect(publisher.records.map(({ key }) => key.toString())).toEqual(emissions.map((emitted) => `sim-${emitted}`))
    expect(publisher.flushCount).toBeGreaterThanOrEqual(2)
  })
})

describe('what is not a capture', () => {
  test('an empty folder is refused with what was expected', async () => {
    await expect(replayed(await testFolder(), new ArrayPublisher())).rejects.toThrow(
      /expected calls\.avro, tickets\.avro/,
    )
  })

  test('one file alone is enough', async () => {
    const folder = await testFolder()
    await ticketsEmittedAt(folder, [at('2023-03-01')])
    expect(await replayed(folder, new ArrayPublisher())).toEqual({ callsCount: 0, ticketsCount: 1 })
  })

  test('text is refused by its name', async () => {
    const folder = await testFolder()
    await writeFile(join(folder, 'calls.avro'), 'not avro')
    await expect(replayed(folder, new ArrayPublisher())).rejects.toThrow(/calls\.avro/)
  })
})

test('equal options give equal files', async () => {
  const [one, other] = [await testFolder(), await testFolder()]
  await generate({ ...WEEK, folder: one })
  await generate({ ...WEEK, folder: other })
  const publishers = [new ArrayPublisher(), new ArrayPublisher()] as const
  await replayed(one, publishers[0])
  await replayed(other, publishers[1])
  expect(publishers[0].records.map(bodyOf)).toEqual(publishers[1].records.map(bodyOf))
})

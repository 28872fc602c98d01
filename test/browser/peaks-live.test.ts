import { Kafka, logLevel } from 'kafkajs'
import { expect, inject, onTestFinished, test } from 'vitest'
import type { StabilityAnswer } from '../../api/answers/stability-shape.ts'
import { runningUp } from '../../cli/up-record.ts'
import { AvroEncoder } from '../../producers/avro-encoder.ts'
import { kafkaNamesOf } from '../../schemas/kafka-names.ts'
import { aCall } from '../unit/kpi/made-by-hand.ts'
import { answerOf, look, textOf } from './browser.ts'

/** An evening of the year after the demonstration, so that no figure of it moves. */
const ARRIVED_AT_MS = Date.parse('2024-02-13T18:20:00+08:00')

/** Puts one answered call into the log, as a hotline would. */
async function publishCall(callId: string): Promise<void> {
  const client = new Kafka({
    brokers: [runningUp(inject('dataFolder'))!.kafkaBrokers],
    logLevel: logLevel.NOTHING,
  })
  const producer = client.producer()
  await producer.connect()
  onTestFinished(() => producer.disconnect())
  const call = aCall({
    callId,
    arrivedAtMs: ARRIVED_AT_MS,
    queuedAtMs: ARRIVED_AT_MS + 1_000,
    answeredAtMs: ARRIVED_AT_MS + 6_000,
    endedAtMs: ARRIVED_AT_MS + 66_000,
    emittedAtMs: ARRIVED_AT_MS + 67_000,
  })
  await producer.send({
    topic: kafkaNamesOf(null).calls,
    messages: [{ key: callId, value: new AvroEncoder().encodeCall(call) }],
  })
}

test('a call that comes in moves the figures that are looked at, and they say what they were', async () => {
  const { overall } = await answerOf<StabilityAnswer>('/v1/stability/2024')
  const before = `${overall.answeredCount} / ${overall.offeredCount}`
  const after = `${overall.answeredCount + 1} / ${overall.offeredCount + 1}`
  const { page } = await look('/peaks?period=2024', { language: 'en' })
  const counts = page.locator('[data-overall-counts]')
  await counts.filter({ hasText: before }).waitFor()

  await publishCall(`call-live-${overall.offeredCount}`)
  await counts.filter({ hasText: after }).waitFor()
  expect(await counts.locator('.changed').getAttribute('title')).toBe(`before: ${before}`)

  await page.goto('/peaks/evening@2024-02-13')
  await page.locator('[data-why]').waitFor()
  expect(await textOf(page.locator('.window-head [data-percent]'))).toBe('100.00%')
})

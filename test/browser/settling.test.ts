/** How settled figures are, and how old: said on the page, and taken back, without reloading. */
import { Kafka, logLevel } from 'kafkajs'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { AvroEncoder } from '../../producers/avro-encoder.ts'
import { kafkaNamesOf } from '../../schemas/kafka-names.ts'
import { startUp, type Up } from '../real/steadyline.ts'
import { aCall } from '../unit/kpi/made-by-hand.ts'
import { look, textOf } from './browser.ts'

const SETTLING_MS_MAX = 600_000
/** A query that the store does not answer is given up after half a minute. */
const STALE_MS_MAX = 180_000
const at = (time: string) => Date.parse(`2023-02-13T${time}+08:00`)

/** Puts an answered call into the log that ends, and is emitted, a minute after it came. */
async function publish(up: Up, time: string): Promise<void> {
  const producer = new Kafka({ brokers: [up.record().kafkaBrokers], logLevel: logLevel.NOTHING }).producer()
  await producer.connect()
  const arrivedAtMs = at(time)
  const call = aCall({
    callId: `call-${time}`,
    arrivedAtMs,
    queuedAtMs: arrivedAtMs,
    answeredAtMs: arrivedAtMs + 5_000,
    endedAtMs: arrivedAtMs + 60_000,
    emittedAtMs: arrivedAtMs + 60_000,
  })
  const messages = [{ key: call.callId, value: new AvroEncoder().encodeCall(call) }]
  await producer.send({ topic: kafkaNamesOf(null).calls, messages }).finally(() => producer.disconnect())
}

async function saysStatus(page: Page, word: string, why: string): Promise<void> {
  const mark = page.locator('.page-head .mark', { hasText: new RegExp(`^${word}$`) })
  await mark.waitFor({ timeout: STALE_MS_MAX })
  expect(await mark.getAttribute('title')).toContain(why)
}

test('a peak is open, then provisional, then final; figures from before say that they are', {
  timeout: SETTLING_MS_MAX,
}, async () => {
  const up = await startUp(['--empty'])
  onTestFinished(() => up.stop())
  await publish(up, '18:20:00')
  const dashboard = `http://127.0.0.1:${up.port}`
  const { page } = await look('/peaks/evening@2023-02-13', { dashboard, language: 'en' })
  await saysStatus(page, 'open', 'not over')
  const { page: chinese } = await look('/peaks/evening@2023-02-13', { dashboard })

  await publish(up, '20:30:00')
  await saysStatus(page, 'provisional', 'late records may still come')
  await saysStatus(chinese, '暂定', '迟到的记录')
  await publish(up, '22:30:00')
  await saysStatus(page, 'final', 'has passed')

  const rate = page.locator('.window-head [data-percent]')
  const before = await textOf(rate)
  const { store, broker } = up.record().pids
  process.kill(store!, 'SIGSTOP')
  onTestFinished(() => void process.kill(store!, 'SIGCONT'))
  await page.getByText('The store of the figures does not answer').waitFor({ timeout: STALE_MS_MAX })
  expect(await textOf(rate), 'the last figures stay').toBe(before)
  process.kill(store!, 'SIGCONT')
  await page.locator('.banner.gone').waitFor({ state: 'detached', timeout: STALE_MS_MAX })

  process.kill(broker!, 'SIGSTOP')
  onTestFinished(() => void process.kill(broker!, 'SIGCONT'))
  await page.getByText('Progress unknown').waitFor({ timeout: STALE_MS_MAX })
  process.kill(broker!, 'SIGCONT')
  await page.getByText('All counted').waitFor({ timeout: STALE_MS_MAX })
})

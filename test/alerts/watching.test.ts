/** What is watched of a running stack: rules, charts and an alert in a real Prometheus, promtool's tests of the rules. */
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../real/local-processes.ts'
import { freePort, startUp, type Up } from '../real/steadyline.ts'
import { callMessage } from '../unit/schemas/messages.ts'
import { startPrometheus } from './prometheus.ts'

const CALLS = 'hotline.calls.v1'
const RULES = readdirSync('docker/prometheus/rules').map((file) => `docker/prometheus/rules/${file}`)
/** Identities are looked at a minute after the start. */
const FOUND_MS_MAX = 240_000

let up: Up
let metricsPort: number
beforeAll(async () => {
  metricsPort = await freePort()
  up = await startUp(['--empty'], { env: { PROCESSOR_METRICS_PORT: String(metricsPort) } })
})
afterAll(() => up?.stop())

/** One call that counts and one that has no id. */
async function publishGoodAndBad(): Promise<void> {
  const kafka = new Kafka({ brokers: up.record().kafkaBrokers.split(','), logLevel: logLevel.NOTHING })
  const producer = kafka.producer()
  await producer.connect()
  await producer.send({ topic: CALLS, messages: [{ value: callMessage() }, { value: callMessage({ call_id: '' }) }] })
  await producer.disconnect()
}

test('promtool reads the rules, and every alert fires where its test says', async () => {
  await promisify(execFile)('promtool', ['check', 'rules', ...RULES])
  await promisify(execFile)('promtool', ['test', 'rules', 'docker/prometheus/tests/alerts.yaml'])
})

test('over a running stack every chart finds something, no rule is broken, and a reject raises its alert', {
  timeout: 480_000,
}, async () => {
  const prometheus = await startPrometheus({
    'steadyline-api': `127.0.0.1:${up.port}`,
    'steadyline-processor': `127.0.0.1:${metricsPort}`,
  })
  await publishGoodAndBad()
  expect((await up.run('wait', '--timeout', '2m')).exitCode).toBe(0)
  // The counter was not there before the first record: a second reject is the first increase that Prometheus can see.
  await until(
    'the first reject is seen',
    async () => (await prometheus.ask('steadyline_records_total{kind="reject"} == 1')).length > 0,
    60_000,
  )
  await publishGoodAndBad()
  await until(
    'the alert fires',
    async () => (await prometheus.alerts()).some(({ labels }) => labels.alertname === 'SteadylineRecordsRejected'),
    60_000,
  )
  const alert = (await prometheus.alerts()).find(({ labels }) => labels.alertname === 'SteadylineRecordsRejected')!
  expect(alert).toMatchObject({ state: 'firing', labels: { topic: CALLS, severity: 'warning' } })

  const { panels } = JSON.parse(readFileSync('docker/grafana/dashboards/operations.json', 'utf8')) as {
    panels: { title: string; targets: { expr: string }[] }[]
  }
  for (const { title, targets } of panels)
    for (const { expr } of targets)
      await until(
        `${title} finds something by ${expr}`,
        async () => (await prometheus.ask(expr.replaceAll('$__rate_interval', '1m'))).length > 0,
        FOUND_MS_MAX,
      )
  const rules = await prometheus.rules()
  expect(rules.length).toBeGreaterThan(20)
  expect(rules.filter(({ health }) => health !== 'ok')).toEqual([])
})

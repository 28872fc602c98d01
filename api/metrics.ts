/** What Prometheus is told: how long requests take, and how fresh the figures are. */
import type { FastifyInstance } from 'fastify'
import { Gauge, Histogram, type Registry } from 'prom-client'
import type { ReadFreshness } from './freshness/freshness.ts'

const DURATION_BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Counts every request by its route, never by its address: a year in the name of a series would make it endless. */
export function measureRequests(app: FastifyInstance, registry: Registry): void {
  const durations = new Histogram({
    name: 'steadyline_api_request_duration_seconds',
    help: 'Time from a request to its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: DURATION_BUCKETS_S,
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'
    const labels = { method: request.method, route, status: String(reply.statusCode) }
    durations.observe(labels, reply.elapsedTime / 1000)
  })
}

/** Freshness is read when it is asked for; while the store is away its gauges are absent rather than old. */
export function measureFreshness(registry: Registry, readFreshness: ReadFreshness): () => Promise<void> {
  const watermark = new Gauge({
    name: 'steadyline_watermark_seconds',
    help: 'Watermark of a topic, seconds since 1970.',
    labelNames: ['topic'],
    registers: [registry],
  })
  const lag = new Gauge({
    name: 'steadyline_lag_records',
    help: 'Records in Kafka that are not counted yet.',
    labelNames: ['topic'],
    registers: [registry],
  })
  return async () => {
    watermark.reset()
    lag.reset()
    const freshness = await readFreshness().catch(() => null)
    for (const { topic, watermark: text, lagCount } of freshness?.topics ?? []) {
      if (text !== null) watermark.set({ topic }, Date.parse(text) / 1000)
      if (lagCount !== null) lag.set({ topic }, lagCount)
    }
  }
}

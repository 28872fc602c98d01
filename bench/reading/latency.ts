/** Latency of one question, by autocannon in a process of its own. */
import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'

const AUTOCANNON = createRequire(import.meta.url).resolve('autocannon')

export interface Latency {
  p50Ms: number
  p99Ms: number
  answers: number
  /** By status code. */
  statuses: Record<string, number>
}

export interface Asked {
  url: string
  connections: number
  seconds: number
  /** An ETag that was answered before. */
  tag?: string
}

/** @throws if an answer was not of the expected status */
export async function latencyOf({ url, connections, seconds, tag }: Asked): Promise<Latency> {
  const headers = tag === undefined ? [] : ['-H', `if-none-match=${tag}`]
  const args = [AUTOCANNON, '--json', '-c', String(connections), '-d', String(seconds), ...headers, url]
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 16 << 20 })
  const result = JSON.parse(stdout) as {
    latency: { p50: number; p99: number }
    requests: { total: number }
    errors: number
    statusCodeStats: Record<string, { count: number }>
  }
  const statuses = Object.fromEntries(
    Object.entries(result.statusCodeStats).map(([status, { count }]) => [status, count]),
  )
  const expected = tag === undefined ? '200' : '304'
  const others = Object.keys(statuses).filter((status) => status !== expected)
  if (result.errors > 0 || others.length > 0)
    throw new Error(`${url}: ${result.errors} errors, statuses ${JSON.stringify(statuses)}, expected ${expected} alone`)
  return { p50Ms: result.latency.p50, p99Ms: result.latency.p99, answers: result.requests.total, statuses }
}

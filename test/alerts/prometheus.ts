/** A real Prometheus over a running stack, with the rules that come with the program. It ends with the test. */
import { spawn } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { parse, stringify } from 'yaml'
import { testFolder, until } from '../real/local-processes.ts'
import { freePort } from '../real/steadyline.ts'

const CONFIGURATION = 'docker/prometheus'

export interface Series {
  metric: Record<string, string>
  value: [number, string]
}

export interface Prometheus {
  /** @throws with Prometheus's own words for a query that it cannot read */
  ask(query: string): Promise<Series[]>
  alerts(): Promise<{ labels: Record<string, string>; annotations: Record<string, string>; state: string }[]>
  rules(): Promise<{ name: string; health: string; lastError?: string }[]>
}

/** @param targets  by job, `host:port` of what is read, in the place of the names of docker-compose.yml */
export async function startPrometheus(targets: Record<string, string>): Promise<Prometheus> {
  const folder = await testFolder()
  cpSync(join(CONFIGURATION, 'rules'), join(folder, 'rules'), { recursive: true })
  const configuration = parse(readFileSync(join(CONFIGURATION, 'prometheus.yml'), 'utf8')) as {
    scrape_configs: { job_name: string }[]
  }
  const readHere = {
    ...configuration,
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    scrape_configs: configuration.scrape_configs.map(({ job_name }) => ({
      job_name,
      static_configs: [{ targets: [targets[job_name]] }],
    })),
  }
  writeFileSync(join(folder, 'prometheus.yml'), stringify(readHere))
  const port = await freePort()
  let said = ''
  const child = spawn(
    'prometheus',
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { cwd: resolve(folder), stdio: ['ignore', 'ignore', 'pipe'] },
  )
  child.stderr.on('data', (bytes) => (said += bytes))
  const ended = new Promise<void>((done) => child.once('close', () => done()))
  child.once('error', (error) => (said += `${error.message}: Debian's package prometheus is needed`))
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await ended
  })
  const get = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`)
    const { status, data, error } = (await answer.json()) as { status: string; data: never; error?: string }
    if (status !== 'success') throw new Error(`${decodeURIComponent(path)}: ${error}`)
    return data as Record<string, any>
  }
  const isReady = () =>
    fetch(`http://127.0.0.1:${port}/-/ready`).then(
      ({ ok }) => ok,
      () => {
        if (child.exitCode !== null || child.pid === undefined) throw new Error(`prometheus ended: ${said}`)
        return false
      },
    )
  await until('prometheus is ready', isReady, 60_000)
  return {
    ask: async (query) => (await get(`/api/v1/query?query=${encodeURIComponent(query)}`)).result,
    alerts: async () => (await get('/api/v1/alerts')).alerts,
    rules: async () => (await get('/api/v1/rules')).groups.flatMap((group: { rules: unknown[] }) => group.rules),
  }
}

/** Another API over the store of the demonstration year: with other names, or with keys. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { inject, onTestFinished } from 'vitest'
import { until } from '../real/local-processes.ts'
import { freePort } from '../real/steadyline.ts'

const COMMAND = fileURLToPath(new URL('../../cli/steadyline.mjs', import.meta.url))
const ANSWERS_MS_MAX = 120_000

/** Starts `serve` and waits until it answers; it ends with the test. @returns where its dashboard is */
export async function serve(args: string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const port = await freePort()
  const command = [COMMAND, 'serve', '--data', inject('dataFolder'), '--port', String(port), ...args]
  const api = spawn(process.execPath, command, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  api.stderr.on('data', (bytes) => {
    said += bytes
  })
  const ended = new Promise<void>((resolve) => api.once('exit', () => resolve()))
  onTestFinished(async () => {
    api.kill('SIGTERM')
    await ended
  })
  const address = `http://127.0.0.1:${port}`
  await until(
    'serve answers',
    async () => {
      if (api.exitCode !== null) throw new Error(`serve ended with exit code ${api.exitCode}: ${said}`)
      return (await fetch(`${address}/health/live`).catch(() => null))?.ok === true
    },
    ANSWERS_MS_MAX,
  )
  return address
}

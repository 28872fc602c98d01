import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'

function startApi(environment: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'api/main.ts'], {
    env: { PATH: process.env.PATH, CLICKHOUSE_URL: 'http://127.0.0.1:9', API_PORT: '0', ...environment },
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  // 'close' and not 'exit': only then is everything read that it said.
  const exitCode = new Promise<number | null>((resolve) => child.once('close', resolve))
  return { child, exitCode, complaint: () => said }
}

async function addressOf({ child }: ReturnType<typeof startApi>): Promise<string> {
  for await (const line of createInterface({ input: child.stdout })) {
    const { address, msg } = JSON.parse(line)
    if (typeof address !== 'string') continue
    expect(msg).toContain('loopback only')
    return address
  }
  throw new Error('the API ended before it listened')
}

test('it lives without a store, says that it is not ready, and ends when it is asked to', async () => {
  const api = startApi({})
  const address = await addressOf(api)
  expect((await fetch(`${address}/health/live`)).status).toBe(200)
  const ready = await fetch(`${address}/health/ready`)
  expect([ready.status, await ready.json()]).toMatchObject([503, { code: 'STEADYLINE_STORE_UNREACHABLE' }])
  expect(await (await fetch(`${address}/metrics`)).text()).toContain('process_resident_memory_bytes')
  api.child.kill('SIGTERM')
  expect(await api.exitCode).toBe(0)
})

test.each<[string, Record<string, string>, number, RegExp]>([
  ['another address than loopback', { API_HOST: '0.0.0.0' }, 2, /^API_HOST is 0\.0\.0\.0, expected 127\.0\.0\.1/],
  ['a profile that is not there', { STEADYLINE_PROFILE: 'nowhere.yaml' }, 2, /^There is no profile nowhere\.yaml/],
  ['a setting that is none', { STEADYLINE_PROFIL: 'x' }, 2, /STEADYLINE_PROFIL is not a setting/],
])('%s is one message with what to do', async (_promise, environment, code, message) => {
  const api = startApi(environment)
  expect(await api.exitCode).toBe(code)
  expect(api.complaint()).toMatch(message)
  expect(api.complaint()).not.toContain('    at ')
})

test('a used port is one message with what to do', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.close()
  })
  await new Promise((listening) => server.once('listening', listening))
  const { port } = server.address() as { port: number }
  const api = startApi({ API_PORT: String(port) })
  expect(await api.exitCode).toBe(3)
  expect(api.complaint()).toContain(`Port ${port} on 127.0.0.1 is in use`)
})

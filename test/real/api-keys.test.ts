/** Keys as people use them: made by the command, asked for by the API's process, taken back while it runs. */
import { spawn } from 'node:child_process'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { testFolder, until } from './local-processes.ts'
import { steadyline } from './steadyline.ts'

/** The API's process with a file of keys; it needs no store to refuse. */
async function startApi(keysFile: string) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'api/main.ts'], {
    env: {
      PATH: process.env.PATH,
      CLICKHOUSE_URL: 'http://127.0.0.1:9',
      API_HOST: '0.0.0.0',
      API_PORT: '0',
      API_KEYS_FILE: keysFile,
      LOG_LEVEL: 'warn', // audit lines are written all the same
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const lines: any[] = []
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(JSON.parse(line)))
  await until('the API listens', () => lines.some(({ address }) => address?.startsWith('http')))
  const { address } = lines.find(({ address }) => address?.startsWith('http'))
  return { lines, address: String(address).replace('0.0.0.0', '127.0.0.1') }
}

test('made by the command, asked for by the API, and taken back without a restart', async () => {
  const folder = await testFolder()
  const file = join(folder, 'keys.json')
  const add = (name: string, role: string) =>
    steadyline(['keys', 'add', '--name', name, '--role', role, '--file', file])
  const made = await add('dashboard', 'viewer')
  expect(made).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('shown once') })
  const key = made.stdout.trim()
  expect(key).toMatch(/^slk_\S{52}$/)
  expect(readFileSync(file, 'utf8')).not.toContain(key.slice(13))
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(await add('dashboard', 'admin')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('dashboard') })

  const { lines, address } = await startApi(file)
  const statusFor = async (shown: string) =>
    (await fetch(`${address}/v1/kpis`, { headers: { authorization: `Bearer ${shown}` } })).status
  expect(await statusFor(key)).toBe(200)
  expect(await statusFor(`${key}x`)).toBe(401)

  const other = (await add('evaluation', 'evaluator')).stdout.trim()
  await until('a new key is taken', async () => (await statusFor(other)) === 200)
  expect(await statusFor(key)).toBe(200)
  expect(await steadyline(['keys', 'remove', '--name', 'dashboard', '--file', file])).toMatchObject({ exitCode: 0 })
  await until('a removed key is refused', async () => (await statusFor(key)) === 401)
  expect(await statusFor(other)).toBe(200)

  writeFileSync(file, '{"keys": [') // half a file
  await until('a broken file is told', () => lines.some(({ reason }) => reason?.includes('is not JSON')))
  expect(await statusFor(other)).toBe(200)

  expect(lines).toContainEqual(expect.objectContaining({ audit: 'key-used', key: 'dashboard', route: '/v1/kpis' }))
  expect(lines).toContainEqual(expect.objectContaining({ audit: 'key-refused' }))
  for (const secret of [key, other]) expect(JSON.stringify(lines)).not.toContain(secret)
})

test.each([
  ['a file that is missing', null, /cannot be read \(ENOENT\).*steadyline keys add/],
  ['a file that holds keys themselves', '{"keys":[{"name":"a","role":"viewer","key":"slk_x"}]}', /is no file of keys/],
  [
    'a role that is none',
    `{"keys":[{"name":"a","role":"boss","id":"12345678","sha256":"${'0'.repeat(64)}","createdAt":""}]}`,
    /\/keys\/0\/role/,
  ],
])('%s is one message with what to do', async (_what, content, message) => {
  const file = join(await testFolder(), 'keys.json')
  if (content !== null) writeFileSync(file, content)
  const ended = await steadyline(['keys', 'list', '--file', file])
  expect(ended.exitCode).toBe(2)
  expect(ended.stderr).toMatch(message)
  expect(ended.stderr).not.toContain('    at ')
})

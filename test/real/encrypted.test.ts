/** Servers that want TLS and a user: the whole way of a capture, and what is said where the password is wrong. */
import { spawn } from 'node:child_process'
import { createWriteStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { startStore } from '../../local/store.ts'
import { makeCertificates, startEncryptedBroker, startEncryptedStore } from './encrypted-servers.ts'
import { testFolder, until } from './local-processes.ts'
import { freePort, steadyline } from './steadyline.ts'

const CAPTURE = fileURLToPath(new URL('../fixtures/captures/small/', import.meta.url))
const expected = JSON.parse(readFileSync(`${CAPTURE}expected.json`, 'utf8'))
const LOGIN = { username: 'steadyline', password: 'Geheim-Pa55word' }
const WRONG = 'Falsch-Pa55word'
const MS_MAX = 300_000

/** A process of the program, whose every word is kept. */
function start(main: string, env: NodeJS.ProcessEnv, logFile: string): void {
  const child = spawn(process.execPath, ['--import', 'tsx', main], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const log = createWriteStream(logFile)
  child.stdout.pipe(log, { end: false })
  child.stderr.pipe(log, { end: false })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
}

test('over TLS and with users records are published, counted and asked for, and no output holds a password', {
  timeout: 1_200_000,
}, async () => {
  const folder = await testFolder()
  const certificates = makeCertificates(folder)
  const store = await startStore({ folder: join(folder, 'store'), say: () => {} })
  onTestFinished(() => store.stop())
  const storeAddress = await startEncryptedStore(store.address, certificates, LOGIN)
  const brokers = await startEncryptedBroker(join(folder, 'broker'), certificates, LOGIN)
  const withPasswords = (kafka: string, clickhouse: string): NodeJS.ProcessEnv => ({
    KAFKA_BROKERS: brokers,
    KAFKA_TLS: 'true',
    KAFKA_USERNAME: LOGIN.username,
    KAFKA_PASSWORD: kafka,
    CLICKHOUSE_URL: storeAddress.replace('//', `//${LOGIN.username}:${clickhouse}@`),
    NODE_EXTRA_CA_CERTS: certificates.authorityFile,
    STEADYLINE_DATA: folder,
    LOG_LEVEL: 'trace',
  })
  const right = withPasswords(LOGIN.password, LOGIN.password)

  // The producer signs in by PLAIN, processor and API by SCRAM.
  const replayed = await steadyline(['replay', '--from', CAPTURE], { ...right, KAFKA_MECHANISM: 'plain' })
  expect(replayed).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Published') })
  const port = await freePort()
  const scram = { ...process.env, ...right, KAFKA_MECHANISM: 'scram-sha-512', API_PORT: String(port) }
  const logs = ['processor', 'api'].map((name) => join(folder, `${name}.log`))
  start('processors/main.ts', scram, logs[0]!)
  start('api/main.ts', scram, logs[1]!)
  const ask = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => null)
    return answer?.ok ? answer.json() : null
  }
  const isCounted = async () => {
    const freshness: any = await ask('/v1/freshness')
    return freshness?.topics.every(({ lagCount, watermark }: any) => lagCount === 0 && watermark !== null)
  }
  await until('everything is counted', async () => (await isCounted()) === true, MS_MAX)
  let year: any = null // a busy machine answers 503, to be asked again
  const isAnswered = async () => {
    year = await ask('/v1/years/2023')
    return year !== null
  }
  await until('the year is answered', isAnswered, MS_MAX)
  const connection = year.kpis.find(({ id }: any) => id === 'connectionRate')
  expect(connection).toMatchObject(expected.kpis.connectionRate)

  const outputs = [
    replayed,
    await steadyline(['doctor'], right),
    await steadyline(['rejects', 'list'], withPasswords(LOGIN.password, WRONG)),
    await steadyline(['replay', '--from', CAPTURE], withPasswords(WRONG, LOGIN.password)),
    await steadyline(['rejects', 'list'], { ...right, CLICKHOUSE_URL: `tcp://u:${LOGIN.password}@127.0.0.1` }),
  ]
  expect(outputs.map(({ exitCode }) => exitCode)).toEqual([0, 0, expect.any(Number), 3, 2])
  expect(outputs[2]!.exitCode).not.toBe(0)
  expect(outputs[1]!.stdout).toContain(`ClickHouse at ${storeAddress} answer`)
  const said = [
    ...outputs.flatMap(({ stdout, stderr }) => [stdout, stderr]),
    ...logs.map((file) => readFileSync(file, 'utf8')),
  ]
  for (const secret of [LOGIN.password, WRONG, encodeURIComponent(LOGIN.password)])
    expect(said.filter((text) => text.includes(secret))).toEqual([])
  expect(said.at(-2)).toContain('"level"') // the processor did log
})

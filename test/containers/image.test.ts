/**
 * The image as it is run: processors and the API in containers of their own, beside Kafka and ClickHouse in theirs, with the
 * users of docker/clickhouse/users.xml. A processor that is asked to end in the middle leaves nothing half done.
 */
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { GenericContainer, Network, type StartedNetwork, type StartedTestContainer, Wait } from 'testcontainers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../faults/eventually.ts'
import { steadyline } from '../real/steadyline.ts'
import { composeService } from './compose-services.ts'
import { endContainer, exitCodeOf, requireEngine, requireImage } from './engine.ts'
import { type ContainerServer, startClickHouse, startKafka } from './servers.ts'

const USERS = fileURLToPath(new URL('../../docker/clickhouse/users.xml', import.meta.url))
const CAPTURE = fileURLToPath(new URL('../fixtures/captures/small/', import.meta.url))
const START_MS_MAX = 240_000
const { image } = composeService('api')

let network: StartedNetwork
let kafka: ContainerServer
let store: ContainerServer
let keysFolder: string
const started: StartedTestContainer[] = []

beforeAll(async () => {
  await requireEngine()
  await requireImage(image, `docker build -f docker/Dockerfile -t ${image} .`)
  network = await new Network().start()
  ;[kafka, store] = await Promise.all([startKafka(network), startClickHouse({ network, usersFile: USERS })])
  keysFolder = await mkdtemp(join(tmpdir(), 'steadyline-keys-'))
})
afterAll(async () => {
  for (const container of started) await container.stop()
  await Promise.all([kafka?.stop(), store?.stop()])
  await network?.stop()
  if (keysFolder !== undefined) await rm(keysFolder, { recursive: true, force: true })
})

/** A container of the image with what the service of docker-compose.yml is given. */
function containerOf(service: string, command: string): GenericContainer {
  return new GenericContainer(image)
    .withCommand([command])
    .withEnvironment({ ...composeService(service).environment, SCHEMA_REGISTRY_URL: '' }) // there is none beside it
    .withNetwork(network)
    .withTmpFs({ '/tmp': 'rw' })
    .withDroppedCapabilities('ALL')
    .withSecurityOpt('no-new-privileges')
    .withStartupTimeout(START_MS_MAX)
}

async function startProcessor(): Promise<StartedTestContainer & { said(): string }> {
  let said = ''
  const container = await containerOf('processor-1', 'process')
    .withLogConsumer((stream) => stream.on('data', (line) => (said += line)))
    .withWaitStrategy(Wait.forLogMessage('processor is ready'))
    .start()
  started.push(container)
  return Object.assign(container, { said: () => said })
}

/** A command on this machine, with the servers' outer addresses. */
function command(...args: string[]) {
  const { CLICKHOUSE_OPERATOR_PASSWORD } = composeService('clickhouse').environment
  return steadyline(args, {
    KAFKA_BROKERS: kafka.address,
    CLICKHOUSE_URL: store.address.replace('://', `://steadyline_operator:${CLICKHOUSE_OPERATOR_PASSWORD}@`),
  })
}

test('the image runs as nobody in particular, and says whether it is well', async () => {
  const made = await containerOf('api', 'serve').withEntrypoint(['sleep']).withCommand(['60']).start()
  started.push(made)
  expect((await made.exec(['id', '-u'])).output.trim()).not.toBe('0')
  expect(await made.exec(['node', 'docker/healthy.mjs'])).toMatchObject({ exitCode: 1 }) // nothing listens
  expect((await made.exec(['ls', 'node_modules/chdb'])).exitCode).not.toBe(0)
  const up = await made.exec(['steadyline', 'up'], { env: { CLICKHOUSE_URL: '', STEADYLINE_DATA: '/tmp/data' } })
  expect(up).toMatchObject({
    exitCode: 3,
    output: expect.stringContaining('Set CLICKHOUSE_URL to a ClickHouse server'),
  })
})

test('two processors count a capture, one of them is asked to end in the middle, and nothing is lost or doubled', async () => {
  const [first, second] = await Promise.all([startProcessor(), startProcessor()])
  await eventually(
    'both read',
    () => [first, second].every((one) => /"partitionCount":8,/.test(one.said())),
    START_MS_MAX,
  )
  for (const one of [first, second])
    expect(await one.exec(['node', 'docker/healthy.mjs'])).toMatchObject({ exitCode: 0 })
  const replaying = command('replay', '--from', CAPTURE)
  await endContainer(first, 'SIGTERM')
  expect(await exitCodeOf(first)).toBe(0)
  expect(await replaying).toMatchObject({ exitCode: 0 })
  expect(await command('wait', '--timeout', '3m')).toMatchObject({ exitCode: 0 })
  const reconciled = await command('reconcile', '--log')
  expect(reconciled, reconciled.stdout + reconciled.stderr).toMatchObject({ exitCode: 0 })
})

test('the API in its container answers what another program computed, to those who have a key', async () => {
  const keys = join(keysFolder, 'keys.json')
  const { stdout } = await steadyline(['keys', 'add', '--name', 'dashboard', '--role', 'admin', '--file', keys])
  await chmod(keysFolder, 0o755) // the container's user is another
  await chmod(keys, 0o644)
  const api = await containerOf('api', 'serve')
    .withBindMounts([{ source: keysFolder, target: '/keys', mode: 'ro' }])
    .withExposedPorts(8080)
    .withWaitStrategy(Wait.forHealthCheck())
    .start()
  started.push(api)
  const address = `http://127.0.0.1:${api.getMappedPort(8080)}`
  expect((await fetch(`${address}/v1/years/2023`)).status).toBe(401)
  const answer = await fetch(`${address}/v1/years/2023`, { headers: { authorization: `Bearer ${stdout.trim()}` } })
  expect(answer.status).toBe(200)
  const { kpis } = (await answer.json()) as { kpis: { id: string; numerator: number; denominator: number }[] }
  const expected = JSON.parse(await readFile(join(CAPTURE, 'expected.json'), 'utf8'))
  for (const { id, numerator, denominator } of kpis) {
    expect({ id, numerator, denominator }).toEqual({ id, ...expected.kpis[id] })
  }
  const page = await fetch(address, { headers: { accept: 'text/html' } })
  expect(await page.text()).toContain('<html lang=') // the dashboard is in the image
  await endContainer(api, 'SIGTERM')
  expect(await exitCodeOf(api)).toBe(0)
})

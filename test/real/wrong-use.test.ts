/** What people do wrong, and the one message each of them gets: what is wrong, what to do, no stack trace. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import avro, { Type } from 'avsc'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort, startUp, steadyline, type Up } from './steadyline.ts'

const PROFILE = 'profiles/panjin-2023.yaml'

let folder: string
let up: Up
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steadyline-wrong-'))
  up = await startUp(['--empty'])
})
afterAll(async () => {
  await up.stop()
  await rm(folder, { recursive: true, force: true })
})

const withoutTrace = { stderr: expect.not.stringMatching(/\n\s+at /) }

describe('each wrong use has one message that says what to do', () => {
  test('a profile with several faults: every one, with its line', async () => {
    const file = join(folder, 'wrong.yaml')
    const yaml = await readFile(PROFILE, 'utf8')
    await writeFile(file, yaml.replace('settleHours: 2', 'settleHours: soon').replace('from: "18:00"', 'from: "18:05"'))
    const ended = await steadyline(['generate', '--out', join(folder, 'none'), '--profile', file])
    expect(ended).toMatchObject({ exitCode: 2, ...withoutTrace })
    expect(ended.stderr).toMatch(/line \d+: settleHours/)
    expect(ended.stderr).toMatch(/line \d+: peaks\.2\.from/)
  })

  test('a profile that is not there', async () => {
    const ended = await steadyline(['generate', '--out', join(folder, 'none'), '--profile', 'profiles/nowhere.yaml'])
    expect(ended).toMatchObject({ exitCode: 2, ...withoutTrace })
    expect(ended.stderr).toContain('There is no profile profiles/nowhere.yaml')
  })

  test('a capture of another schema', async () => {
    const other = Type.forSchema({ type: 'record', name: 'Other', fields: [{ name: 'x', type: 'int' }] })
    for (const name of ['calls.avro', 'tickets.avro']) {
      await new Promise<void>((resolve) => {
        const encoder = avro.createFileEncoder(join(folder, name), other)
        encoder.end({ x: 1 }, () => {})
        encoder.on('finish', resolve)
      })
    }
    const ended = await up.run('replay', '--from', folder)
    expect(ended).toMatchObject({ exitCode: 2, ...withoutTrace })
    expect(ended.stderr).toMatch(/calls\.avro/)
  })

  test('a year that cannot be', async () => {
    const answer = await fetch(`http://127.0.0.1:${up.port}/v1/years/20x3`)
    expect(answer.status).toBe(400)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(await answer.json()).toMatchObject({
      status: 400,
      code: expect.any(String),
      detail: expect.stringContaining('year'),
    })
  })

  test('a year without records is an answer, and says that there are none', async () => {
    const year = await up.get('/v1/years/2031')
    expect(year.kpis[0]).toMatchObject({ numerator: 0, denominator: 0, ratio: null, reason: expect.any(String) })
  })

  test('servers that are not there', async () => {
    const nowhere = `127.0.0.1:${await freePort()}`
    const ended = await steadyline(['wait', '--timeout', '5s', '--data', folder], {
      KAFKA_BROKERS: nowhere,
      CLICKHOUSE_URL: `http://${nowhere}`,
    })
    expect(ended).toMatchObject({ exitCode: 3, ...withoutTrace })
    expect(ended.stderr).toMatch(/Kafka does not answer/)
  })

  test('a processor whose store is not there', async () => {
    const nowhere = `http://127.0.0.1:${await freePort()}`
    const ended = await steadyline(['process', '--data', folder], {
      KAFKA_BROKERS: up.record().kafkaBrokers,
      CLICKHOUSE_URL: nowhere,
    })
    expect(ended).toMatchObject({ exitCode: 3, ...withoutTrace })
    expect(ended.stderr).toMatch(/ClickHouse does not answer/)
  })

  test('nothing runs on the folder', async () => {
    const ended = await steadyline(['wait', '--data', folder])
    expect(ended).toMatchObject({ exitCode: 3, ...withoutTrace })
    expect(ended.stderr).toContain('npx steadyline up')
  })

  test('a port that is taken', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    const ended = await steadyline(['up', '--empty', '--exit', '--data', join(folder, 'other'), '--port', String(port)])
    await new Promise((resolve) => server.close(resolve))
    expect(ended).toMatchObject({ exitCode: 2, ...withoutTrace })
    expect(ended.stderr).toContain(`Port ${port} on 127.0.0.1 is in use`)
  })

  test('a second up on one folder', async () => {
    const ended = await steadyline(['up', '--empty', '--exit', '--data', up.folder, '--port', String(await freePort())])
    expect(ended).toMatchObject({ exitCode: 2, ...withoutTrace })
    expect(ended.stderr).toContain('another process keeps this folder open')
    expect((await fetch(`http://127.0.0.1:${up.port}/health/live`)).status).toBe(200)
  })

  test.each([
    [['replay', '--from', '/nowhere', '--speed', 'fast'], '--speed is "fast"'],
    [['wait', '--timeout', 'long'], '--timeout is "long"'],
    [['generate', '--out', '/tmp/x', '--seed', 'one'], '--seed is "one"'],
    [['up', '--port', '70000'], '--port is "70000"'],
    [['fly'], "unknown command 'fly'"],
    [['generate'], '--out'],
  ])('%j', async (args, words) => {
    const ended = await steadyline(args)
    expect(ended).toMatchObject({ exitCode: 2, ...withoutTrace })
    expect(ended.stderr).toContain(words)
  })

  test('a setting that does not exist, and one that cannot be read', async () => {
    const ended = await steadyline(['doctor'], { STEADYLINE_DATE: 'x', FLUSH_MS_MAX: 'often' })
    expect(ended.exitCode).toBe(1)
    expect(ended.stdout).toContain('STEADYLINE_DATE is not a setting')
    expect(ended.stdout).toContain('FLUSH_MS_MAX is "often"')
  })
})

test('up without Java or Maven says what to install', async () => {
  const ended = await steadyline(
    ['up', '--empty', '--exit', '--data', join(folder, 'no-java'), '--port', String(await freePort())],
    {
      PATH: '/nonexistent',
      XDG_CACHE_HOME: join(folder, 'cache'),
      HOME: folder,
    },
  )
  expect(ended).toMatchObject({ exitCode: 3, ...withoutTrace })
  expect(ended.stderr).toContain('openjdk-17-jre-headless maven')
})

/**
 * Scenarios on a real broker and a real store, as a person runs them: captured, replayed as they are and made anew,
 * asked, compared, dropped; and whatever they do, the real figures and topics stay as they were, to the last byte.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { kafkaNamesOf } from '../../schemas/kafka-names.ts'
import { until } from './local-processes.ts'
import { checksums, endOffsets, leavingTheRealAlone, settled, unchanged, withAdmin } from './real-figures.ts'
import { COMMAND, type Ended, startUp, steadyline, type Up } from './steadyline.ts'

const SECOND = 1_000
const FROM = '2023-03-06'
const TO = '2023-03-08'
const FACTS_AND_CELLS = ['call_facts', 'ticket_facts', 'call_cells', 'ticket_cells', 'caller_days']

let up: Up
let generated: string
let captured: string

/** Two days of a hotline, counted, judged, and with a statement issued. */
beforeAll(async () => {
  up = await startUp(['--empty'])
  generated = join(up.folder, 'generated')
  captured = join(up.folder, 'captured')
  await done(up.run('generate', '--out', generated, '--from', FROM, '--to', TO))
  await done(up.run('replay', '--from', generated))
  await done(up.run('wait', '--timeout', '5m'))
  await until('the peaks are judged', async () => (await up.rows('SELECT 1 FROM steadyline.verdicts')).length > 0)
  await settled(up, 5 * SECOND)
  await done(up.run('statements', 'issue', '2023-03', '--provisional'))
  await done(up.run('capture', '--out', captured, '--from', FROM, '--to', TO))
})

afterAll(() => up?.stop())

/** The output of a command that must succeed. */
async function done(ending: Promise<Ended>): Promise<string> {
  const { exitCode, stdout, stderr } = await ending
  if (exitCode !== 0) throw new Error(`exit code ${exitCode}: ${stdout}${stderr}`)
  return stdout
}

/** Runs something, and asserts that the real tables and topics are the same before and after. */
const leavingAlone = (action: () => Promise<void>) =>
  leavingTheRealAlone(up, action, [...FACTS_AND_CELLS, 'verdicts', 'statements', 'statement_records'])

/** A receiver of webhooks that counts what it is sent. */
async function webhookReceiver(): Promise<{ url: string; postsCount: () => number }> {
  let postsCount = 0
  const server: Server = createServer((_request, response) => {
    postsCount += 1
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, postsCount: () => postsCount }
}

test('a captured period, replayed into an empty store, gives the same facts and cells', async () => {
  await leavingAlone(async () => {
    const said = await done(up.run('replay', '--from', captured, '--scenario', 'copy'))
    expect(said).toContain('情景 scenario copy')
    expect(await checksums(up, 'steadyline_copy', FACTS_AND_CELLS)).toEqual(
      await checksums(up, 'steadyline', FACTS_AND_CELLS),
    )
  })
})

test('shifted and scaled, it is counted in a place of its own, says what it is, and tells nobody', async () => {
  const { url, postsCount } = await webhookReceiver()
  await leavingAlone(async () => {
    const options = ['--scenario', 'busy', '--shift', 'P1Y', '--scale', '1.3', '--seed', '7']
    const env = { VERDICT_WEBHOOK_URL: url }
    const { exitCode, stdout, stderr } = await steadyline(
      ['replay', '--from', captured, ...options, '--data', up.folder],
      env,
    )
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 })
    expect(stderr).toContain('holidays and weekdays kept')
    expect(stdout).toContain('模拟数据')

    const [counted] = await up.rows<{ ids: number; made_anew: number }>(
      "SELECT uniqExact(call_id) AS ids, uniqExactIf(call_id, startsWith(call_id, 'sim-')) AS made_anew FROM steadyline_busy.call_facts",
    )
    const [real] = await up.rows<{ ids: number }>('SELECT uniqExact(call_id) AS ids FROM steadyline.call_facts')
    expect(Number(counted!.made_anew)).toBe(Number(counted!.ids))
    expect(Number(counted!.ids) / Number(real!.ids)).toBeGreaterThan(1.2)
    expect(Number(counted!.ids) / Number(real!.ids)).toBeLessThan(1.4)
    const shared = await up.rows(
      'SELECT call_id FROM steadyline_busy.call_facts WHERE call_id IN (SELECT call_id FROM steadyline.call_facts) LIMIT 1',
    )
    expect(shared).toEqual([])

    expect(await up.get('/v1/years/2024?scenario=busy')).toMatchObject({ scenario: 'busy', simulated: true })
    expect(await up.get('/v1/years/2023')).not.toHaveProperty('scenario')
    await done(up.run('reconcile', '--log', '--scenario', 'busy'))

    // Its windows are judged before the replay ends, and nobody is told.
    const verdicts = await up.rows('SELECT window FROM steadyline_busy.verdicts WHERE offered > 0')
    expect(verdicts.length).toBeGreaterThan(0)
    expect(postsCount()).toBe(0)
  })
})

test('scenarios are listed with what made them, and compared with the days that they came from', async () => {
  const { scenarios } = JSON.parse(await done(up.run('scenarios', 'list', '--format', 'json')))
  expect(scenarios.map(({ name }: { name: string }) => name)).toEqual(['busy', 'copy'])
  expect(scenarios[0]).toMatchObject({
    callRecordsCount: expect.any(Number),
    bytesCount: expect.any(Number),
    replays: [{ source: captured, shift: 'P1Y', scale: 1.3, seed: 7 }],
  })
  const compared = JSON.parse(await done(up.run('scenarios', 'compare', 'busy', '--format', 'json')))
  expect(compared).toMatchObject({ scenario: 'busy', simulated: true })
  expect(compared.base.from).toMatch(/^2023-03-0/)
  expect(compared.shifted.from).toMatch(/^2024-03-0/)
  const [connection] = compared.kpis
  expect(connection.id).toBe('connectionRate')
  expect(connection.differencePoints).toBeCloseTo((connection.scenario.ratio - connection.base.ratio) * 100, 9)
  const same = JSON.parse(await done(up.run('scenarios', 'compare', 'copy', '--year', '2023', '--format', 'json')))
  expect(same.kpis.every(({ base, scenario }: any) => base.denominator === scenario.denominator)).toBe(true)
  expect(same.peaks.length).toBeGreaterThan(2)
  expect(same.peaks.every(({ differencePoints }: any) => differencePoints === null || differencePoints === 0)).toBe(
    true,
  )
})

test('what is not there, or is not a scenario, is neither read, written nor dropped', async () => {
  await leavingAlone(async () => {
    const unknown = await up.run('evaluate', '--year', '2023', '--scenario', 'nowhere')
    expect(unknown).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('There is no scenario nowhere') })
    expect((await fetch(`${up.record().api}/v1/years/2023?scenario=nowhere`)).status).toBe(404)
    const issued = await up.run('statements', 'issue', '2023-03', '--provisional', '--scenario', 'copy')
    expect(issued).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('is a scenario') })
    const shifted = await up.run('replay', '--from', captured, '--shift', 'P1Y')
    expect(shifted).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--scenario') })

    await command('CREATE DATABASE steadyline_mine')
    await command('CREATE TABLE steadyline_mine.notes (note String) ENGINE = MergeTree ORDER BY note')
    for (const args of [
      ['replay', '--from', captured, '--scenario', 'mine'],
      ['scenarios', 'drop', 'mine'],
      ['process', '--scenario', 'mine'],
    ]) {
      expect(await up.run(...args)).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/mine/) })
    }
    const astray = await steadyline(['process', '--data', up.folder], { CLICKHOUSE_DATABASE: 'steadyline_copy' })
    expect(astray).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('holds the scenario copy') })
    const tables = await up.rows("SELECT name FROM system.tables WHERE database = 'steadyline_mine'")
    expect(tables).toEqual([{ name: 'notes' }])
  })
})

async function command(sql: string): Promise<void> {
  const answer = await fetch(up.record().clickhouseUrl, { method: 'POST', body: sql })
  if (!answer.ok) throw new Error(await answer.text())
}

interface Replaying {
  process: ChildProcess
  said: () => string
  ended: Promise<number | null>
}

function replaying(...args: string[]): Replaying {
  const child = spawn(process.execPath, [COMMAND, 'replay', '--data', up.folder, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout.on('data', (bytes) => (said += bytes))
  child.stderr.on('data', (bytes) => (said += bytes))
  onTestFinished(() => void child.kill('SIGKILL'))
  return { process: child, said: () => said, ended: new Promise((resolve) => child.once('exit', resolve)) }
}

// Ten minutes of calls, whose last follow-ups come months later: ten days a second.
test('a paced replay stands still when it is told to, and then goes on at its pace', async () => {
  const folder = join(up.folder, 'ten-minutes')
  await done(up.run('capture', '--out', folder, '--from', '2023-03-07T09:00', '--to', '2023-03-07T09:10'))
  await leavingAlone(async () => {
    const replay = replaying('--from', folder, '--scenario', 'paced', '--speed', '864000x')
    await until('it replays', () => replay.said().includes('kill -TSTP') || replay.process.exitCode !== null)
    const startedAtMs = performance.now()
    replay.process.kill('SIGTSTP')
    await until('it says that it is paused', () => replay.said().includes('Paused.'))
    const ends = await unchanged('what was on its way has arrived', () => endOffsets(up, 'paced'), 5 * SECOND)
    await new Promise((resolve) => setTimeout(resolve, 2 * SECOND)) // nothing may happen, and that takes time to see
    expect(await endOffsets(up, 'paced')).toEqual(ends)
    replay.process.kill('SIGCONT')
    expect(await replay.ended, replay.said()).toBe(0)
    expect(replay.said()).toContain('Going on')
    expect(performance.now() - startedAtMs).toBeGreaterThan(2 * SECOND)
    const { scenarios } = JSON.parse(await done(up.run('scenarios', 'list', '--format', 'json')))
    const paced = scenarios.find(({ name }: { name: string }) => name === 'paced')
    const [expected] = await up.rows<{ calls: string }>(
      "SELECT count() AS calls FROM steadyline.call_facts FINAL WHERE arrived_at >= '2023-03-07 01:00:00' AND arrived_at < '2023-03-07 01:10:00'",
    )
    expect(paced.callRecordsCount).toBe(Number(expected!.calls))
  })
})

test('a dropped scenario is gone: database, topics and group, and nothing else', async () => {
  await leavingAlone(async () => {
    for (const name of ['busy', 'copy', 'paced']) await done(up.run('scenarios', 'drop', name))
  })
  expect(JSON.parse(await done(up.run('scenarios', 'list', '--format', 'json')))).toEqual({ scenarios: [] })
  const databases = await up.rows<{ name: string }>(
    "SELECT name FROM system.databases WHERE startsWith(name, 'steadyline')",
  )
  expect(databases.map(({ name }) => name).sort()).toEqual(['steadyline', 'steadyline_mine'])
  const real = kafkaNamesOf(null)
  await until('the topics of scenarios are gone', async () => {
    const topics = await withAdmin(up, (admin) => admin.listTopics())
    return topics.filter((topic) => topic.startsWith('hotline.')).length === 4
  })
  const { groups } = await withAdmin(up, (admin) => admin.listGroups())
  expect(groups.map(({ groupId }) => groupId).filter((group) => group.startsWith('steadyline.processors'))).toEqual([
    real.group,
  ])
  expect((await fetch(`${up.record().api}/v1/years/2024?scenario=busy`)).status).toBe(404)
})

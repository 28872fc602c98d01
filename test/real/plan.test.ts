/** Capacity: what a plan says is compared with what was generated, and with what a replay of it counts. */
import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PeaksAnswer } from '../../api/answers/peaks-answer.ts'
import type { ForecastResult, SeatsResult, WhatIfResult } from '../../api/planning/plan-result.ts'
import { until } from './local-processes.ts'
import { leavingTheRealAlone, settled } from './real-figures.ts'
import { type Ended, startUp, steadyline, type Up } from './steadyline.ts'

let folder: string
let up: Up

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steadyline-plan-'))
  const week = ['--demo', 'evening-collapse', '--from', '2023-09-11', '--to', '2023-09-18']
  done(await steadyline(['generate', '--out', join(folder, 'week'), ...week]))
  up = await startUp(['--empty'])
  done(await up.run('replay', '--from', join(folder, 'week')))
  done(await up.run('wait'))
  const isJudged = async () => (await up.rows('SELECT 1 FROM verdicts')).length > 0
  await until('the peaks are judged', isJudged)
  await settled(up, 5_000)
  done(await up.run('statements', 'issue', '2023-09', '--provisional'))
})

afterAll(async () => {
  await up?.stop()
  await rm(folder, { recursive: true, force: true })
})

function done(ended: Ended): string {
  if (ended.exitCode !== 0) throw new Error(`exit code ${ended.exitCode}: ${ended.stderr}${ended.stdout}`)
  return ended.stdout
}

async function whatIfOf(...args: string[]): Promise<WhatIfResult> {
  return JSON.parse(done(await steadyline(['plan', 'what-if', '--format', 'json', ...args])))
}

/** Runs plans and scenarios, and asserts that every real table and topic is the same before and after. */
const leavingAlone = (action: () => Promise<void>) =>
  leavingTheRealAlone(up, action, ['call_facts', 'ticket_facts', 'call_cells', 'verdicts', 'statements'])

function evening({ whatIf }: WhatIfResult) {
  return whatIf.peaks.find(({ period }) => period === 'evening')!
}

interface Pooled {
  period: string
  kind: string
  span: string
  withinTolerance: boolean | null
}

const pooledPeaks = async (query: string): Promise<Pooled[]> => {
  const { pooled } = await up.get<{ pooled: Pooled[] }>(`/v1/stability/2023${query}`)
  return pooled.filter(({ span }) => span === '2023')
}

test('one command finds the seats that hold the collapsed week, and a replay of what it writes confirms it', async () => {
  await leavingAlone(async () => {
    expect((await pooledPeaks('')).find(({ period }) => period === 'evening')!.withinTolerance).toBe(false)

    const held = join(folder, 'held')
    const roster = join(folder, 'held.csv')
    const asked = [
      '--from',
      '2023-09-11',
      '--to',
      '2023-09-18',
      '--out',
      held,
      '--roster-out',
      roster,
      '--format',
      'json',
    ]
    const { found, simulated }: SeatsResult = JSON.parse(done(await up.run('plan', 'seats', ...asked)))
    expect(found.least!.holds).toBe(true)
    expect(simulated).toBe(true)
    // Fewer seats along the curve do not do it; so the curve says something.
    expect(found.curve.some(({ holds }) => !holds)).toBe(true)

    done(await up.run('replay', '--from', held, '--scenario', 'held'))
    const peaks = await pooledPeaks('?scenario=held')
    expect(peaks.map(({ period, withinTolerance }) => [period, withinTolerance])).toEqual([
      ['weekday-morning', true],
      ['weekday-afternoon', true],
      ['evening', true],
    ])

    // The roster as a file is the roster that was found: run again, it comes to the same.
    expect(readFileSync(roster, 'utf8')).toMatch(/^模拟数据/)
    const again = await whatIfOf('--capture', join(folder, 'week'), '--roster', roster, '--seeds', '8')
    expect(again.staffing.roster).toEqual(found.least!.roster)
    expect(again.whatIf.overall.predicted.ratio).toBeCloseTo(found.least!.ratio!, 3)
  })
})

test('no roster does it: that is said, with what fails, and exit code 1', async () => {
  const asked = [
    'plan',
    'seats',
    '--capture',
    join(folder, 'week'),
    '--floor',
    '0.999',
    '--seeds',
    '2',
    '--seats-max',
    '25',
    '--lang',
    'en',
  ]
  const { exitCode, stdout } = await steadyline(asked)
  expect(exitCode).toBe(1)
  expect(stdout).toMatch(/No roster does it.*floor overall/)
})

test('every kind of plan reads the store, and leaves every real table and topic as it was', async () => {
  const period = ['--from', '2023-09-11', '--to', '2023-09-18']
  await leavingAlone(async () => {
    const json = ['--format', 'json']
    const seats: SeatsResult = JSON.parse(done(await up.run('plan', 'seats', ...period, '--seeds', '2', ...json)))
    expect(seats.found.trialsCount).toBeGreaterThan(0)
    const asked = [...period, '--seats', 'all=-50%', '--seeds', '3']
    const what: WhatIfResult = JSON.parse(done(await up.run('plan', 'what-if', ...asked, ...json)))
    expect(what.whatIf.overall.changePoints).toBeLessThan(0)
    const next = ['--from', '2023-09-18', '--weeks', '1']
    const forecast: ForecastResult = JSON.parse(done(await up.run('plan', 'forecast', ...next, ...json)))
    expect(forecast.days).toHaveLength(7)
  })
})

test('a plan asked of the API: an id at once, its progress as events, and a result that can be asked for again', async () => {
  const api = `http://127.0.0.1:${up.port}`
  const inputs = {
    from: '2023-09-11',
    to: '2023-09-18',
    seatFactors: [{ period: 'evening', factor: 0.8 }],
    seeds: 4,
    seed: 7,
  }
  const post = (kind: string, asked: object) =>
    fetch(`${api}/v1/plans`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind, inputs: asked }),
    })
  const answer = await post('what-if', inputs)
  expect(answer.status).toBe(202)
  const { id } = (await answer.json()) as { id: string }
  // Ends with the plan, so reading it to its end is waiting for it.
  const events = await (await fetch(`${api}/v1/plans/${id}/events`)).text()
  expect(events).toContain('event: plan')
  expect(events.trim().split('\n').at(-1)).toContain('"state":"done"')
  const { result } = await up.get(`/v1/plans/${id}`)
  expect(result).toMatchObject({ kind: 'what-if', version: 1, seed: 7, seeds: 4, inputs, simulated: true })
  expect(result.whatIf.peaks.map(({ period }: { period: string }) => period)).toContain('evening')

  // Long work: the API answers meanwhile, and a cancelled plan is over at once.
  const long = (await (await post('seats', { from: '2023-09-11', to: '2023-09-18', seeds: 150 })).json()) as {
    id: string
  }
  const running = async () => (await up.get(`/v1/plans/${long.id}`)).progress?.what === 'rosters'
  await until('the plan tries rosters', running)
  expect((await fetch(`${api}/health/ready`)).status).toBe(200)
  const cancelled = await fetch(`${api}/v1/plans/${long.id}`, { method: 'DELETE' })
  expect(await cancelled.json()).toMatchObject({ state: 'cancelled' })
  expect((await up.get('/v1/plans')).plans.map(({ state }: { state: string }) => state)).toEqual(['cancelled', 'done'])

  expect((await post('what-if', { volum: 2 })).status).toBe(400)
  expect((await post('what-if', { seatFactors: [{ period: 'noon', factor: 1 }] })).status).toBe(400)

  // A roster as the text of its file is the roster; what is wrong with it is said row by row.
  const ofFile = await post('what-if', { rosterCsv: 'day_class,from,to,seats\nall,00:00,24:00,12\n' })
  const given = (await ofFile.json()) as { id: string; inputs: { roster: { workday: number[]; offday: number[] } } }
  expect(given.inputs).toEqual({ roster: { workday: Array(96).fill(12), offday: Array(96).fill(12) } })
  await fetch(`${api}/v1/plans/${given.id}`, { method: 'DELETE' })
  const refused = await post('seats', { rosterCsv: 'day_class,from,to,seats\nall,08:00,08:10,3\nall,09:00,10:00,x' })
  expect(await refused.json()).toMatchObject({
    status: 400,
    parameter: 'rosterCsv',
    detail: expect.stringMatching(/row 2: .*quarter-hours.*row 3: seats is "x"/),
  })
  expect((await post('what-if', { roster: 'seen', rosterCsv: 'day_class,from,to,seats' })).status).toBe(400)
  expect((await fetch(`${api}/v1/plans/none`)).status).toBe(404)
})

/** The evening's rate of a capture of March and April that was streamed through Kafka and counted. */
async function streamedEvening(capture: string): Promise<number> {
  await leavingAlone(async () => {
    done(await up.run('replay', '--from', join(folder, capture), '--scenario', capture))
  })
  const { instances } = await up.get<PeaksAnswer>(
    `/v1/peaks?from=2023-03-01&to=2023-05-01&period=evening&scenario=${capture}`,
  )
  const counted = instances.filter(({ period }) => period === 'evening')
  expect(counted).toHaveLength(61)
  const sum = (countOf: (instance: (typeof counted)[number]) => number) =>
    counted.reduce((before, instance) => before + countOf(instance), 0)
  return sum(({ answeredCount }) => answeredCount) / sum(({ offeredCount }) => offeredCount)
}

test('with 20 % fewer evening seats it predicts, within its interval, what the hotline generated anew with them comes to through Kafka', async () => {
  const text = readFileSync('profiles/panjin-2023.yaml', 'utf8')
  const demo =
    '    fewer-evening: { from: 2023-01-01, to: 2024-01-01, timeFrom: "18:00", timeTo: "20:00", seatsRatio: 0.8 }\n'
  const profile = join(folder, 'fewer.yaml')
  writeFileSync(
    profile,
    text.replace(/^ {2}demos:.*\n/m, (line) => line + demo),
  )
  const months = ['--from', '2023-03-01', '--to', '2023-05-01']
  done(await steadyline(['generate', '--out', join(folder, 'base'), ...months]))
  done(
    await steadyline([
      'generate',
      '--out',
      join(folder, 'fewer'),
      ...months,
      '--profile',
      profile,
      '--demo',
      'fewer-evening',
    ]),
  )
  const predicted = evening(
    await whatIfOf('--capture', join(folder, 'base'), '--seats', 'evening=-20%', '--seeds', '20'),
  ).predicted
  const generated = await streamedEvening('fewer')
  expect(generated).toBeGreaterThan(predicted.lower!)
  expect(generated).toBeLessThan(predicted.upper!)
  // An interval that everything lies in would say nothing: without the cut the evening answers more than that.
  expect(await streamedEvening('base')).toBeGreaterThan(predicted.upper!)
})

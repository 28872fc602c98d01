import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Call } from '../../kpi/call.ts'
import { AvroEncoder } from '../../producers/avro-encoder.ts'
import type { SimulatedRecord } from '../../producers/hotline/outbox.ts'
import { RecordJudge } from '../../producers/record-judge.ts'
import { Truth } from '../../producers/truth.ts'
import { WIRE_HEADER_BYTES } from '../../schemas/wire-format.ts'
import { at, panjin } from '../unit/producers/panjin.ts'
import { callsOf, FORTNIGHT, groupedBy, recordsOf, ticketsOf } from '../unit/producers/simulated-records.ts'
import { fractionsOf } from '../unit/producers/winner-oracle.ts'

const encoder = new AvroEncoder()

function bytesOf(simulated: SimulatedRecord): Buffer {
  return simulated.topic === 'calls' ? encoder.encodeCall(simulated.record) : encoder.encodeTicket(simulated.record)
}

function digestOf(records: readonly SimulatedRecord[]): string {
  const digest = createHash('sha256')
  for (const simulated of records) digest.update(bytesOf(simulated))
  return digest.digest('hex')
}

function identityOf(simulated: SimulatedRecord): string {
  return simulated.topic === 'calls' ? `call ${simulated.record.callId}` : `ticket ${simulated.record.ticketId}`
}

const fortnight = recordsOf()

describe('reproducible', () => {
  test('the same seed gives the same bytes', () => expect(digestOf(recordsOf())).toBe(digestOf(fortnight)))

  test('another seed gives others', () => expect(digestOf(recordsOf({ seed: 2 }))).not.toBe(digestOf(fortnight)))

  test('the callers of a day do not depend on the days around it', () => {
    const arrivalsOf = (records: readonly SimulatedRecord[]) =>
      callsOf(records)
        .filter((call) => call.revision === 1 && call.direction === 'INBOUND' && !call.callId.endsWith('r'))
        .filter((call) => call.arrivedAtMs >= at('2023-06-20') && call.arrivedAtMs < at('2023-06-21'))
        .map(({ callId, arrivedAtMs, caller, line }) => `${callId} ${arrivedAtMs} ${caller} ${line}`)
        .sort()
    const oneDay = recordsOf({ fromAtMs: at('2023-06-20'), toAtMs: at('2023-06-21') })
    expect(arrivalsOf(oneDay).length).toBeGreaterThan(100)
    expect(arrivalsOf(oneDay)).toEqual(arrivalsOf(fortnight))
  })
})

describe('truth', () => {
  test.each([
    ['two weeks of June', {}],
    [
      'the turn of the year, with tickets due after it',
      { fromAtMs: at('2023-12-20'), toAtMs: at('2024-01-03'), scale: 0.1 },
    ],
    ['two hotlines and a part of a third', { fromAtMs: at('2023-06-12'), toAtMs: at('2023-06-13'), scale: 2.3 }],
  ])('equals the winners of all records: %s', (_period, changes) => {
    const options = { ...FORTNIGHT, ...changes }
    const records = recordsOf(changes)
    const truth = new Truth(options)
    for (const simulated of records) truth.add(simulated)
    expect(truth.unfinishedCount).toBe(0)
    const { years, messages, facts } = truth.file()
    for (const [year, fractions] of Object.entries(years)) {
      expect([year, fractions]).toEqual([year, fractionsOf(Number(year), callsOf(records), ticketsOf(records))])
    }
    expect(messages).toEqual({ calls: callsOf(records).length, tickets: ticketsOf(records).length })
    expect(facts.calls).toBe(new Set(callsOf(records).map((call) => JSON.stringify(call))).size)
    expect(facts.tickets).toBe(new Set(ticketsOf(records).map((ticket) => JSON.stringify(ticket))).size)
  })

  test('months add up to the year', () => {
    const truth = new Truth(FORTNIGHT)
    for (const simulated of fortnight) truth.add(simulated)
    const { months, years } = truth.file()
    const due = Object.values(months).map((month) => month.closureRateOfDue.denominator)
    expect(due.length).toBeGreaterThan(1)
    expect(due.reduce((sum, count) => sum + count, 0)).toBe(years['2023']!.closureRateOfDue.denominator)
  })
})

describe('every record', () => {
  test('is one that the processors count', () => {
    const judges = { calls: new RecordJudge('call.v1'), tickets: new RecordJudge('ticket.v1') }
    const refused = fortnight.filter(
      (simulated) => !judges[simulated.topic].isCounted(bytesOf(simulated).subarray(WIRE_HEADER_BYTES)),
    )
    expect(refused).toEqual([])
  })

  test('has an id that says it is simulated', () => {
    expect(fortnight.map(identityOf).filter((identity) => !/^(call|ticket) sim-1-/.test(identity))).toEqual([])
  })

  test('belongs to the period by arrival or acceptance', () => {
    const instants = [
      ...callsOf(fortnight).map((call) => call.arrivedAtMs),
      ...ticketsOf(fortnight).map((ticket) => ticket.acceptedAtMs),
    ]
    expect(Math.min(...instants)).toBeGreaterThanOrEqual(FORTNIGHT.fromAtMs)
    expect(Math.max(...instants)).toBeLessThan(FORTNIGHT.toAtMs)
  })

  test('of one identity keeps its instant, and revisions count up from 1', () => {
    for (const ofOne of groupedBy(fortnight, identityOf).values()) {
      const revisions = [...new Set(ofOne.map(({ record }) => record.revision))].sort((a, b) => a - b)
      expect(revisions).toEqual(revisions.map((_, index) => index + 1))
      const instants = ofOne.map((one) => (one.topic === 'calls' ? one.record.arrivedAtMs : one.record.acceptedAtMs))
      expect(new Set(instants).size).toBe(1)
    }
  })

  test('is called the last of its identity exactly when it is', () => {
    const unfinished = new Set<string>()
    const wrong: string[] = []
    for (const simulated of fortnight.toReversed()) {
      const identity = identityOf(simulated)
      if (simulated.isLastOfIdentity === unfinished.has(identity)) wrong.push(identity)
      unfinished.add(identity)
    }
    expect(wrong).toEqual([])
  })

  test('comes after all calls were settled that are said to be', () => {
    let settledBeforeAtMs = 0
    for (const simulated of fortnight) {
      if (simulated.topic === 'calls') expect(simulated.record.arrivedAtMs).toBeGreaterThanOrEqual(settledBeforeAtMs)
      settledBeforeAtMs = simulated.callsSettledBeforeAtMs
    }
    expect(settledBeforeAtMs).toBeGreaterThan(FORTNIGHT.fromAtMs)
  })
})

describe('like a real source', () => {
  const calls = callsOf(fortnight)

  test('order is that of emission but for a few late records', () => {
    let latestAtMs = 0
    let lateCount = 0
    for (const { record } of fortnight) {
      if (record.emittedAtMs < latestAtMs) lateCount += 1
      latestAtMs = Math.max(latestAtMs, record.emittedAtMs)
    }
    expect(lateCount / fortnight.length).toBeGreaterThan(0.002)
    expect(lateCount / fortnight.length).toBeLessThan(0.02)
  })

  test('some records come twice, exactly the same', () => {
    const distinct = new Set(fortnight.map((simulated) => bytesOf(simulated).toString('latin1')))
    const twiceCount = fortnight.length - distinct.size
    expect(twiceCount / fortnight.length).toBeGreaterThan(0.001)
    expect(twiceCount / fortnight.length).toBeLessThan(0.01)
  })

  test('who is not answered often calls again under the same pseudonym', () => {
    const first = new Map(calls.filter((call) => !call.callId.endsWith('r')).map((call) => [call.callId, call]))
    const redials = calls.filter((call) => call.callId.endsWith('r') && call.revision === 1)
    expect(redials.length).toBeGreaterThan(10)
    for (const redial of redials) {
      const before = first.get(redial.callId.replace(/r+$/, ''))!
      expect(redial.caller).toBe(before.caller)
      expect(before.answeredAtMs).toBeNull()
    }
  })

  test('a seat never speaks to two callers at once', () => {
    const whole = callsOf(recordsOf({ scale: 1, toAtMs: at('2023-06-14') })).filter((call) => call.revision === 1)
    const talks = groupedBy(
      whole.filter(
        (call): call is Call & { agent: string; answeredAtMs: number } =>
          call.agent !== null && call.answeredAtMs !== null,
      ),
      (call) => call.agent,
    )
    for (const ofSeat of talks.values()) {
      const distinct = [...new Map(ofSeat.map((call) => [call.callId, call])).values()]
      distinct.sort((a, b) => a.answeredAtMs - b.answeredAtMs)
      for (let index = 1; index < distinct.length; index += 1) {
        expect(distinct[index]!.answeredAtMs).toBeGreaterThanOrEqual(distinct[index - 1]!.endedAtMs)
      }
    }
  })

  test('a dispatched ticket is due on a working day, and its number of revisions tells a story', () => {
    const tickets = ticketsOf(fortnight)
    const dispatched = tickets.filter((ticket) => ticket.dueAtMs !== null)
    expect(dispatched.length).toBeGreaterThan(100)
    const weekdays = new Set(dispatched.map((ticket) => new Date(ticket.dueAtMs! + 8 * 3_600_000).getUTCDay()))
    expect(weekdays.has(6)).toBe(false)
    expect(Math.max(...tickets.map((ticket) => ticket.revision))).toBeGreaterThanOrEqual(4)
  })
})

describe('other profiles', () => {
  test('without special periods, peaks or holidays it runs just as well', () => {
    const plain = { ...panjin, special: [], peaks: [], holidays: 'none' as const }
    expect(recordsOf({ profile: plain, toAtMs: at('2023-06-14') }).length).toBeGreaterThan(500)
  })

  test('in a zone whose clocks change, a day of 23 hours has its calls', () => {
    const newYork = { ...panjin, timeZone: 'America/New_York', holidays: 'none' as const }
    const fromAtMs = Date.parse('2023-03-12T00:00:00-05:00')
    const toAtMs = Date.parse('2023-03-13T00:00:00-04:00')
    expect(recordsOf({ profile: newYork, fromAtMs, toAtMs, scale: 1 }).length).toBeGreaterThan(500)
  })

  test('without a region of its own it leaves regions unknown', () => {
    const nowhere = callsOf(recordsOf({ profile: { ...panjin, regions: {} }, toAtMs: at('2023-06-13') }))
    expect(new Set(nowhere.map((call) => call.region))).toEqual(new Set(['']))
  })

  test('whose seats can never be spared for follow-ups, every ticket still has its last revision', () => {
    const simulation = panjin.simulation!
    const busy = { ...panjin, simulation: { ...simulation, followUps: { ...simulation.followUps, idleSeatsMin: 52 } } }
    const options = { ...FORTNIGHT, profile: busy, toAtMs: at('2023-06-13') }
    const truth = new Truth(options)
    for (const simulated of recordsOf(options)) truth.add(simulated)
    expect(truth.unfinishedCount).toBe(0)
    const { followUpRate, outboundConnectedRate } = truth.file().years['2023']!
    expect(followUpRate.numerator).toBeGreaterThan(0)
    expect(outboundConnectedRate.denominator).toBe(0)
  })

  test('without a simulation section it says what to do', () => {
    const { simulation: _simulation, ...bare } = panjin
    expect(() => recordsOf({ profile: bare })).toThrow(/"simulation".*panjin-2023\.yaml/)
  })
})

/** A year of facts, made by the store itself: how many there are is what is varied, so nothing is sent to it. */
import { PROFILE } from '../bench-profile.ts'

const TICKETS_OF_CALLS = 0.6
/** Facts of one statement: bounds the store's memory. */
const FACTS_PER_INSERT = 2_000_000

/** 2023 in Shanghai, epoch seconds. */
const FROM_S = Date.UTC(2022, 11, 31, 16) / 1_000
const YEAR_S = 365 * 86_400
const DAY_MS = 86_400_000

export interface MadeYear {
  calls: number
  /** Lines and regions are drawn from so many pairs. */
  parts: number
}

/** Statements that fill both fact tables. A fifth of the calls has a second revision. */
export function factStatements({ calls, parts }: MadeYear): string[] {
  const tickets = Math.round(calls * TICKETS_OF_CALLS)
  return [
    ...ranges(calls).map(([from, count]) => callsOf(from, count, calls, parts)),
    ...ranges(Math.ceil(calls / 5)).map(([from, count]) => revisionsOf(from, count, calls, parts)),
    ...ranges(tickets).map(([from, count]) => ticketsOf(from, count, { calls, tickets }, parts)),
    ...['hotline.calls.v1', 'hotline.tickets.v1'].map(
      (topic) =>
        `INSERT INTO watermarks VALUES ('${topic}', [1], 1, toDateTime64(${FROM_S + YEAR_S + 90 * 86_400}, 3, 'UTC'))`,
    ),
  ]
}

function ranges(count: number): [number, number][] {
  const found: [number, number][] = []
  for (let from = 0; from < count; from += FACTS_PER_INSERT)
    found.push([from, Math.min(FACTS_PER_INSERT, count - from)])
  return found
}

function callsOf(from: number, count: number, all: number, parts: number): string {
  return callFacts(`number + ${from}`, count, all, parts, 1)
}

function revisionsOf(from: number, count: number, all: number, parts: number): string {
  return callFacts(`(number + ${from}) * 5`, count, all, parts, 2)
}

function callFacts(place: string, count: number, all: number, parts: number, revision: 1 | 2): string {
  return `INSERT INTO call_facts SELECT cell, id, at, ${revision}, at + toIntervalMillisecond(400000 + ${(revision - 1) * DAY_MS}),
      cityHash64(id, ${revision}), line, region, if(chance % 20 = 0, 'OUTBOUND', 'INBOUND'), concat('p-', toString(chance % ${Math.ceil(all / 3)})),
      if(chance % 7 = 0, NULL, at + toIntervalMillisecond(12000)),
      if(chance % 7 = 0 OR chance % 33 = 0, NULL, at + toIntervalMillisecond(12000 + chance % 60000)),
      at + toIntervalMillisecond(100000 + chance % 300000), if(chance % 7 = 0 OR chance % 33 = 0, NULL, concat('seat-', toString(chance % 52))),
      if(chance % 33 = 0, 'WAITING_ABANDONED', 'ANSWERED'), if(${revision} = 2, toUInt8(3 + chance % 3), NULL)
    FROM (${identities('sim-', place, count, all, parts)})`
}

/** Each names the call that arrived just before it. */
function ticketsOf(from: number, count: number, all: { calls: number; tickets: number }, parts: number): string {
  return `INSERT INTO ticket_facts SELECT cell, id, at, 1, at + toIntervalDay(20), cityHash64(id),
      concat('sim-', toString(intDiv(place * ${all.calls}, ${all.tickets}))), 'PHONE', line, region,
      concat('c-', toString(chance % 40)), 'HELP', 'CLOSED', if(chance % 4 = 0, 'DISPATCHED', 'DIRECT'), NULL, at + toIntervalDay(10),
      at + toIntervalDay(chance % 12), if(chance % 3 = 0, at + toIntervalDay(15), NULL), if(chance % 2 = 0, toUInt8(1 + chance % 5), NULL)
    FROM (${identities('sim-t-', `number + ${from}`, count, all.tickets, parts)})`
}

/** Spread evenly over the year. */
function identities(prefix: string, place: string, count: number, all: number, parts: number): string {
  return `SELECT ${place} AS place, concat('${prefix}', toString(place)) AS id, cityHash64(place) AS chance,
    toDateTime64(${FROM_S} + place * ${YEAR_S} / ${all}, 3, 'UTC') AS at, toDateTime(intDiv(toUnixTimestamp(at), 900) * 900, 'UTC') AS cell,
    concat('12', toString(345 + chance % ${Math.ceil(Math.sqrt(parts))})) AS line,
    toString(${regionBase()} + intDiv(chance, 1000) % ${Math.ceil(parts / Math.ceil(Math.sqrt(parts)))}) AS region
    FROM numbers(${count})`
}

/** A region that the profile knows comes first. */
function regionBase(): number {
  return Number(Object.keys(PROFILE.regions ?? {})[0] ?? 211102)
}

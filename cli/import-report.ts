/** What an import has read, what it could not map, and what will be counted, for people. */
import Table from 'cli-table3'
import type { Fraction } from '../kpi/fraction.ts'
import { isoOf } from '../kpi/instant-text.ts'
import type { Kpi } from '../kpi/kpi.ts'
import { KPIS } from '../kpi/kpis.ts'
import { percentOf } from '../kpi/rounding.ts'
import { zoneOf } from '../kpi/zone.ts'
import type { ImportedFiles } from '../producers/import/import-files.ts'
import type { Place } from '../producers/import/place.ts'
import { shownReading } from '../producers/import/source-file.ts'
import type { Totals } from '../producers/import/tally.ts'
import type { UnmappedList } from '../producers/import/unmapped.ts'
import type { Profile } from '../schemas/profile.ts'

const counted = (count: number) => count.toLocaleString('en')
const placed = ({ file, line }: Place) => `${file}, line ${line}`

/** What could not be mapped: reasons by how often they came, then the first lines one by one. Empty if all could. */
export function unmappedText(unmapped: UnmappedList, listFile: string | null): string {
  if (unmapped.count === 0) return ''
  const lines = [`${counted(unmapped.count)} records could not be mapped:`]
  for (const { place, reason } of unmapped.shown) lines.push(`  ${placed(place)}: ${reason}`)
  if (unmapped.count > unmapped.shown.length) {
    lines.push(`  and ${counted(unmapped.count - unmapped.shown.length)} more. By reason:`)
    const byCount = [...unmapped.countByReason].sort(([, one], [, other]) => other - one)
    for (const [reason, count] of byCount) lines.push(`  ${counted(count)} × ${reason}`)
    if (listFile === null) lines.push('  All of them: --unmapped FILE.csv')
  }
  if (listFile !== null) lines.push(`All of them are in ${listFile}.`)
  return `${lines.join('\n')}\n`
}

/** What was read and what it adds up to. */
export function importedText({ readings, callsCount, ticketsCount, totals }: ImportedFiles, profile: Profile): string {
  const zone = zoneOf(profile.timeZone)
  const lines = readings.map((reading) => `${reading.file}: read as ${shownReading(reading)}`)
  lines.push(`${counted(callsCount)} call and ${counted(ticketsCount)} ticket records mapped.`)
  if (totals.firstAtMs !== null && totals.lastAtMs !== null)
    lines.push(`From ${isoOf(zone, totals.firstAtMs)} to ${isoOf(zone, totals.lastAtMs)}.`)
  lines.push(...meetingLines(totals))
  if (totals.calls.simulated + totals.tickets.simulated > 0)
    lines.push('模拟数据 (simulated data): ids begin with sim-, so every figure will say so.')
  if (callsCount > 0) lines.push(...callLines(totals, profile))
  if (ticketsCount > 0) lines.push(...ticketLines(totals, profile))
  return `${lines.join('\n')}\n`
}

function meetingLines({ repeatedCount, outdoneCount, movedCount, meetings }: Totals): string[] {
  const lines: string[] = []
  if (repeatedCount > 0) lines.push(`${counted(repeatedCount)} records say what another one says: each counts once.`)
  if (outdoneCount > 0) {
    lines.push(
      `${counted(outdoneCount)} records are states of a call or ticket of which another state counts (the higher revision, then the later emitted):`,
    )
  }
  for (const { kind, place, other } of meetings) {
    if (kind === 'outdone') lines.push(`  ${placed(place)} gives way to ${placed(other)}`)
  }
  if (movedCount > 0)
    lines.push(
      `${counted(movedCount)} ids stand at more than one instant of arrival or acceptance, and count for each:`,
    )
  for (const { kind, place, other } of meetings) {
    if (kind === 'moved') lines.push(`  ${placed(place)} has the id of ${placed(other)}`)
  }
  return lines
}

function callLines({ calls, callsByOutcome }: Totals, profile: Profile): string[] {
  const { offered, answered, abandoned, no_seat, flowed_out, failed, other, short_abandoned, outbound } = calls
  return [
    `Calls offered 人工请求 ${counted(offered)}: answered ${counted(answered)}, abandoned ${counted(abandoned)}, no seat ${counted(no_seat)}, ` +
      `flowed out ${counted(flowed_out)}, failed ${counted(failed)}, other ${counted(other)}. ` +
      `Not offered: short abandons ${counted(short_abandoned)}. Outbound ${counted(outbound)}.`,
    `By outcome: ${listed(callsByOutcome)}.`,
    ratesTable(profile, (kpi) => (kpi.counted === 'calls' ? kpi.fractionOf(calls) : null)),
  ]
}

function ticketLines({ tickets, ticketsByStatus, due }: Totals, profile: Profile): string[] {
  const { accepted, withdrawn, direct, closed } = tickets
  return [
    `Tickets accepted 受理 ${counted(accepted)}: withdrawn ${counted(withdrawn)}, direct ${counted(direct)}, closed ${counted(closed)}, due ${counted(due.due)}.`,
    `By status: ${listed(ticketsByStatus)}.`,
    ratesTable(profile, (kpi) => {
      if (kpi.counted === 'tickets') return kpi.fractionOf(tickets)
      return kpi.counted === 'due' ? kpi.fractionOf(due) : null
    }),
  ]
}

function listed(counts: Partial<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${counted(count!)}`)
    .join(', ')
}

function ratesTable(profile: Profile, fractionOf: (kpi: Kpi) => Fraction | null): string {
  const table = new Table({
    head: ['', 'KPI', 'numerator / denominator', 'percent'],
    colAligns: ['left', 'left', 'right', 'right'],
    style: { head: [], border: [] },
  })
  for (const kpi of KPIS) {
    const fraction = fractionOf(kpi)
    if (fraction === null) continue
    const percent = percentOf(fraction, profile.report)
    table.push([
      kpi.nameZh,
      kpi.id,
      `${counted(fraction.numerator)} / ${counted(fraction.denominator)}`,
      percent === null ? '–' : `${percent} %`,
    ])
  }
  return table.toString()
}

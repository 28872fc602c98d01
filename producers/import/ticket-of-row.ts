/** A row of an export as a ticket. */
import { CHANNELS, REQUEST_KINDS, RESOLUTIONS, TICKET_STATUSES, type Ticket } from '../../kpi/ticket.ts'
import { regionOf } from './call-of-row.ts'
import type { CsvTickets, TICKET_FIELDS } from './map-schema.ts'
import type { Pseudonyms } from './pseudonym.ts'
import type { Regions } from './regions.ts'
import type { RowReader } from './row-reader.ts'

export interface TicketMapping {
  source: CsvTickets
  regions: Regions
  pseudonyms: Pseudonyms | null
  /** Of all records that do not say another. */
  revision: number
}

/** Holds only if the row has no `problems` afterwards. */
export function ticketOfRow(
  row: RowReader<(typeof TICKET_FIELDS)[number]>,
  { source, regions, pseudonyms, revision }: TicketMapping,
): Ticket {
  const { values, fixed } = source
  const acceptedAtMs = row.requiredInstant('acceptedAt', Number.NEGATIVE_INFINITY)
  const closedAtMs = row.instant('closedAt', acceptedAtMs)
  const followedUpAtMs = row.instant('followedUpAt', closedAtMs ?? acceptedAtMs)
  const lastAtMs = Math.max(acceptedAtMs, closedAtMs ?? acceptedAtMs, followedUpAtMs ?? acceptedAtMs)
  return {
    ticketId: source.idFrom === undefined ? row.required('id') : pseudonyms!.ofRecord(row.idCells()),
    revision,
    acceptedAtMs,
    callId: row.text('callId') || null,
    channel: row.symbol('channel', values?.channel, CHANNELS, fixed?.channel ?? 'PHONE') ?? 'PHONE',
    line: row.text('line') || (fixed?.line ?? ''),
    region: regionOf(row, regions, fixed?.region),
    category: row.text('category'),
    kind: row.symbol('kind', values?.kind, REQUEST_KINDS, fixed?.kind ?? 'OTHER') ?? 'OTHER',
    status: row.symbol('status', values?.status, TICKET_STATUSES, fixed?.status) ?? 'ACCEPTED',
    resolution: row.has('resolution') ? resolutionOf(row, values?.resolution) : null,
    unit: row.text('unit') || null,
    dueAtMs: row.deadline('dueAt'),
    closedAtMs,
    followedUpAtMs,
    satisfaction: row.score('satisfaction', values?.satisfaction),
    emittedAtMs: row.instant('emittedAt', lastAtMs) ?? lastAtMs,
  }
}

/** An empty cell is a ticket that nobody has resolved yet. */
function resolutionOf(
  row: RowReader<(typeof TICKET_FIELDS)[number]>,
  words: NonNullable<CsvTickets['values']>['resolution'],
): Ticket['resolution'] {
  return row.symbol('resolution', { '': null, ...words }, RESOLUTIONS, undefined)
}

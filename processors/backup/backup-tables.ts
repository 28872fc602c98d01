/** What a backup holds: everything that cannot be computed again. Cells are made of facts, but for those that are sealed. */

export interface BackupTable {
  name: string
  /** Its sort key, by which rows are put in order: equal contents give equal bytes. */
  key: string
  /** Whether it is read by ranges of `cell`, or by shares of a hash of its key. */
  by: 'cell' | 'hash'
  /** Which rows; all by default. */
  where?: string
  /** Whether it speaks of offsets, which mean nothing to another log. */
  isOfLog?: boolean
}

const SEALED_BEFORE = '(SELECT max(before_at) FROM seals WHERE is_sealed)'
const FACT = 'revision, emitted_at, content'

/**
 * In the order in which they are read, so that a backup of a store at work is sound: what is claimed comes before what it
 * is claimed of. Watermarks rest on progress, progress on facts and rejects, statements on their records; and facts only grow.
 * They are put back the other way round.
 */
export const BACKUP_TABLES: readonly BackupTable[] = [
  { name: 'watermarks', key: 'topic', by: 'hash', isOfLog: true },
  { name: 'progress', key: 'topic, partition, from_offset, next_offset', by: 'hash', isOfLog: true },
  { name: 'rejects', key: 'topic, partition, offset', by: 'hash', isOfLog: true },
  { name: 'seals', key: 'before_at', by: 'hash' },
  { name: 'sealed_seats', key: 'cell, line, region', by: 'cell' },
  { name: 'sealed_continuity', key: 'cell', by: 'cell' },
  { name: 'sealed_calls', key: 'call_hash', by: 'hash' },
  { name: 'call_cells', key: 'definitions, cell', by: 'cell', where: `cell < ${SEALED_BEFORE}` },
  { name: 'ticket_cells', key: 'definitions, cell', by: 'cell', where: `cell < ${SEALED_BEFORE}` },
  {
    name: 'caller_days',
    key: 'definitions, time_zone, day',
    by: 'hash',
    // The local day that the seal lies in, too; where it is not sealed, it is computed again to the same.
    where: `${SEALED_BEFORE} > toDateTime(0, 'UTC') AND day <= toDate(${SEALED_BEFORE})`,
  },
  {
    name: 'verdicts',
    key: 'profile, profile_version, definitions, window, evidence, base_evidence',
    by: 'hash',
  },
  {
    name: 'statements',
    key: 'profile, period, profile_version, definitions, from_at, to_at, call_evidence, ticket_evidence, due_ticket_evidence, calls_status, tickets_status, form, id, sha256',
    by: 'hash',
  },
  {
    name: 'statement_records',
    key: 'from_at, to_at, kind, evidence, cell, id, at, revision, emitted_at, content',
    by: 'hash',
  },
  { name: 'call_facts', key: `cell, call_id, arrived_at, ${FACT}`, by: 'cell' },
  { name: 'ticket_facts', key: `cell, ticket_id, accepted_at, ${FACT}`, by: 'cell' },
]

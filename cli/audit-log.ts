/** `DIR/logs/audit.log`: what was done on the command line that others must be able to find out. One JSON line each. */
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { pino } from 'pino'
import { SteadylineError } from '../schemas/errors.ts'

export interface AuditLine {
  audit: 'statement-issued'
  statement: string
  period: string
  /** False if the same statement had been issued before. */
  isNew: boolean
}

export interface AuditLog {
  /** Says who did it, too: the user of this machine. Written when this returns. */
  write(line: AuditLine, sentence: string): void
  close(): void
}

/**
 * Opened before what it is to tell of is done: nothing is done that could not be told.
 * @throws SteadylineError (exit code 2) if the file cannot be written
 */
export function openAuditLog(dataFolder: string): AuditLog {
  const file = join(dataFolder, 'logs', 'audit.log')
  let fd: number
  try {
    mkdirSync(dirname(file), { recursive: true })
    fd = openSync(file, 'a', 0o600)
  } catch (error) {
    throw new SteadylineError(
      'STEADYLINE_AUDIT_NOT_WRITABLE',
      2,
      `${file} cannot be written (${(error as NodeJS.ErrnoException).code}), and nothing is issued without a line in it. Give a data folder that you may write to with --data DIR or STEADYLINE_DATA.`,
      { cause: error },
    )
  }
  const log = pino({ level: 'info' }, pino.destination({ dest: fd, sync: true }))
  return {
    write: (line, sentence) => log.info({ ...line, by: userInfo().username }, sentence),
    close: () => closeSync(fd),
  }
}

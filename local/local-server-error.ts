/** What can go wrong with a child of `up`; each has one message that says what to do. */
export type LocalServerErrorCode =
  | 'STEADYLINE_JAVA_MISSING'
  | 'STEADYLINE_MAVEN_MISSING'
  | 'STEADYLINE_BROKER_JARS_NOT_FETCHED'
  | 'STEADYLINE_BROKER_NOT_FORMATTED'
  | 'STEADYLINE_STORE_MISSING'
  | 'STEADYLINE_DATA_FOLDER_IN_USE'
  | 'STEADYLINE_PORT_IN_USE'
  | 'STEADYLINE_CHILD_NOT_READY'
  | 'STEADYLINE_CHILD_ENDED'

/** 2: used wrongly (a folder or port that is taken), 3: a server cannot be reached. */
const EXIT_CODES: Readonly<Record<LocalServerErrorCode, 2 | 3>> = {
  STEADYLINE_JAVA_MISSING: 3,
  STEADYLINE_MAVEN_MISSING: 3,
  STEADYLINE_BROKER_JARS_NOT_FETCHED: 3,
  STEADYLINE_BROKER_NOT_FORMATTED: 3,
  STEADYLINE_STORE_MISSING: 3,
  STEADYLINE_DATA_FOLDER_IN_USE: 2,
  STEADYLINE_PORT_IN_USE: 2,
  STEADYLINE_CHILD_NOT_READY: 3,
  STEADYLINE_CHILD_ENDED: 3,
}

export class LocalServerError extends Error {
  override readonly name = 'LocalServerError'
  readonly code: LocalServerErrorCode
  /** For the process that shows the message and ends. */
  readonly exitCode: 2 | 3

  constructor(code: LocalServerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.exitCode = EXIT_CODES[code]
  }
}

export function dataFolderInUse(name: string, folder: string): LocalServerError {
  return new LocalServerError(
    'STEADYLINE_DATA_FOLDER_IN_USE',
    `${folder}: another process keeps this folder open, and the ${name} needs it alone. Stop the other one, or choose another folder with --data.`,
  )
}

export function storeMissing(): LocalServerError {
  return new LocalServerError(
    'STEADYLINE_STORE_MISSING',
    'The embedded store is not installed here (the package chdb, which images leave out). Set CLICKHOUSE_URL to a ClickHouse server, or run `npm install` in a checkout.',
  )
}

export function portInUse(name: string, port: number): LocalServerError {
  return new LocalServerError(
    'STEADYLINE_PORT_IN_USE',
    `127.0.0.1:${port}: another program listens there, and the ${name} needs the port. Stop the other program, or choose another port.`,
  )
}

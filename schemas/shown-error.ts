/** An error as a person reads it: one message that says what to do, and the exit code. Stack traces are for our own faults. */
export interface ShownError {
  message: string
  /** 1 the answer is no, 2 wrong use or configuration, 3 a server could not be reached */
  exitCode: number
}

const NO_ANSWER = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'EPIPE',
])
const NO_ANSWER_FROM_KAFKA = new Set([
  'KafkaJSConnectionError',
  'KafkaJSNumberOfRetriesExceeded',
  'KafkaJSNonRetriableError',
  'KafkaJSConnectionClosedError',
  'KafkaJSRequestTimeoutError',
])

export function shownError(error: unknown): ShownError {
  if (!(error instanceof Error)) return { message: String(error), exitCode: 1 }
  const { code, exitCode } = error as { code?: unknown; exitCode?: unknown }
  if (typeof exitCode === 'number') return { message: error.message, exitCode }
  if (NO_ANSWER_FROM_KAFKA.has(error.name)) {
    return {
      message: `Kafka does not answer: ${error.message}. Check KAFKA_BROKERS and that the broker runs, then try again.`,
      exitCode: 3,
    }
  }
  if (typeof code === 'string' && NO_ANSWER.has(code)) {
    return {
      message: `ClickHouse does not answer: ${error.message}. Check CLICKHOUSE_URL and that the server runs, then try again.`,
      exitCode: 3,
    }
  }
  if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR' || code === 'ENOTDIR' || code === 'ENOSPC') {
    return { message: `${error.message}. Check the path and its rights.`, exitCode: 2 }
  }
  if (error.name === 'ClickHouseError') return { message: `ClickHouse refused a query: ${error.message}`, exitCode: 1 }
  return { message: `A fault of Steadyline's own: ${error.stack ?? error.message}`, exitCode: 1 }
}

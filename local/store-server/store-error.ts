/** An error as ClickHouse reports it: a number, a sentence and a name. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: number

  constructor(code: number, sentence: string, codeName: string) {
    super(`Code: ${code}. DB::Exception: ${sentence}. (${codeName})`)
    this.code = code
  }
}

/** The number of an error that says none of its own: STD_EXCEPTION. */
const CODE_UNKNOWN = 1001

/** The number of whatever was thrown: by this server, or by the engine, which writes it into its message. */
export function codeOf(error: unknown): number {
  if (error instanceof StoreError) return error.code
  const written = /^Code: (\d+)\./.exec(messageOf(error))
  return written === null ? CODE_UNKNOWN : Number(written[1])
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** HTTP status by error number, as ClickHouse's own server has them; anything else is 500. */
const STATUSES: ReadonlyMap<number, number> = new Map([
  ...[6, 20, 25, 26, 27, 33, 36, 37, 38, 41, 43, 44, 53, 57, 62, 69, 72, 117, 131, 456].map(
    (code) => [code, 400] as const,
  ),
  ...[45, 46, 47, 50, 56, 60, 63, 73, 78, 81, 115].map((code) => [code, 404] as const),
  [159, 408],
  [48, 501],
  [89, 415],
  [202, 503],
  [210, 503],
  [164, 403],
])

export function statusOf(code: number): number {
  return STATUSES.get(code) ?? 500
}

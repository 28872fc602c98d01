/** A cursor: where a page ended, as text that only this program reads. */

import { ParameterInvalidError } from '../problems/problem.ts'
import type { PagePlace } from '../store/record-reader.ts'

export function cursorOf({ atMs, id }: PagePlace): string {
  return Buffer.from(JSON.stringify([atMs, id])).toString('base64url')
}

/** @throws ParameterInvalidError for a text that no page gave */
export function placeOf(cursor: string): PagePlace {
  try {
    const [atMs, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]
    if (Number.isSafeInteger(atMs) && typeof id === 'string') return { atMs: atMs as number, id }
  } catch {
    // falls through: it is no cursor
  }
  throw new ParameterInvalidError('cursor', 'cursor is not one of ours, expected the nextCursor of an earlier page')
}

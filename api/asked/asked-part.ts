/** `line` and `region` of a question about calls. */
import Type, { type Static } from 'typebox'
import type { CallPart } from '../store/store-reader.ts'

export const PartFields = {
  line: Type.Optional(Type.String({ maxLength: 256, description: 'Number that was dialled; without it all.' })),
  region: Type.Optional(
    Type.String({ maxLength: 256, description: 'GB/T 2260 code; empty for the unknown region; without it all.' }),
  ),
}
const PartShape = Type.Object(PartFields)

export function askedPart({ line, region }: Static<typeof PartShape>): CallPart {
  return { line: line ?? null, region: region ?? null }
}

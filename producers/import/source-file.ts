/** A file that has been looked at: how it is encoded, how it begins. */
import { DELIMITERS, type DelimiterName, delimiterOf } from './csv-rows.ts'
import { type Encoding, encodingOf, textOf } from './source-text.ts'

export interface FileReading {
  file: string
  encoding: Encoding
  delimiter: DelimiterName
}

/** @param given  what the map says; the rest is found out */
export async function lookAt(
  file: string,
  given: { encoding?: Encoding; delimiter?: DelimiterName },
): Promise<FileReading> {
  const encoding = given.encoding ?? (await encodingOf(file))
  return { file, encoding, delimiter: given.delimiter ?? delimiterOf(await firstLineOf(file, encoding)) }
}

async function firstLineOf(file: string, encoding: Encoding): Promise<string> {
  let text = ''
  for await (const piece of textOf(file, encoding)) {
    text += piece
    const end = text.indexOf('\n')
    if (end >= 0) return text.slice(0, end)
  }
  return text
}

/** For messages: `GBK, comma`. */
export function shownReading({ encoding, delimiter }: FileReading): string {
  return `${encoding.toUpperCase()}, ${DELIMITERS[delimiter] === '\t' ? 'tab' : delimiter}`
}

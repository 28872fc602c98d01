/** A file as text, piece by piece: its encoding found out, its line ends made line feeds. */
import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'

export type Encoding = 'utf-8' | 'gbk' | 'utf-16le'

/** The platform's name: GB 18030 is the whole of GBK and more. */
const DECODERS: Record<Encoding, string> = { 'utf-8': 'utf-8', gbk: 'gb18030', 'utf-16le': 'utf-16le' }
const PIECE_BYTES = 256 * 1024
const LINE_FEED = 0x0a
const HIGHEST_ASCII = 0x7f

/**
 * Finds out how a file is encoded.
 *
 * A byte order mark says it. Else a first line with Chinese names of columns does: GBK text is hardly ever valid UTF-8.
 * Else the whole file is looked at: valid UTF-8 throughout, or GBK.
 */
export async function encodingOf(path: string): Promise<Encoding> {
  let isFirst = true
  for await (const lines of wholeLines(path)) {
    if (isFirst) {
      isFirst = false
      if (lines[0] === 0xff && lines[1] === 0xfe) return 'utf-16le'
      if (lines[0] === 0xef && lines[1] === 0xbb && lines[2] === 0xbf) return 'utf-8'
      const end = lines.indexOf(LINE_FEED)
      const firstLine = end < 0 ? lines : lines.subarray(0, end)
      if (firstLine.some((byte) => byte > HIGHEST_ASCII)) return isUtf8(firstLine) ? 'utf-8' : 'gbk'
    }
    if (!isUtf8(lines)) return 'gbk'
  }
  return 'utf-8'
}

/** Bytes that do not fit the encoding become U+FFFD, and a record that needs them is listed. */
export async function* textOf(
  path: string,
  encoding: Encoding,
  onBytes?: (count: number) => void,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(DECODERS[encoding])
  let isAfterReturn = false
  for await (const bytes of createReadStream(path, { highWaterMark: PIECE_BYTES }) as AsyncIterable<Buffer>) {
    onBytes?.(bytes.length)
    const text = decoder.decode(bytes, { stream: true })
    yield withLineFeeds(text, isAfterReturn)
    if (text !== '') isAfterReturn = text.endsWith('\r')
  }
  yield withLineFeeds(decoder.decode(), isAfterReturn)
}

/** A pair of return and line feed may be cut between two pieces. */
function withLineFeeds(text: string, isAfterReturn: boolean): string {
  const rest = isAfterReturn && text.startsWith('\n') ? text.slice(1) : text
  return rest.includes('\r') ? rest.replaceAll(/\r\n?/g, '\n') : rest
}

/** A line feed is part of no other character in UTF-8 and in GB 18030, so pieces cut there can be judged alone. */
async function* wholeLines(path: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const bytes of createReadStream(path, { highWaterMark: PIECE_BYTES }) as AsyncIterable<Buffer>) {
    const piece = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
    const end = piece.lastIndexOf(LINE_FEED) + 1
    rest = piece.subarray(end)
    if (end > 0) yield piece.subarray(0, end)
  }
  if (rest.length > 0) yield rest
}

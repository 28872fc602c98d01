import type { IncomingMessage } from 'node:http'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { StoreError } from './store-error.ts'

/** A statement with everything that is not rows; rows have no bound. */
const STATEMENT_BYTES_MAX = 256 * 1024 * 1024

const DECODERS = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress }

/** The body as it was before it was compressed for the way. */
export function bodyOf(request: IncomingMessage): AsyncIterable<Uint8Array> {
  const encoding = request.headers['content-encoding'] ?? 'identity'
  if (encoding === 'identity') return request
  if (!(encoding in DECODERS)) {
    throw new StoreError(
      89,
      `Content-Encoding ${encoding} is not known, expected ${Object.keys(DECODERS).join(', ')}`,
      'UNKNOWN_COMPRESSION_METHOD',
    )
  }
  const decoder = DECODERS[encoding as keyof typeof DECODERS]()
  request.once('error', (error) => decoder.destroy(error))
  return request.pipe(decoder)
}

/** The whole of a body that holds a statement. */
export async function wholeOf(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let lengthBytes = 0
  for await (const chunk of body) {
    lengthBytes += chunk.length
    if (lengthBytes > STATEMENT_BYTES_MAX) {
      throw new StoreError(
        62,
        `A statement of more than ${STATEMENT_BYTES_MAX} bytes; send rows in the body and the statement in the address`,
        'SYNTAX_ERROR',
      )
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

import { ContentHash } from '../../schemas/content-hash.ts'

/** 64 bits that stand for a text: two of a year's million ids are alike once in some thirty million years. */
export interface Hash64 {
  /** Upper and lower 32 bits, unsigned. */
  high: number
  low: number
}

const content = new ContentHash()

/** @param seed  a whole number of 32 bits; another seed gives unrelated hashes */
export function hash64(text: string, seed = 0): Hash64 {
  content.ofBytes(Buffer.from(text, 'utf8'), seed)
  return { high: content.high, low: content.low }
}

/** Fourteen digits and letters, always as many. */
export function hashText({ high, low }: Hash64): string {
  return high.toString(36).padStart(7, '0') + low.toString(36).padStart(7, '0')
}

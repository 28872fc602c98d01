import { expect, test } from 'vitest'
import { lengthText } from '../../../web/src/figures/figure-text.ts'

test.each([
  [4_200, '4.2 s'],
  [59_940, '59.9 s'],
  [59_960, '1:00'],
  [83_000, '1:23'],
  [179_600, '3:00'],
  [179_400, '2:59'],
  [3_599_700, '60:00'],
])('%d ms read as %s', (ms, text) => {
  expect(lengthText(ms)).toBe(text)
})

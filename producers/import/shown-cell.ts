/**
 * Cells as a message may show them. What went wrong must be seen to be mended, and no number of a caller or name of a
 * citizen may reach a log: a map that points at the wrong column would print just those.
 */
const WORD_CODE_POINTS_MAX = 20
const SHAPE_CODE_POINTS_MAX = 30
/** Shorter runs are codes of an outcome; a telephone number has more digits than this. */
const DIGITS_IN_A_ROW = /\d{5}/

/** Of a column with few different words, such as an outcome: the word itself, unless it looks like a number or a text. */
export function shownWord(cell: string): string {
  if (cell === '') return 'empty'
  const length = Array.from(cell).length
  if (length > WORD_CODE_POINTS_MAX || DIGITS_IN_A_ROW.test(cell.replaceAll(/[\s-]/g, ''))) return shownShape(cell)
  return JSON.stringify(cell)
}

/** Of any other column: its shape alone, 9 for a digit and x for a letter, `9999/99/99 99:99`. */
export function shownShape(cell: string): string {
  if (cell === '') return 'empty'
  const shape = Array.from(cell.replaceAll(/\p{N}/gu, '9').replaceAll(/\p{L}/gu, 'x'))
  const kept = shape.slice(0, SHAPE_CODE_POINTS_MAX).join('')
  return `of the shape ${kept}${shape.length > SHAPE_CODE_POINTS_MAX ? '…' : ''}`
}

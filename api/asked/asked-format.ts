/** Which of the forms of an answer the asker wants, by the header `Accept` (RFC 9110, section 12.5.1). */

interface Wish {
  range: string
  quality: number
}

/**
 * @param forms media types, the preferred one first: it is given to those who take anything
 * @returns `null` if the asker takes none of them
 */
export function askedFormat<Form extends string>(accept: string | undefined, forms: readonly Form[]): Form | null {
  if (accept === undefined || accept.trim() === '') return forms[0]!
  const wishes = accept.split(',').map(wishOf)
  const qualities = forms.map((form) => ({ form, quality: qualityOf(form, wishes) }))
  const best = Math.max(...qualities.map(({ quality }) => quality))
  return best > 0 ? qualities.find(({ quality }) => quality === best)!.form : null
}

function wishOf(text: string): Wish {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
  return { range, quality: quality === undefined ? 1 : Number(quality) || 0 }
}

/** The most exact range speaks: `text/html` before `text/*` before anything. */
function qualityOf(form: string, wishes: readonly Wish[]): number {
  for (const range of [form, `${form.split('/')[0]}/*`, '*/*']) {
    const wish = wishes.find((candidate) => candidate.range === range)
    if (wish !== undefined) return wish.quality
  }
  return 0
}

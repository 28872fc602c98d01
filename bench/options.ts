/** Sizes are given by option, with underscores where that helps: `--calls 4_000_000`. */
export function wholeNumber(option: string, text: string): number {
  const number = Number(text.replaceAll('_', ''))
  if (Number.isSafeInteger(number) && number > 0) return number
  process.stderr.write(`${option} is ${JSON.stringify(text)}, expected a whole number above 0.\n`)
  process.exit(2)
}

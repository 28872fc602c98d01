/** The commands that documents tell a newcomer to run, and what they say comes out. */
import { readdirSync, readFileSync } from 'node:fs'

export interface DocumentCommand {
  /** Where it stands, `docs/api.md:17`. */
  place: string
  command: string
  /** What is shown below it; empty if nothing is. */
  shown: string
}

const COMMAND = /^(npx steadyline|curl|node docs\/|KAFKA_BROKERS=)/

/** Of the README and of every page of docs/, in the order in which they stand. */
export function documentCommands(): DocumentCommand[] {
  const pages = readdirSync('docs').filter((name) => name.endsWith('.md'))
  return ['README.md', ...pages.map((name) => `docs/${name}`)].flatMap((file) =>
    commandsOf(file, readFileSync(file, 'utf8')),
  )
}

/** In fenced blocks. In one with prompts (`$ `) what follows a command is its output; in any other every line is a command. */
export function commandsOf(file: string, text: string): DocumentCommand[] {
  const found: DocumentCommand[] = []
  let isFenced = false
  let hasPrompt = false
  for (const [at, line] of text.split('\n').entries()) {
    if (line.startsWith('```')) {
      isFenced = !isFenced
      hasPrompt = false
      continue
    }
    if (!isFenced) continue
    const isPrompt = line.startsWith('$ ')
    const command = (isPrompt ? line.slice(2) : line).replace(/\s+# .*$/, '')
    if (isPrompt || (!hasPrompt && COMMAND.test(command))) {
      hasPrompt ||= isPrompt
      found.push({ place: `${file}:${at + 1}`, command, shown: '' })
    } else if (hasPrompt) found.at(-1)!.shown += `${line}\n`
  }
  return found
}

/** What stands for something left out, `… nine more …` and `…`, and what frames and separates. */
const LEFT_OUT = /…[^…\n"{}[\]]*…|…/
const BETWEEN = /[│┌┐└┘├┤┬┴┼─\n]|,(?=")/

/**
 * Pieces of what is shown – cells of tables, fields of JSON, lines of text – that an output does not hold. Spaces count for
 * nothing; what may be left out is left out with `…`, and fields and columns without.
 */
export function missingOf(shown: string, output: string): string[] {
  const bare = output.replaceAll(/\s/g, '')
  return shown
    .split(LEFT_OUT)
    .flatMap((part) => part.split(BETWEEN))
    .map((piece) => piece.replaceAll(/\s/g, '').replace(/^[{[,]+(?=")|[,\]}]+$/g, ''))
    .filter((piece) => piece !== '' && !bare.includes(piece))
}

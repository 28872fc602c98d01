import { spawn } from 'node:child_process'

/** More than any message worth showing. */
const OUTPUT_CHARACTERS_MAX = 64 * 1024

/** Runs a short program: its exit code, or `ENOENT` if there is no such program, and what it printed. */
export async function runToEnd(
  command: string,
  args: readonly string[],
): Promise<{ code: number | 'ENOENT' | null; output: string }> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      if (output.length < OUTPUT_CHARACTERS_MAX) output += text
    })
  }
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? resolve({ code: 'ENOENT', output }) : reject(error),
    )
    child.once('close', (code) => resolve({ code, output }))
  })
}

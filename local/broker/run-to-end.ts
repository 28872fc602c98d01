import { spawn } from 'node:child_process'

/** More than any message worth showing. */
const OUTPUT_CHARACTERS_MAX = 64 * 1024

/** The exit code of `env` for a program that is not on the PATH. */
export const NOT_FOUND = 127

/** Before a command: Java reads folder names by the locale, and without one it reads `热线` as question marks. */
export const ANY_FOLDER_NAME = ['LC_ALL=C.UTF-8']

export interface RunResult {
  /** `null`: killed by a signal. */
  code: number | null
  /** What it printed, as far as anybody reads. */
  output: string
}

/** Runs a short program to its end, in `folder` if given. */
export async function runToEnd(command: string, args: readonly string[], folder?: string): Promise<RunResult> {
  const child = spawn('/usr/bin/env', [...ANY_FOLDER_NAME, command, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(folder === undefined ? {} : { cwd: folder }),
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      if (output.length < OUTPUT_CHARACTERS_MAX) output += text
    })
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
  })
}

import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { ParentAnswer } from './local-parent.ts'

const PARENT = fileURLToPath(new URL('./local-parent.ts', import.meta.url))

/** A folder of its own that goes with the test. Its name holds what people's folders hold. */
export async function testFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "steadyline 热线,'{1} "))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** For a machine that does much else: whatever has not come by then does not come. No test measures by it how fast something is. */
const COMES_MS_MAX = 150_000
/** Five seconds are promised for starting again and for ending with the parent, on a machine that does nothing else. */
export const SOON_MS_MAX = 30_000

/** Waits until a condition holds, and fails saying which one never did. Returns how long that took, ms. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  msMax = COMES_MS_MAX,
): Promise<number> {
  const fromMs = performance.now()
  while (!(await holds())) {
    if (performance.now() - fromMs > msMax) throw new Error(`${what}: not within ${msMax} ms`)
    await pause(20)
  }
  return performance.now() - fromMs
}

/** A process that has ended but that nobody has asked about (a zombie) is gone as well. */
export function isGone(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return stdout.trim() === '' || stdout.trim().startsWith('Z')
}

/** Starts a parent process that starts the named servers; it is killed with the test at the latest. */
export async function startParent(
  folder: string,
  names: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ parentPid: number; answer: ParentAnswer; exitCode: Promise<number | null> }> {
  const parent = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), PARENT, folder, ...names], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  })
  const exitCode = new Promise<number | null>((resolve) => parent.once('exit', resolve))
  onTestFinished(async () => {
    parent.kill('SIGKILL')
    await exitCode
  })
  for await (const line of createInterface({ input: parent.stdout })) {
    return { parentPid: parent.pid ?? 0, answer: JSON.parse(line) as ParentAnswer, exitCode }
  }
  throw new Error(`the parent of ${names.join(', ')} ended with code ${await exitCode} and said nothing`)
}

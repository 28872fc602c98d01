/** Builds the dashboard where it is missing or older than its sources, so that a checkout just works. */
import { execFile } from 'node:child_process'
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { PROJECT_ROOT } from './project-root.ts'

const WEB_FOLDER = join(PROJECT_ROOT, 'web')
const BUILT_FOLDER = join(WEB_FOLDER, 'dist')
const VITE = join(PROJECT_ROOT, 'node_modules/vite/bin/vite.js')
/** Of a build that takes a second where nothing else runs. */
const BUILD_MS_MAX = 120_000

/** Resolves when the dashboard is there; what stands in the way is said and ends nothing: the API answers without it. */
export async function buildDashboard(say: (sentence: string) => void): Promise<void> {
  if (isBuilt()) return
  if (!existsSync(VITE)) {
    say(
      'There is no dashboard: it is not built, and its build tool is not installed. Run `npm install && npm run build:web`.',
    )
    return
  }
  // Beside the old one, then in its place: nobody is served half a dashboard, and two that build do not meet.
  removeUnfinished()
  const building = join(WEB_FOLDER, `dist-${process.pid}`)
  try {
    const args = [VITE, 'build', '--config', join(WEB_FOLDER, 'vite.config.ts'), '--outDir', building]
    await promisify(execFile)(process.execPath, args, { cwd: PROJECT_ROOT, timeout: BUILD_MS_MAX })
    rmSync(BUILT_FOLDER, { recursive: true, force: true })
    renameSync(building, BUILT_FOLDER)
  } catch (error) {
    rmSync(building, { recursive: true, force: true })
    if (!isBuilt())
      say(`The dashboard could not be built: ${(error as Error).message.trim()}\nTry \`npm run build:web\`.`)
  }
}

/** What was being built by a process that is gone. */
function removeUnfinished(): void {
  for (const name of readdirSync(WEB_FOLDER)) {
    const pid = /^dist-(\d+)$/.exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(WEB_FOLDER, name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function isBuilt(): boolean {
  const index = join(BUILT_FOLDER, 'index.html')
  if (!existsSync(index)) return false
  const builtAtMs = statSync(index).mtimeMs
  const sources = ['index.html', 'vite.config.ts', 'src', 'public'].map((name) => join(WEB_FOLDER, name))
  if (!existsSync(sources[0]!)) return true // an image holds what was built, and no sources
  return sources.every((source) => lastChangeMs(source) <= builtAtMs)
}

/** Folders count too: they change when a file in them goes. */
function lastChangeMs(path: string): number {
  const { mtimeMs } = statSync(path)
  const inside = statSync(path).isDirectory() ? readdirSync(path).map((name) => lastChangeMs(join(path, name))) : []
  return Math.max(mtimeMs, ...inside)
}

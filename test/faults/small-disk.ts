/** A disk of so many bytes that can really be full: a tmpfs of its own, mounted for one test. */
import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export class SmallDisk {
  readonly folder: string

  private constructor(folder: string) {
    this.folder = folder
  }

  /** @throws an Error that says what it needs, where nothing may be mounted */
  static mount(folder: string, megabytes: number): SmallDisk {
    mkdirSync(folder, { recursive: true })
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'steadyline-small-disk', folder], {
        stdio: 'pipe',
      })
    } catch (error) {
      const reason = String((error as { stderr?: Buffer }).stderr ?? error).trim()
      throw new Error(
        `${folder}: no small disk could be mounted (${reason}), and a full disk is tried on a real one. Run it as root where mounting is allowed (CAP_SYS_ADMIN; in a container: --cap-add SYS_ADMIN).`,
      )
    }
    return new SmallDisk(folder)
  }

  /** Leaves no byte free. */
  fill(): void {
    const file = openSync(join(this.folder, 'filler'), 'a')
    try {
      for (let bytes = 1 << 20; bytes >= 512; bytes >>= 1) {
        while (wasWritten(file, bytes));
      }
    } finally {
      closeSync(file)
    }
  }

  free(): void {
    rmSync(join(this.folder, 'filler'), { force: true })
  }

  unmount(): void {
    execFileSync('umount', [this.folder], { stdio: 'pipe' })
  }
}

function wasWritten(file: number, bytes: number): boolean {
  try {
    return writeSync(file, Buffer.alloc(bytes)) > 0
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false
    throw error
  }
}

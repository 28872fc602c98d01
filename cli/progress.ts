/** How long work is shown: a bar on a terminal, a line every few seconds elsewhere. */
import { SingleBar } from 'cli-progress'

const LINE_EVERY_MS = 5_000

export interface Progress {
  /** @param doneCount of @param totalCount (null where the total is not known), with a word on what is done */
  show(doneCount: number, totalCount: number | null, note: string): void
  end(): void
}

/** @param what  what is done, as it reads before a colon: `Streaming a year` */
export function progressOf(what: string): Progress {
  return process.stderr.isTTY ? barOf(what) : linesOf(what)
}

function barOf(what: string): Progress {
  const bar = new SingleBar({
    format: `${what} [{bar}] {count} {note}`,
    stream: process.stderr,
    hideCursor: true,
    barsize: 28,
    clearOnComplete: true,
    etaBuffer: 50,
  })
  let isStarted = false
  return {
    show(doneCount, totalCount, note) {
      const payload = { count: counted(doneCount, totalCount), note }
      if (!isStarted) bar.start(totalCount ?? Math.max(1, doneCount), doneCount, payload)
      else {
        if (totalCount !== null) bar.setTotal(totalCount)
        bar.update(doneCount, payload)
      }
      isStarted = true
    },
    end: () => bar.stop(),
  }
}

function linesOf(what: string): Progress {
  let saidAtMs = performance.now()
  return {
    show(doneCount, totalCount, note) {
      if (performance.now() - saidAtMs < LINE_EVERY_MS) return
      saidAtMs = performance.now()
      process.stderr.write(`${what}: ${counted(doneCount, totalCount)} ${note}\n`)
    },
    end: () => {},
  }
}

function counted(doneCount: number, totalCount: number | null): string {
  const done = doneCount.toLocaleString('en')
  return totalCount === null ? done : `${done} of ${totalCount.toLocaleString('en')}`
}

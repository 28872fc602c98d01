/**
 * For the main module of a child of `up`: closes what it holds when it is asked to end, then ends.
 *
 * The request is SIGTERM. It comes from `stop()`, and when the parent has died in any way from the
 * watcher beside the child (see child.ts), which kills whoever is still there 2.5 s later.
 */
export function endWithParent(close: () => Promise<void>): void {
  let ending = false
  const end = () => {
    if (ending) return
    ending = true
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`could not close in order: ${error instanceof Error ? error.message : String(error)}\n`)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
}

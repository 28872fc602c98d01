// Loaded before a command: when it asked its first server, and when it ended, ms since its process began.
import { subscribe } from 'node:diagnostics_channel'
import { writeFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

if (isMainThread) {
  let askedAtMs = null
  subscribe('http.client.request.start', () => {
    askedAtMs ??= performance.now()
  })
  process.once('exit', () =>
    writeFileSync(process.env.BENCH_TIMES_FILE, JSON.stringify({ askedAtMs, endedAtMs: performance.now() })),
  )
}

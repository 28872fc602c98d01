import { defineConfig } from 'vitest/config'

/**
 * `fast` needs nothing but Node; `real` starts a real broker and a real store on this machine, `faults` breaks them, and
 * `browser` looks at the pages with Chromium; `containers` does what `faults` does to servers in containers, and
 * `alerts` lets Debian's Prometheus look at a running stack. None skips anything: what a test needs and does not find makes
 * it fail.
 */
// Each file starts servers of its own: two at once would measure the machine and not the program. The bounds end what
// hangs; no test says by them how fast anything is, and a busy machine stays within them.
const ON_REAL_SERVERS = {
  testTimeout: 1_200_000,
  hookTimeout: 1_200_000,
  fileParallelism: false,
  globalSetup: 'test/real/broker-jars.ts',
}

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'fast',
          include: [
            'test/unit/**/*.test.ts',
            'test/property/**/*.test.ts',
            'test/model/**/*.test.ts',
            'test/habits/**/*.test.ts',
            'test/golden/**/*.test.ts',
          ],
          testTimeout: 600_000, // ends what hangs: the random schedules take a minute on a busy machine
        },
      },
      {
        test: {
          name: 'real',
          include: ['test/real/**/*.test.ts'],
          ...ON_REAL_SERVERS,
        },
      },
      {
        test: {
          name: 'containers',
          include: ['test/containers/**/*.test.ts', 'test/faults/faults.test.ts'],
          ...ON_REAL_SERVERS,
          env: { TEST_SERVERS: 'containers' },
        },
      },
      { test: { name: 'alerts', include: ['test/alerts/**/*.test.ts'], ...ON_REAL_SERVERS } },
      { test: { name: 'faults', include: ['test/faults/**/*.test.ts'], ...ON_REAL_SERVERS } },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          ...ON_REAL_SERVERS,
          globalSetup: ['test/real/broker-jars.ts', 'test/browser/stack.ts'],
        },
      },
    ],
  },
})

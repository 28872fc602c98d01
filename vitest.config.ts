import { defineConfig } from 'vitest/config'

/**
 * `fast` needs nothing but Node; `real` starts a real broker and a real store on this machine, `faults` breaks them, and
 * `browser` looks at the pages with Chromium. None skips anything: what a test needs and does not find makes it fail.
 */
// Each file starts servers of its own: two at once would measure the machine and not the program.
const ON_REAL_SERVERS = { testTimeout: 180_000, hookTimeout: 180_000, fileParallelism: false }

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
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'real',
          include: ['test/real/**/*.test.ts'],
          ...ON_REAL_SERVERS,
        },
      },
      { test: { name: 'faults', include: ['test/faults/**/*.test.ts'], ...ON_REAL_SERVERS } },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          ...ON_REAL_SERVERS,
          testTimeout: 300_000, // a browser, a store and a broker share the machine
          globalSetup: 'test/browser/stack.ts',
        },
      },
    ],
  },
})

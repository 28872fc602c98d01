import { defineConfig } from 'vitest/config'

/**
 * Two projects: `fast` needs nothing but Node, `real` starts a real broker and a real store on this machine.
 * Neither skips anything: what a test needs and does not find makes it fail.
 */
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
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // Each file starts servers of its own: two at once would measure the machine and not the program.
          fileParallelism: false,
        },
      },
    ],
  },
})

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', setupFiles: ['test/setup/property-seed.ts'], include: ['agent-core/src/**/*.test.ts', 'packages/*/src/**/*.test.ts'], testTimeout: 30_000 } },
      { test: { name: 'architecture', include: ['test/architecture/**/*.test.ts', 'test/evaluation/**/*.test.ts'], testTimeout: 120_000 } },
      { test: { name: 'contract', include: ['test/contract/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 600_000 } },
      {
        test: {
          name: 'faults',
          // Whole processes against real deadlines: a machine that stalls is no fault of theirs.
          retry: 1,
          include: ['test/faults/**/*.test.ts', 'test/agent/**/*.test.ts'],
          globalSetup: 'test/faults/built-command.ts',
          testTimeout: 170_000,
          // They wait for deadlines more than they work: what waits costs no processor.
          maxWorkers: 4,
          maxConcurrency: 6,
        },
      },
      {
        test: {
          name: 'scenarios',
          include: ['test/scenarios/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 2_400_000,
          fileParallelism: false,
        },
      },
    ],
  },
});

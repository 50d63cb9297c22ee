import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        // The editor's module exists only inside of the editor.
        resolve: { alias: { vscode: join(import.meta.dirname, 'extension/src/testing/vscode-stand-in.ts') } },
        test: {
          name: 'unit',
          setupFiles: ['test/setup/property-seed.ts'],
          include: [
            'agent-core/src/**/*.test.ts',
            'packages/*/src/**/*.test.ts',
            'bot/src/**/*.test.ts',
            'extension/src/**/*.test.ts',
          ],
          testTimeout: 30_000,
          maxWorkers: '100%',
        },
      },
      {
        test: {
          name: 'architecture',
          include: ['test/architecture/**/*.test.ts', 'test/evaluation/**/*.test.ts'],
          testTimeout: 120_000,
          maxWorkers: '100%',
        },
      },
      {
        test: {
          name: 'contract',
          include: ['test/contract/**/*.test.ts'],
          exclude: ['test/contract/tools/**'],
          testTimeout: 120_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          name: 'tools',
          include: ['test/contract/tools/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 300_000,
          maxWorkers: 1,
        },
      },
      {
        test: {
          name: 'faults',
          // Whole processes against real deadlines: a machine that stalls is no fault of theirs.
          retry: 1,
          include: ['test/faults/**/*.test.ts', 'test/agent/**/*.test.ts', 'test/bot/**/*.test.ts'],
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
          include: ['test/scenarios/{kind,nodes}.test.ts'],
          globalSetup: 'test/scenarios/shared-cluster.ts',
          testTimeout: 300_000,
          hookTimeout: 2_400_000,
          // They wait for kubelets more than they work: two at a time take little more than half of the time.
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'walks',
          include: ['test/scenarios/{repairs,local}.test.ts', 'test/scenarios/*/**/*.test.ts'],
          globalSetup: 'test/scenarios/shared-cluster.ts',
          testTimeout: 300_000,
          hookTimeout: 2_400_000,
          maxWorkers: 2,
          // Repairs and walks wait for kubelets and controllers.
          maxConcurrency: 24,
        },
      },
      {
        test: {
          name: 'editor',
          include: ['test/editor/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 1_200_000,
          fileParallelism: false,
        },
      },
    ],
  },
});

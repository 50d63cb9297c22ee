import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['agent-core/src/**/*.test.ts', 'packages/*/src/**/*.test.ts'],
    testTimeout: 20_000,
    pool: 'threads',
  },
});

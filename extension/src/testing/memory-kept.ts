import type { Kept } from '../ports/kept.ts';

/** What is kept for as long as the test runs. */
export function memoryKept(first: Readonly<Record<string, unknown>> = {}): Kept {
  const values = new Map<string, unknown>(Object.entries(first));
  return { get: (name) => values.get(name), put: async (name, value) => void values.set(name, value) };
}

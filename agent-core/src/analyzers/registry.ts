import type { Analyzer } from './analyzer.ts';

/** Every analyzer, one line each. A test compares it with the folders. */
export const analyzers: readonly Analyzer[] = [];

import type { CodeEntry } from '@autodevops/domain/finding';
import { analyzers } from './registry.ts';

/** Every code that Jamie knows, by its name. */
export const catalogue: ReadonlyMap<string, CodeEntry> = new Map(
  analyzers.flatMap((analyzer) => analyzer.codes).map((entry) => [entry.code, entry]),
);

import type { CodeEntry } from '@autodevops/domain/finding';
import { analyzers } from './registry.ts';

/** Every code that Jamie knows, by its name. */
export const catalogue: ReadonlyMap<string, CodeEntry> = new Map(
  analyzers.flatMap((analyzer) => analyzer.codes).map((entry) => [entry.code, entry]),
);

/** Codes whose title or signs have a word of Kubernetes' own in them: CrashLoopBackOff, OOMKilled. */
export function codesMentioning(word: string): readonly CodeEntry[] {
  const wanted = word.toLowerCase();
  return [...catalogue.values()]
    .filter(({ title, recognised }) => [title, recognised].some((text) => text.toLowerCase().includes(wanted)))
    .slice(0, 12);
}

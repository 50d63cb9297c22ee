import { oneLine } from '@autodevops/domain/printable';
import type { ManifestProblem } from './problem.ts';

/** A line for each problem, as compilers print them: the problem matcher of the manifest reads it. */
export function checkedLines(path: string, text: string, problems: readonly ManifestProblem[]): readonly string[] {
  return problems
    .toSorted((a, b) => a.start - b.start)
    .map(({ start, severity, message, code }) => {
      const before = text.slice(0, start).split('\n');
      const column = (before.at(-1)?.length ?? 0) + 1;
      return `${path}:${before.length}:${column}: ${severity === 'information' ? 'info' : severity}: ${oneLine(message, 500)} [${code}]`;
    });
}

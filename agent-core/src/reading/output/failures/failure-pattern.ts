import type { FailureKind } from './failure-kind.ts';

/** Words by which a line tells of one kind of failure: those of runtimes, drivers and servers, in lower case. */
export interface FailurePattern {
  readonly kind: FailureKind;
  /** Any of these words, and where `with` is given, any of those too; none of `without`. */
  readonly any: readonly string[];
  readonly with?: readonly string[];
  readonly without?: readonly string[];
}

/** Whether a line, in lower case, tells of it. */
export function tellsOf(pattern: FailurePattern, lower: string): boolean {
  if (!pattern.any.some((words) => lower.includes(words))) return false;
  if (pattern.with !== undefined && !pattern.with.some((words) => lower.includes(words))) return false;
  return pattern.without === undefined || !pattern.without.some((words) => lower.includes(words));
}

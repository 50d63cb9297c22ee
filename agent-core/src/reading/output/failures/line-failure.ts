import { failureFormOf } from './failure-forms.ts';
import type { FailureKind } from './failure-kind.ts';
import { tellsOf } from './failure-pattern.ts';
import { failurePatterns } from './failure-patterns.ts';
import { isGrave } from '../log-level.ts';
import { withoutLogPrefix } from '../log-prefix.ts';
import type { ReadableLine } from '../readable-line.ts';

/** The words by which a line tells of its failure, in lower case; empty where its form tells it. */
export function failureWords(line: ReadableLine): string {
  const found = failurePatterns.find((pattern) => tellsOf(pattern, line.lower));
  return found?.any.find((words) => line.lower.includes(words)) ?? '';
}

/** `KeyError: 'DATABASE_URL'`, `DATABASE_URL is not set`: a name that only an environment variable has. */
function complainsOfVariable(line: ReadableLine): boolean {
  if (!/(?<![A-Z0-9])[0-9]*[A-Z][A-Z0-9]*_[A-Z0-9_]*[A-Z0-9]/.test(line.text)) return false;
  if (/\bKeyError: ['"][A-Z][A-Z0-9_]+['"]|\bkey not found: ["':][A-Z][A-Z0-9_]+/.test(line.text)) return true;
  return (
    / (?:is|was|are|must be|not|required|missing)\b/.test(line.lower) &&
    absent.some((words) => line.lower.includes(words))
  );
}
const absent = [
  'not set',
  'is required',
  'must be set',
  'is missing',
  'not defined',
  'is undefined',
  'is empty',
  'must be provided',
  'must be specified',
  'not configured',
  'required key',
  'is unset',
  'not provided',
  'is not present',
  'required variable',
  'cannot be empty',
  'must not be empty',
  'must be defined',
];

/** `TypeError: x is not a function`, `java.lang.IllegalStateException: ...`, `PG::DuplicateColumn: ...`: how runtimes begin an exception's line. */
function looksThrown(text: string): boolean {
  const begin = text.slice(0, 300);
  return (
    /^(?:\s*---> )?(?:[a-zA-Z_$][\w$]*\.)*[A-Z]\w*(?:Error|Exception|Panic)\b(?::|$| \[| \(\w+\):)/.test(begin) ||
    /^(?:[A-Z]\w*::){1,4}[A-Z]\w*: /.test(begin)
  );
}

function isThrown(line: ReadableLine): boolean {
  return looksThrown(line.text) || (isGrave(line) && looksThrown(withoutLogPrefix(line.text)));
}

/** The kind of failure that a line tells of, if any. */
export function failureIn(line: ReadableLine): FailureKind | undefined {
  const found = failurePatterns.find((pattern) => tellsOf(pattern, line.lower));
  const form = failureFormOf(line.lower);
  if (found !== undefined && found.kind !== 'uncaught' && found.kind !== 'configuration') {
    return form === 'root-needed' ? form : found.kind;
  }
  if (form !== undefined && form !== 'configuration') return form;
  if (complainsOfVariable(line)) return 'variable';
  return form ?? found?.kind ?? (isThrown(line) ? 'uncaught' : undefined);
}

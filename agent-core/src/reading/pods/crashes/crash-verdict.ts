import type { FailureKind } from '../../output/failures/failure-kind.ts';
import { lastWords } from '../../output/last-words.ts';
import { verdictOf } from '../../output/output-verdict.ts';
import type { OutputVerdict } from '../../output/output-verdict.ts';
import type { CrashingContainer } from './crashing-container.ts';

/** SIGILL, SIGBUS, SIGFPE, SIGSEGV: the kernel ended it for what it did. */
const faults = new Set([132, 135, 136, 139]);
/** What a program says before it ends of its own will. One that the kernel ended said it in passing, or quoted somebody. */
const orderly: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'arguments',
  'configuration',
  'variable',
  'runtime-version',
  'service-variable',
  'file-missing',
  'line-break',
]);

/** A runtime that tells of an exception and then ends by a signal ends of its own will, as .NET does. */
const ownEnd = /^unhandled exception[.:] /;

/** What a crashing container's last words say it died of, where that goes with the way in which it ended. */
export function crashVerdict({
  output,
  ended,
}: Pick<CrashingContainer, 'output' | 'ended'>): OutputVerdict | undefined {
  const verdict = verdictOf(output);
  if (verdict === undefined || !faults.has(ended?.exitCode ?? 0) || !orderly.has(verdict.kind)) return verdict;
  return lastWords(output).some(({ lower }) => ownEnd.test(lower)) ? verdict : undefined;
}

import type { FailureKind } from './failures/failure-kind.ts';
import type { OutputLine } from './output-line.ts';
import { isFrame } from './stack-frame.ts';

const announcing = [
  'error occurred during initialization of vm',
  'fatal config file error',
  'boot failed',
  'exception during startup',
];

/** Only says that a reason follows. */
export function onlyAnnounces({ lower }: OutputLine): boolean {
  return announcing.some((words) => lower.includes(words));
}

/** Spring Boot's own report: a banner, then the reason under "Description:". */
function described(lines: readonly OutputLine[], index: number): OutputLine | undefined {
  const at =
    lines[index]?.lower.includes('application failed to start') === true
      ? lines.findIndex((line, i) => i > index && line.lower.trim() === 'description:')
      : -1;
  return at < 0 ? undefined : lines.slice(at + 1, at + 4).find((line) => line.text.trim() !== '');
}

/** Redis quotes the line of its configuration that it refuses: `>>> 'latency-tracking yes'`. */
function quotedBelow(lines: readonly OutputLine[], index: number): OutputLine | undefined {
  return lines.slice(index + 1, index + 4).find((line) => line.text.startsWith('>>> '));
}

/** Where in a file, and not what is wrong there: that stands a line before. Varnish, Mosquitto. */
const onlyPlace =
  /^\W*(?:\d{1,12}: )?(?:error found )?(?:at |in )?\(?['"]?[\w./-]{3,200}['"]?(?::\d{1,6}\.?|,? line \d{1,6}(?: pos \d{1,6})?\)?)$/i;

/** Runtimes and libraries that put what matters into a line of its own: C++ what was thrown, .NET which framework it lacks. */
const toldAfter: readonly (readonly [string, (after: readonly OutputLine[]) => OutputLine | undefined])[] = [
  ['terminate called after throwing', (after) => after.find((line) => line.lower.trimStart().startsWith('what():'))],
  ['unable to load celery application', (after) => after.find((line) => line.lower.includes('was not found'))],
  // Pydantic, where not a field but the whole is wrong.
  ['validation error', (after) => after.find((line) => /^\s+(?:value error|assertion failed), /.test(line.lower))],
  ['you must install or update .net', (after) => after.find((line) => line.lower.startsWith('framework:'))],
];

/** How a line ends after which the reason follows, by what kind of failure it tells of. */
const opening: Partial<Record<FailureKind, RegExp>> = {
  uncaught: /:$/,
  configuration: /[:[({]$/,
  'data-of-another': /:$/,
  'version-of-dependency': /:$/,
};

function openedBy(lines: readonly OutputLine[], index: number, kind: FailureKind): OutputLine | undefined {
  const [line, next] = [lines[index], lines[index + 1]];
  const opens = opening[kind];
  if (line === undefined || next === undefined || opens?.test(line.text.trimEnd()) !== true || isFrame(next)) {
    return undefined;
  }
  if (line.lower.includes('failed to bind properties')) return undefined;
  return (
    lines.slice(index + 1, index + 5).find((after) => !isFrame(after) && !opens.test(after.text.trimEnd())) ?? next
  );
}

/** The reason stands in a line that follows: after a headline, or after an exception's message that ends with a colon. */
export function announcedReason(
  lines: readonly OutputLine[],
  { index, kind }: { readonly index: number; readonly kind: FailureKind },
): OutputLine | undefined {
  const reason = described(lines, index);
  if (reason !== undefined) return reason;
  const [line, next] = [lines[index], lines[index + 1]];
  if (line === undefined) return undefined;
  if (onlyAnnounces(line)) return quotedBelow(lines, index) ?? next ?? line;
  if (line.lower.startsWith('traceback (most')) {
    return lines.slice(index + 1).find((after) => /^\S/.test(after.text)) ?? line;
  }
  if (kind === 'configuration' && onlyPlace.test(line.text)) return lines[index - 1] ?? line;
  return (
    openedBy(lines, index, kind) ??
    toldAfter.find(([words]) => line.lower.includes(words))?.[1](lines.slice(index + 1, index + 7)) ??
    line
  );
}

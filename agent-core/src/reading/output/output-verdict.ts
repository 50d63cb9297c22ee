import { announcedReason } from './announced-reason.ts';
import type { FailureKind } from './failures/failure-kind.ts';
import { failureIn } from './failures/line-failure.ts';
import { demandIn } from './failures/stated-demand.ts';
import { lastWords } from './last-words.ts';
import { isGrave, isMild } from './log-level.ts';
import { withoutLogPrefix } from './log-prefix.ts';
import { mentionedPath } from './mentioned-path.ts';
import type { OutputLine } from './output-line.ts';
import { logsRequest } from './request-line.ts';
import { isFrame } from './stack-frame.ts';

/** What a container's last words say it died of. */
export interface OutputVerdict {
  readonly kind: FailureKind;
  readonly line: OutputLine;
  /** Its neighbours, for a host or path that stands a line further. */
  readonly nearby: readonly OutputLine[];
  /** How many lines say the same. */
  readonly count: number;
}

/** What an exception's own trace may stand away from the line that tells its cause. */
const nearTrace = 8;
const chainedTrace = 80;

function isChained(lines: readonly OutputLine[]): boolean {
  return lines.some(
    (l) =>
      l.lower.includes('during handling of the above exception') ||
      l.lower.includes('was the direct cause of the following'),
  );
}

interface Candidate {
  readonly index: number;
  readonly kind: FailureKind;
}

/** What a program may well complain of in passing, and go on. */
const oftenHarmless: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'configuration',
  'file-missing',
  'variable',
  'arguments',
  'permission',
  'uncaught',
  'part-missing',
  'runtime-version',
  'service-variable',
  'key-material',
  'stale-lock',
  'unknown-user',
  'mode-too-open',
  'license',
  'root-refused',
  'root-needed',
  'memory-below-demand',
  'version-of-dependency',
  'data-of-another',
  'data-setting',
  'stored-key',
  'key-form',
  'gpu-unfit',
  'capability',
  'kernel-module',
]);

/** Said mildly, and long before something said gravely: not what it died of. */
function isOvertaken(lines: readonly OutputLine[], index: number): boolean {
  const line = lines[index];
  return line !== undefined && isMild(line) && lines.findLastIndex(isGrave) > index + nearTrace;
}

function candidatesIn(lines: readonly OutputLine[]): readonly Candidate[] {
  const found: Candidate[] = [];
  for (const [index, line] of lines.entries()) {
    const kind = isFrame(line) || logsRequest(line.text) ? undefined : failureIn(line);
    if (kind === undefined || (oftenHarmless.has(kind) && isMild(line)) || isOvertaken(lines, index)) {
      continue;
    }
    found.push({ index, kind });
  }
  return found;
}

/** Of an exception, the line with its type and message: a traceback's last, a Java trace's deepest cause. */
function thrown(lines: readonly OutputLine[], candidates: readonly Candidate[]): Candidate | undefined {
  const uncaught = candidates.filter((c) => c.kind === 'uncaught');
  const isHeader = (c: Candidate): boolean => /^(?:traceback|goroutine|.*\bthrow er)/.test(lines[c.index]?.lower ?? '');
  const panic = uncaught.findLast((c) => /(?:^|\W)panic(?:ked at|: )/.test(lines[c.index]?.lower ?? ''));
  return panic ?? uncaught.findLast((c) => !isHeader(c)) ?? uncaught.at(-1);
}

const place = /[\w)\]"'][:(]\d{1,6}\b|\bline(?:number)?:? \d{1,6}\b/i;

/** Of complaints about a configuration one after the other, the last that says where: the others only pass it on. */
function placed(lines: readonly OutputLine[], candidates: readonly Candidate[], last: Candidate): Candidate {
  const says = ({ index }: Candidate): boolean => place.test(withoutLogPrefix(lines[index]?.text ?? ''));
  if (last.kind !== 'configuration' || says(last)) return last;
  return (
    candidates.findLast(
      (c) => c.kind === 'configuration' && c.index < last.index && c.index >= last.index - nearTrace && says(c),
    ) ?? last
  );
}

/** A field of an error that Node.js prints whole: its message stands before. */
const field = /^\s*\[?(?:code|errno|syscall|name|cause|type|\[cause\])\]?: /;

/** Of an error and its fields the line that says it. */
function spoken(lines: readonly OutputLine[], candidates: readonly Candidate[], last: Candidate): Candidate {
  const isField = ({ index }: Candidate): boolean => field.test(lines[index]?.text ?? '');
  if (!isField(last)) return last;
  return candidates.findLast((c) => c.kind === last.kind && c.index < last.index && !isField(c)) ?? last;
}

/** Asks for a setting. */
const asksFor = /\bplease (?:configure|specify|set|provide|define|supply)\b/;
/** How a server turns its client away. */
const turnedAway: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'refused',
  'unresolved',
  'unreachable',
  'credentials',
  'too-many-connections',
  'database-missing',
  'certificate-expired',
  'certificate-untrusted',
]);

/** What comes of a complaint that was told before it: the cause is that one. */
function underlying(lines: readonly OutputLine[], candidates: readonly Candidate[], last: Candidate): Candidate {
  const line = lines[last.index];
  const earlier = candidates.filter(({ index }) => index < last.index);
  // Who could not ask its server asks for a setting in its place.
  if (last.kind === 'configuration' && line !== undefined && asksFor.test(line.lower)) {
    return earlier.findLast(({ kind }) => turnedAway.has(kind)) ?? last;
  }
  // A file that could not be made is then missed.
  const path = last.kind === 'file-missing' ? mentionedPath(line?.text ?? '', ['no such file']) : '';
  if (path === '') return last;
  return (
    earlier.find(
      ({ kind, index }) =>
        (kind === 'permission' || kind === 'disk-full') &&
        index >= last.index - nearTrace &&
        lines[index]?.text.includes(path) === true,
    ) ?? last
  );
}

function chosen(lines: readonly OutputLine[]): Candidate | undefined {
  const candidates = candidatesIn(lines);
  const trace = thrown(lines, candidates);
  const reach = isChained(lines) ? chainedTrace : nearTrace;
  const firstTold = trace === undefined ? 0 : trace.index - reach;
  const last = candidates.findLast((c) => c.kind !== 'uncaught' && c.index >= firstTold) ?? trace;
  return last === undefined
    ? undefined
    : placed(lines, candidates, underlying(lines, candidates, spoken(lines, candidates, last)));
}

/** Where no rule knows the words, the last grave line whose sentence says what the program demands. */
function demanded(lines: readonly OutputLine[]): Candidate | undefined {
  const from = Math.max(0, lines.length - nearTrace);
  for (let index = lines.length - 1; index >= from; index -= 1) {
    const line = lines[index];
    if (line === undefined || isFrame(line) || logsRequest(line.text) || isMild(line)) continue;
    const kind = demandIn(line.lower);
    if (kind !== undefined) return { index, kind };
  }
  return undefined;
}

/**
 * The most telling failure among a container's last words: the last that names a cause; an exception or panic speaks
 * only when nothing near it does. Undefined when the lines tell nothing that we know.
 */
export function verdictOf(output: readonly OutputLine[]): OutputVerdict | undefined {
  const lines = lastWords(output);
  const best = chosen(lines) ?? demanded(lines);
  const line = best === undefined ? undefined : announcedReason(lines, best);
  if (best === undefined || line === undefined) return undefined;
  const kind = best.kind === 'uncaught' && demandIn(line.lower) === 'credentials' ? 'credentials' : best.kind;
  const nearby = lines.slice(Math.max(0, best.index - 3), best.index + 4);
  const count = output.filter((other) => other.lower === line.lower || failureIn(other) === kind).length;
  return { kind, line, nearby, count };
}

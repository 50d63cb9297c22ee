import { failureIn } from './output-failure.ts';
import type { FailureKind } from './output-failure.ts';
import type { OutputLine } from './output-line.ts';
import { logsRequest } from './request-line.ts';

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
const lastWords = 60;

function isChained(lines: readonly OutputLine[]): boolean {
  return lines.some((l) => l.lower.includes('during handling of the above exception') || l.lower.includes('was the direct cause of the following'));
}

function isFrame(line: OutputLine): boolean {
  return /^\s+(?:at |File ")/.test(line.text) || line.lower.startsWith('goroutine ');
}

interface Candidate {
  readonly index: number;
  readonly kind: FailureKind;
}

const graveLevels = new Set(['fatal', 'error', 'critical', 'emerg', 'alert', 'crit', 'panic', '50', '60', 'severe']);
const mildLevels = new Set(['info', 'debug', 'trace', 'warn', 'warning', 'notice', '10', '20', '30', '40']);
/** What a program may well complain of in passing, and go on. */
const oftenHarmless: ReadonlySet<FailureKind> = new Set<FailureKind>(['configuration', 'file-missing', 'variable', 'arguments', 'permission', 'uncaught']);

/** Said mildly, and long before something said gravely: not what it died of. */
function isOvertaken(lines: readonly OutputLine[], index: number): boolean {
  const level = lines[index]?.level ?? '';
  return mildLevels.has(level) && lines.findLastIndex((l) => graveLevels.has(l.level)) > index + nearTrace;
}

function candidatesIn(lines: readonly OutputLine[]): readonly Candidate[] {
  const found: Candidate[] = [];
  for (const [index, line] of lines.entries()) {
    const kind = isFrame(line) || logsRequest(line.text) ? undefined : failureIn(line);
    if (kind === undefined || (oftenHarmless.has(kind) && mildLevels.has(line.level)) || isOvertaken(lines, index)) continue;
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

function chosen(lines: readonly OutputLine[]): Candidate | undefined {
  const candidates = candidatesIn(lines);
  const trace = thrown(lines, candidates);
  const reach = isChained(lines) ? chainedTrace : nearTrace;
  const firstTold = trace === undefined ? 0 : trace.index - reach;
  return candidates.findLast((c) => c.kind !== 'uncaught' && c.index >= firstTold) ?? trace;
}

/** An exception's message that ends with a colon only announces what the next line says. */
function announced(lines: readonly OutputLine[], { index, kind }: Candidate): OutputLine | undefined {
  const [line, next] = [lines[index], lines[index + 1]];
  return kind === 'uncaught' && line?.text.trimEnd().endsWith(':') === true && next !== undefined && !isFrame(next) ? next : line;
}

/**
 * The most telling failure among a container's last words: the last that names a cause; an exception or panic speaks
 * only when nothing near it does. Undefined when the lines tell nothing that we know.
 */
export function verdictOf(output: readonly OutputLine[]): OutputVerdict | undefined {
  const lines = output.slice(-lastWords);
  const best = chosen(lines);
  const line = best === undefined ? undefined : announced(lines, best);
  if (best === undefined || line === undefined) return undefined;
  const nearby = lines.slice(Math.max(0, best.index - 3), best.index + 4);
  const count = output.filter((other) => other.lower === line.lower || failureIn(other) === best.kind).length;
  return { kind: best.kind, line, nearby, count };
}

const alarming = ['fatal', 'panic', 'error', 'exception', 'failed', 'failure', 'cannot', 'could not', 'unable', 'emerg', 'crit', 'abort', 'invalid', 'denied', 'missing', 'unexpected', 'not found'];
const reassuring = ['0 error', 'no error', 'error: null', 'errors: 0', 'error=null', 'error=nil', 'errors=0', 'error":null'];

/** Only sends the reader elsewhere. */
const referring = ['check the log', 'see the log', 'see log', 'for more details', 'for details see', 'see above', 'a complete log of this run'];

function isAlarming(line: OutputLine): boolean {
  if (isFrame(line) || logsRequest(line.text) || referring.some((words) => line.lower.includes(words))) return false;
  if (graveLevels.has(line.level)) return true;
  return alarming.some((word) => line.lower.includes(word)) && !reassuring.some((words) => line.lower.includes(words));
}

/** Those of its last words that look like errors. */
export function alarmingLines(output: readonly OutputLine[]): readonly OutputLine[] {
  return output.slice(-lastWords).filter(isAlarming);
}

/** The last of its last words that looks like an error. */
export function alarmingLine(output: readonly OutputLine[]): OutputLine | undefined {
  return output.slice(-lastWords).findLast(isAlarming);
}

/** The line that tells most where no rule knows the words: the last that looks like an error, else the last. */
export function tellingLine(output: readonly OutputLine[]): OutputLine | undefined {
  return alarmingLine(output) ?? output.at(-1);
}

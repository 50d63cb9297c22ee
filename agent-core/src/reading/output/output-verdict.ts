import { failureIn } from './output-failure.ts';
import type { FailureKind } from './failure-patterns.ts';
import type { OutputLine } from './output-line.ts';
import { withoutLogPrefix } from './log-prefix.ts';
import { logsRequest } from './request-line.ts';
import { demandIn } from './stated-demand.ts';

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
  return lines.some(
    (l) =>
      l.lower.includes('during handling of the above exception') ||
      l.lower.includes('was the direct cause of the following'),
  );
}

/** Erlang repeats the whole error as a term. */
const restated = /^(?:runtime terminating during boot|kernel pid terminated) \(/;

function isFrame(line: OutputLine): boolean {
  return /^\s+(?:at |File ")/.test(line.text) || line.lower.startsWith('goroutine ') || restated.test(line.lower);
}

interface Candidate {
  readonly index: number;
  readonly kind: FailureKind;
}

const graveLevels = new Set(['fatal', 'error', 'critical', 'emerg', 'alert', 'crit', 'panic', '50', '60', 'severe']);
const mildLevels = new Set(['info', 'debug', 'trace', 'warn', 'warning', 'notice', '10', '20', '30', '40']);
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
]);

/** Said mildly, and long before something said gravely: not what it died of. */
function isOvertaken(lines: readonly OutputLine[], index: number): boolean {
  const level = lines[index]?.level ?? '';
  return mildLevels.has(level) && lines.findLastIndex((l) => graveLevels.has(l.level)) > index + nearTrace;
}

function candidatesIn(lines: readonly OutputLine[]): readonly Candidate[] {
  const found: Candidate[] = [];
  for (const [index, line] of lines.entries()) {
    const kind = isFrame(line) || logsRequest(line.text) ? undefined : failureIn(line);
    if (kind === undefined || (oftenHarmless.has(kind) && mildLevels.has(line.level)) || isOvertaken(lines, index)) {
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

function chosen(lines: readonly OutputLine[]): Candidate | undefined {
  const candidates = candidatesIn(lines);
  const trace = thrown(lines, candidates);
  const reach = isChained(lines) ? chainedTrace : nearTrace;
  const firstTold = trace === undefined ? 0 : trace.index - reach;
  const last = candidates.findLast((c) => c.kind !== 'uncaught' && c.index >= firstTold) ?? trace;
  return last === undefined ? undefined : placed(lines, candidates, last);
}

/** Where no rule knows the words, the last grave line whose sentence says what the program demands. */
function demanded(lines: readonly OutputLine[]): Candidate | undefined {
  const from = Math.max(0, lines.length - nearTrace);
  for (let index = lines.length - 1; index >= from; index -= 1) {
    const line = lines[index];
    if (line === undefined || isFrame(line) || logsRequest(line.text) || mildLevels.has(line.level)) continue;
    const kind = demandIn(line.lower);
    if (kind !== undefined) return { index, kind };
  }
  return undefined;
}

/** Spring Boot's own report: a banner, then the reason under "Description:". */
function described(lines: readonly OutputLine[], index: number): OutputLine | undefined {
  const at =
    lines[index]?.lower.includes('application failed to start') === true
      ? lines.findIndex((line, i) => i > index && line.lower.trim() === 'description:')
      : -1;
  return at < 0 ? undefined : lines.slice(at + 1, at + 4).find((line) => line.text.trim() !== '');
}

const announcing = [
  'error occurred during initialization of vm',
  'fatal config file error',
  'boot failed',
  'exception during startup',
];

/** The reason stands in a line that follows: after a headline, or after an exception's message that ends with a colon. */
function announced(lines: readonly OutputLine[], { index, kind }: Candidate): OutputLine | undefined {
  const reason = described(lines, index);
  if (reason !== undefined) return reason;
  const [line, next] = [lines[index], lines[index + 1]];
  if (line === undefined) return undefined;
  if (announcing.some((words) => line.lower.includes(words))) return quotedBelow(lines, index) ?? next ?? line;
  if (line.lower.startsWith('traceback (most')) {
    return lines.slice(index + 1).find((after) => /^\S/.test(after.text)) ?? line;
  }
  if (kind === 'configuration' && onlyPlace.test(line.text)) return lines[index - 1] ?? line;
  const opens =
    kind === 'uncaught'
      ? /:$/
      : kind === 'configuration'
        ? /[:[({]$/
        : kind === 'data-of-another' || kind === 'version-of-dependency'
          ? /:$/
          : undefined;
  if (
    !line.lower.includes('failed to bind properties') &&
    opens?.test(line.text.trimEnd()) === true &&
    next !== undefined &&
    !isFrame(next)
  ) {
    return (
      lines.slice(index + 1, index + 5).find((after) => !isFrame(after) && !opens.test(after.text.trimEnd())) ?? next
    );
  }
  return toldAfter.find(([words]) => line.lower.includes(words))?.[1](lines.slice(index + 1, index + 7)) ?? line;
}

/** Where in a file, and not what is wrong there: that stands a line before. Varnish, Mosquitto. */
const onlyPlace =
  /^\W*(?:\d{1,12}: )?(?:error found )?(?:at |in )?\(?['"]?[\w./-]{3,200}['"]?(?::\d{1,6}\.?|,? line \d{1,6}(?: pos \d{1,6})?\)?)$/i;

/** Runtimes that put what matters into a line of its own: C++ what was thrown, .NET which framework it lacks. */
const toldAfter: readonly (readonly [string, (after: readonly OutputLine[]) => OutputLine | undefined])[] = [
  ['terminate called after throwing', (after) => after.find((line) => line.lower.trimStart().startsWith('what():'))],
  ['unable to load celery application', (after) => after.find((line) => line.lower.includes('was not found'))],
  ['you must install or update .net', (after) => after.find((line) => line.lower.startsWith('framework:'))],
];

/** Redis quotes the line of its configuration that it refuses: `>>> 'latency-tracking yes'`. */
function quotedBelow(lines: readonly OutputLine[], index: number): OutputLine | undefined {
  return lines.slice(index + 1, index + 4).find((line) => line.text.startsWith('>>> '));
}

/**
 * The most telling failure among a container's last words: the last that names a cause; an exception or panic speaks
 * only when nothing near it does. Undefined when the lines tell nothing that we know.
 */
export function verdictOf(output: readonly OutputLine[]): OutputVerdict | undefined {
  const lines = output.slice(-lastWords);
  const best = chosen(lines) ?? demanded(lines);
  const line = best === undefined ? undefined : announced(lines, best);
  if (best === undefined || line === undefined) return undefined;
  const kind = best.kind === 'uncaught' && demandIn(line.lower) === 'credentials' ? 'credentials' : best.kind;
  const nearby = lines.slice(Math.max(0, best.index - 3), best.index + 4);
  const count = output.filter((other) => other.lower === line.lower || failureIn(other) === kind).length;
  return { kind, line, nearby, count };
}

const alarming = [
  'fatal',
  'panic',
  'error',
  'exception',
  'failed',
  'failure',
  'cannot',
  'could not',
  'unable',
  'emerg',
  'crit',
  'abort',
  'invalid',
  'denied',
  'missing',
  'unexpected',
  'not found',
  'not enough',
  'insufficient',
  'not authorized',
  'unauthorized',
  'forbidden',
  'low-disk',
  'low disk',
];
const reassuring = [
  '0 error',
  'no error',
  'error: null',
  'errors: 0',
  'error=null',
  'error=nil',
  'errors=0',
  'error":null',
];

/** Only sends the reader elsewhere. */
const referring = [
  'check the log',
  'see the log',
  'see log',
  'for more details',
  'for details see',
  'see above',
  'a complete log of this run',
];

/** Only tells that it ends, not why. */
const ending = [
  'did not exit normally',
  'program will exit',
  'could not create the java virtual machine',
  'library failed to init',
  'died while starting up',
  'stopping due to error',
  'failed to load command',
  'could not read from remote repository',
  'exited with',
  'exit code',
  'exit status',
  'exiting',
  'shutting down',
  'aborting',
  'terminating',
];

function onlyAnnounces({ lower }: OutputLine): boolean {
  return announcing.some((words) => lower.includes(words));
}

function onlyEnds({ lower, text }: OutputLine): boolean {
  return text.length < 120 && ending.some((words) => lower.includes(words));
}

/** Looks like an error: by its level, or by its words. */
export function isAlarming(line: OutputLine): boolean {
  if (
    isFrame(line) ||
    logsRequest(line.text) ||
    (failureIn(line) === undefined && referring.some((words) => line.lower.includes(words)))
  ) {
    return false;
  }
  if (graveLevels.has(line.level)) return true;
  return alarming.some((word) => line.lower.includes(word)) && !reassuring.some((words) => line.lower.includes(words));
}

/** Those of its last words that look like errors. */
export function alarmingLines(output: readonly OutputLine[]): readonly OutputLine[] {
  return output.slice(-lastWords).filter(isAlarming);
}

/** The last of its last words that looks like an error. */
export function alarmingLine(output: readonly OutputLine[]): OutputLine | undefined {
  const lines = output.slice(-lastWords);
  return (
    lines.findLast((line) => isAlarming(line) && !onlyEnds(line) && !onlyAnnounces(line)) ?? lines.findLast(isAlarming)
  );
}

/** The last that calls itself an error or worse, else the last that looks like one: a program's farewell often says less. */
export function gravestLine(output: readonly OutputLine[]): OutputLine | undefined {
  const lines = alarmingLines(output);
  return lines.findLast((line) => graveLevels.has(line.level)) ?? lines.at(-1);
}

/** The line that tells most where no rule knows the words: the last that looks like an error, else the last. */
export function tellingLine(output: readonly OutputLine[]): OutputLine | undefined {
  return alarmingLine(output) ?? output.findLast((line) => !onlyEnds(line)) ?? output.at(-1);
}

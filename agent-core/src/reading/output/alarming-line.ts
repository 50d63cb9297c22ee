import { onlyAnnounces } from './announced-reason.ts';
import { failureIn } from './failures/line-failure.ts';
import { lastWords } from './last-words.ts';
import type { OutputLine } from './output-line.ts';
import { isGrave, isMild } from './log-level.ts';
import { withoutLogPrefix } from './log-prefix.ts';
import { logsRequest } from './request-line.ts';
import { isFrame } from './stack-frame.ts';

const alarming = [
  'fatal',
  'panic',
  'error',
  'exception',
  'failed',
  'failure',
  'cannot',
  'could not',
  "couldn't",
  'refusing to',
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
  'possible solutions',
];

/** A sentence that ends in an address of further reading: its words are of the address. */
const furtherReading =
  /\b(?:for more|see|read more|learn more|more info\w*|troubleshooting|documentation|docs|visit|refer to)\b[^.]{0,120}https?:\/\/\S+\W*$/;

function onlyRefers(line: OutputLine): boolean {
  const refers =
    referring.some((words) => line.lower.includes(words)) || (furtherReading.test(line.lower) && !isGrave(line));
  return refers && failureIn(line) === undefined;
}

/** A whole line of advice, which follows what failed: `Please check that …`. */
const advising = /^(?:error|warning): ?please \w|^please \w/i;

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
  'exit with',
  'exit code',
  'exit status',
  'exiting',
  'shutting down',
  'worker failed to boot',
  'aborting',
  'terminating',
];

/** A command that ended badly, at the end of a line however long: why, the command said before. */
const commandEnded =
  /\b(?:failed to (?:execute|run)|command failed|error (?:executing|running))\b.{0,400}\bexit(?:ed with)?(?: status| code)? \d{1,3}\W*$/;

/** Sums up that several things failed, each of which was told before: `failed to submit all changes for the following zones`. */
const summingUp =
  /\bfailed to \w+ (?:all|some|any|one or more)(?: of)?(?: the)? [a-z]+(?: (?:for|of|in|to) the following|[.!]?$)/;

function onlyAdvises({ text }: OutputLine): boolean {
  return advising.test(withoutLogPrefix(text));
}

function onlyEnds({ lower, text }: OutputLine): boolean {
  const isShort = text.length < 120 && ending.some((words) => lower.includes(words));
  return isShort || commandEnded.test(lower) || summingUp.test(lower);
}

/** Looks like an error: by its level, or by its words. */
export function isAlarming(line: OutputLine): boolean {
  if (isFrame(line) || logsRequest(line.text) || onlyRefers(line)) return false;
  if (isGrave(line)) return true;
  return alarming.some((word) => line.lower.includes(word)) && !reassuring.some((words) => line.lower.includes(words));
}

/** Those of its last words that look like errors. */
export function alarmingLines(output: readonly OutputLine[]): readonly OutputLine[] {
  return lastWords(output).filter(isAlarming);
}

/** A short sentence that names nothing: no number, no path, no name, no reason behind a colon. `Cannot start the service`. */
function namesNothing({ text }: OutputLine): boolean {
  const words = withoutLogPrefix(text);
  return words.length < 100 && !/["'`\d/_:=([{]|\w[.-]\w/.test(words);
}

/** How far before its sum the error may stand that it sums up. */
const before = 8;

/** Where the last error names nothing, the one before it that does: the last sums up what went wrong. */
function summedUp(lines: readonly OutputLine[], last: OutputLine): OutputLine {
  if (!namesNothing(last)) return last;
  const at = lines.indexOf(last);
  const close = lines.slice(Math.max(0, at - before), at);
  return close.findLast((line) => tells(line) && !isMild(line) && !namesNothing(line)) ?? last;
}

function tells(line: OutputLine): boolean {
  return isAlarming(line) && !onlyEnds(line) && !onlyAnnounces(line) && !onlyAdvises(line);
}

/** The last of its last words that looks like an error and says which. */
export function alarmingLine(output: readonly OutputLine[]): OutputLine | undefined {
  const lines = lastWords(output);
  const last = lines.findLast(tells);
  return last === undefined ? lines.findLast(isAlarming) : summedUp(lines, last);
}

/** The last that calls itself an error or worse, else the last that looks like one: a program's farewell often says less. */
export function gravestLine(output: readonly OutputLine[]): OutputLine | undefined {
  const lines = alarmingLines(output);
  const last = lines.findLast(isGrave) ?? lines.at(-1);
  return last === undefined ? undefined : summedUp(lines, last);
}

/** The line that tells most where no rule knows the words: the last that looks like an error, else the last. */
export function tellingLine(output: readonly OutputLine[]): OutputLine | undefined {
  return alarmingLine(output) ?? output.findLast((line) => !onlyEnds(line) && !isFrame(line)) ?? output.at(-1);
}

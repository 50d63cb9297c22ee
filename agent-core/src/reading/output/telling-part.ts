import { withoutLogPrefix } from './log-prefix.ts';
import { failureWords } from './failures/line-failure.ts';
import type { ReadableLine } from './readable-line.ts';
import { innerParts } from './root-error.ts';

const readable = 200;

/** Where one exception hands on what another said: .NET and Azure's libraries in words, Java in a nested message. */
const handedOn = /(?:Original exception|Inner exception|nested exception is|Caused by): ?|---> /gi;

/** What the last of those in a line said; the line where it hands nothing on. */
function innermost(text: string): string {
  const last = [...text.matchAll(handedOn)].at(-1);
  const inner = last === undefined ? '' : text.slice(last.index + last[0].length).trim();
  return inner.length < readable / 10 ? text : inner;
}

/** Errors that Go nests in each other: each part says in what the next one hindered it. */
const nested = /^(?:[^:"]{4,120}: ){3}/;

/** A field of a line of logfmt, without its quotes. */
function field(text: string, name: string): string {
  const found = new RegExp(String.raw`(?:^|\s)${name}="((?:[^"\\]|\\.){1,2000})"`).exec(text)?.[1] ?? '';
  return found.replaceAll('\\n', ' ').replaceAll(/\\(.)/g, '$1');
}

/** What a line of logfmt (`level=error msg="..." err="..."`) says; empty for any other line. */
function ofFields(text: string): string {
  const [said, error] = [field(text, 'msg'), field(text, 'err') || field(text, 'error')];
  return [said, error].filter((part) => part !== '').join(': ');
}

/**
 * Of a line what is to stand in a sentence: without what a logger puts before it, and of a long one the part that tells of
 * the failure, from the sentence or clause on in which its words stand.
 */
export function tellingPart(line: ReadableLine): string {
  const whole = ofFields(line.text) || withoutLogPrefix(line.text);
  const text = whole.length > readable ? innermost(whole) : whole;
  const lower = text.toLowerCase();
  const words = text.length <= readable ? '' : failureWords(line);
  if (words === '' && text.length > readable && nested.test(text)) return innerParts(text, readable);
  const at = words === '' ? -1 : lower.indexOf(words);
  if (at + words.length <= readable) return text;
  const begins = ['\n', '. ', '; ', ': ', ', ']
    .map((mark) => text.lastIndexOf(mark, at))
    .filter((found) => found >= 0 && at - found < readable / 2);
  const from = Math.min(...begins);
  return Number.isFinite(from) ? text.slice(from + 1).trim() : text.slice(Math.max(0, at - readable / 4));
}

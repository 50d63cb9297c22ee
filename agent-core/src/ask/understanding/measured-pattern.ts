/** What a pattern made of a question. */
export interface Understood {
  /** Groups that the pattern caught, by name; absent ones are empty. */
  readonly caught: (group: string) => string;
  /** How many letters the pattern passes over, whatever they are. */
  readonly passed: number;
  /** How many letters the pattern knows itself: neither passed over nor caught for something that has yet to be found. */
  readonly own: number;
}

/** A pattern whose open places are groups, so that a match tells what of the text each of its parts took. */
interface Measured {
  readonly pattern: RegExp;
  /** Groups that take any words: names, mostly. */
  readonly open: ReadonlySet<string>;
  /** Groups around what takes any words and is not asked for: unnamed, or called `passed` by the pattern itself. */
  readonly passing: ReadonlySet<string>;
}

/** `.*`, `\S+`, `[\w ]+?`: what takes words that the pattern does not know; `[a-z]*fail` knows one by its end. */
const wildcard =
  /^(?:(?:\.|\\S|\[(?:\\.|[^\]\\])*?\\[wS](?:\\.|[^\]\\])*\])(?:[*+]|\{\d+,\d*\})|\[(?:\\.|[^\]\\])*?a-z(?:\\.|[^\]\\])*\](?:\+|\{\d+,\d*\}))\??/;
/** `\w+`: a word that the pattern does not know, unless it only ends one that it does. */
const anyWord = /^\\w\+\??/;
const isInWord = /[a-z0-9)\]]$/i;
const atom = /^(?:\\.|\[(?:\\.|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|<(?<name>\w+)>))?|[^])/;

/** What an open bracket begins: a group that catches, one that only looks around, or one that holds things together. */
function kindOf(token: string): 'named' | 'looking' | 'plain' {
  if (/^\(\?<\w/.test(token)) return 'named';
  return /^\(\?<?[=!]/.test(token) ? 'looking' : 'plain';
}

function measuredOf({ source, flags }: RegExp): Measured {
  const brackets: { readonly kind: ReturnType<typeof kindOf>; readonly name: string }[] = [];
  const open = new Set<string>();
  const passing = new Set<string>();
  let written = '';
  for (let rest = source; rest !== '';) {
    const [free] = wildcard.exec(rest) ?? (isInWord.test(written) ? null : anyWord.exec(rest)) ?? [];
    const named = brackets.findLast(({ kind }) => kind === 'named');
    if (free !== undefined && !brackets.some(({ kind }) => kind === 'looking')) {
      if (named === undefined) {
        const name = `passed${passing.size}`;
        passing.add(name);
        written += `(?<${name}>${free})`;
      } else {
        open.add(named.name);
        written += free;
      }
      rest = rest.slice(free.length);
      continue;
    }
    const match = atom.exec(rest);
    const [token = rest] = match ?? [];
    const name = match?.groups?.['name'] ?? '';
    if (token.startsWith('(')) brackets.push({ kind: kindOf(token), name });
    if (name === 'passed') passing.add(name);
    if (token === ')') brackets.pop();
    written += token;
    rest = rest.slice(token.length);
  }
  return {
    pattern: new RegExp(written, flags),
    open: new Set([...open].filter((name) => !passing.has(name))),
    passing,
  };
}

const kept = new WeakMap<RegExp, Measured>();

function measured(pattern: RegExp): Measured {
  const known = kept.get(pattern) ?? measuredOf(pattern);
  kept.set(pattern, known);
  return known;
}

/** How many letters and digits: blanks, signs and articles say nothing. */
export function lettersIn(text: string): number {
  return text.replaceAll(/(?<![\w-])(?:the|an?|my|our)(?![\w-])|[^\p{L}\p{N}]/giu, '').length;
}

/** Matches a text, and tells how much of it the pattern understood. Undefined where it does not match. */
export function understoodBy(pattern: RegExp, text: string): Understood | undefined {
  const { pattern: told, open, passing } = measured(pattern);
  const match = told.exec(text);
  if (match === null) return undefined;
  const lettersOf = (group: string): number => lettersIn(match.groups?.[group] ?? '');
  const sum = (groups: ReadonlySet<string>): number => [...groups].reduce((all, group) => all + lettersOf(group), 0);
  const passed = sum(passing) + lettersIn(text) - lettersIn(match[0]);
  return {
    caught: (group) => match.groups?.[group]?.trim() ?? '',
    passed,
    own: lettersIn(text) - passed - sum(open),
  };
}

import { badRequest } from '../serving/status.ts';

type Labels = Readonly<Record<string, string>>;
export type LabelTest = (labels: Labels) => boolean;

const symbol = /\s*(==|!=|[=!<>(),]|[^\s=!<>(),]+|$)/y;

/** The words of a selector; the last one is '', its end. */
function scan(text: string): readonly string[] {
  const words: string[] = [];
  symbol.lastIndex = 0;
  let word: string | undefined;
  do {
    word = symbol.exec(text)?.[1] ?? '';
    words.push(word);
  } while (word !== '');
  return words;
}

function isWord(token: string): boolean {
  return token !== '' && !/^(?:==|!=|[=!<>(),])$/.test(token);
}

const namePart = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)$/;

function checkKey(key: string): string {
  const name = key.slice(key.indexOf('/') + 1);
  if (namePart.test(name) && name.length <= 63) return key;
  throw badRequest(
    `unable to parse requirement: <nil>: Invalid value: "${key}": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')`,
  );
}

function valueOf(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

function oneOf(key: string, values: ReadonlySet<string>): LabelTest {
  return (labels) => {
    const value = valueOf(labels, key);
    return value !== undefined && values.has(value);
  };
}

function compared(key: string, operator: string, limit: string): LabelTest {
  return (labels) => {
    const value = valueOf(labels, key);
    if (value === undefined || !/^-?\d+$/.test(value)) return false;
    return operator === '>' ? Number(value) > Number(limit) : Number(value) < Number(limit);
  };
}

function not(test: LabelTest): LabelTest {
  return (labels) => !test(labels);
}

/** Reads words one after the other, as the API server's parser does and with its messages. */
class SelectorParser {
  readonly #words: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#words = scan(text);
  }

  parse(): readonly LabelTest[] {
    const tests: LabelTest[] = [];
    if (this.#peek() === '') return tests;
    for (;;) {
      const first = this.#peek();
      if (!isWord(first) && first !== '!') {
        throw badRequest(
          tests.length === 0
            ? `found '${first}', expected: !, identifier, or 'end of string'`
            : `found '${first}', expected: identifier after ','`,
        );
      }
      tests.push(this.#requirement());
      const after = this.#next();
      if (after === '') return tests;
      if (after !== ',') throw badRequest(`found '${after}', expected: ',' or 'end of string'`);
    }
  }

  #peek(): string {
    return this.#words[this.#at] ?? '';
  }

  #next(): string {
    const word = this.#peek();
    this.#at += 1;
    return word;
  }

  #fail(found: string, rest: string): never {
    throw badRequest(`unable to parse requirement: found '${found}'${rest}`);
  }

  #requirement(): LabelTest {
    const absent = this.#peek() === '!';
    if (absent) this.#next();
    const key = this.#next();
    if (!isWord(key)) this.#fail(key, ', expected: identifier');
    checkKey(key);
    const exists: LabelTest = (labels) => valueOf(labels, key) !== undefined;
    if (absent) return not(exists);
    return this.#peek() === '' || this.#peek() === ',' ? exists : this.#operation(key);
  }

  #operation(key: string): LabelTest {
    const operator = this.#next();
    if (operator === 'in') return oneOf(key, this.#values());
    if (operator === 'notin') return not(oneOf(key, this.#values()));
    if (!['=', '==', '!=', '<', '>'].includes(operator)) {
      this.#fail(operator, ', expected: in, notin, =, ==, !=, gt, lt');
    }
    const value = this.#exactValue();
    if (operator === '<' || operator === '>') return compared(key, operator, value);
    const equal = oneOf(key, new Set([value]));
    return operator === '!=' ? not(equal) : equal;
  }

  #exactValue(): string {
    const word = this.#peek();
    if (word === '' || word === ',') return '';
    if (!isWord(word)) this.#fail(word, ', expected: identifier');
    return this.#next();
  }

  #values(): ReadonlySet<string> {
    const values = new Set<string>();
    const open = this.#next();
    if (open !== '(') this.#fail(open, " expected: '('");
    for (;;) {
      values.add(isWord(this.#peek()) ? this.#next() : '');
      const after = this.#next();
      if (after === ')') return values;
      if (after !== ',') this.#fail(after, ", expected: ',' or ')'");
    }
  }
}

/** `app=web,tier in (a,b),!old` as a test of labels. Throws the Status 400 of the API server. */
export function parseLabelSelector(text: string): LabelTest {
  const tests = new SelectorParser(text).parse();
  return (labels) => tests.every((test) => test(labels));
}

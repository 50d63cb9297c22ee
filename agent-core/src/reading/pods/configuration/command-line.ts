import { isAddressKey, portKeysOf } from '../../key-value.ts';

interface CommandText {
  readonly value: string;
  readonly shown: string;
  readonly namesHost: boolean;
  readonly port?: number;
}

/** Programs whose first plain argument is a host, and whose second may be a port. */
const askingPrograms = new Set([
  'nc',
  'ncat',
  'netcat',
  'telnet',
  'ping',
  'nslookup',
  'dig',
  'getent',
  'wait-for-it.sh',
  'wait-for-it',
  'wait-for',
]);

const flag = /^--?([A-Za-z][\w.-]{0,100})(?:=(.*))?$/s;

function portOf(value: string | undefined): { port?: number } {
  return value !== undefined && /^\d{1,5}$/.test(value) && Number(value) > 0 ? { port: Number(value) } : {};
}

/** `nc -z -w 2 db 5432`: the first word after the flags and their numbers. */
function afterProgram(words: readonly string[], at: number): CommandText | undefined {
  let next = at + 1;
  while (
    next < words.length &&
    ((words[next] ?? '').startsWith('-') || /^\d+$/.test(words[next] ?? '') || words[next] === 'hosts')
  ) {
    next += 1;
  }
  const host = words[next];
  if (host === undefined) return undefined;
  return { value: host, shown: words.slice(at, next + 2).join(' '), namesHost: true, ...portOf(words[next + 1]) };
}

/** The value of every flag, by its name in lower case without dashes in front. */
function flagValues(words: readonly string[]): ReadonlyMap<string, string | undefined> {
  const values = new Map<string, string | undefined>();
  for (const [index, word] of words.entries()) {
    const match = flag.exec(word);
    if (match?.[1] !== undefined) values.set(match[1].toLowerCase(), match[2] ?? words[index + 1]);
  }
  return values;
}

/** `--db-host=db`, `--db-host db`, `-h db -p 5432`. */
function afterFlag(
  words: readonly string[],
  at: number,
  values: ReadonlyMap<string, string | undefined>,
): CommandText | undefined {
  const match = flag.exec(words[at] ?? '');
  const key = match?.[1];
  if (key === undefined) return undefined;
  const value = match?.[2] ?? words[at + 1];
  const isHost = isAddressKey(key) || (key === 'h' && values.has('p'));
  if (!isHost || value === undefined || value.startsWith('-')) return undefined;
  const portKeys = key === 'h' ? ['p'] : portKeysOf(key.replaceAll('-', '_')).map((k) => k.replaceAll('_', '-'));
  const portKey = portKeys.find((k) => values.has(k));
  const shown = match?.[2] === undefined ? `${words[at]} ${value}` : (words[at] ?? '');
  return { value, shown, namesHost: true, ...portOf(portKey === undefined ? undefined : values.get(portKey)) };
}

/** The texts of a command's words (each of which may be a whole shell script) in which hosts may be named. */
export function commandTexts(list: readonly string[]): readonly CommandText[] {
  const whole = list.map((value) => ({ value, shown: value, namesHost: false }));
  const words = list.flatMap((word) => word.slice(0, 8192).split(/[\s;|&"'`()]+/)).filter((word) => word !== '');
  const values = flagValues(words);
  const hosts: CommandText[] = [];
  for (const [index, word] of words.entries()) {
    const program = word.slice(word.lastIndexOf('/') + 1);
    const found = askingPrograms.has(program) ? afterProgram(words, index) : afterFlag(words, index, values);
    if (found !== undefined) hosts.push(found);
  }
  return [...hosts, ...whole];
}

/** Fields in which loggers put what was said, in the order in which people read it. */
const said = [
  'message',
  'msg',
  '@message',
  'log',
  'event',
  'error',
  'error.message',
  'err',
  'exception',
  'cause',
  'reason',
  'stack',
  'stack_trace',
  'stacktrace',
  'detail',
  'details',
  'attr',
];
const levelFields = ['level', 'severity', 'lvl', 'loglevel', 'log.level', '@level', 'levelname'];

const colours = /\u001B\[[0-9;]*[A-Za-z]/g;
/** Programs of many processes put before each line whose it is, also before those of a trace: vLLM, Ray. */
const ofProcess = /^\((?:[\w.:-]{1,60} )?pid=\d{1,8}(?:, ip=[\d.:a-f]{3,45})?\) ?/;
const longest = 4000;

/** One line of output as a rule reads it. */
export interface ReadableLine {
  /** Without colours; of a JSON line only what it says. At most 4,000 characters. */
  readonly text: string;
  /** `text` in lower case. */
  readonly lower: string;
  /** As the logger named it, in lower case (`error`, `50`); empty when the line has none. */
  readonly level: string;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.slice(0, 20).map(textOf).join(' ');
  if (typeof value !== 'object' || value === null) return '';
  const record = value as Record<string, unknown>;
  return ['type', 'name', 'code', 'message', 'msg', 'errmsg', 'error', 'stack']
    .map((key) => textOf(record[key]))
    .filter((t) => t !== '')
    .join(': ');
}

function parsed(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{') || !line.endsWith('}')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function levelOf(record: Record<string, unknown>): string {
  for (const field of levelFields) {
    const value = record[field];
    if (typeof value === 'string' || typeof value === 'number') return String(value).toLowerCase();
  }
  return '';
}

const level =
  /\b(?:level|lvl|severity)=["']?([a-z]+)|\[(emerg|alert|crit|error|fatal|warn|info|debug)\]|^([IWEF])\d{4} /i;
/** In three letters and brackets, alone or after a time: NATS, Serilog. */
const briefLevel = /(?:^|[\s[])(DBG|INF|WRN|ERR|FTL)\]/;
const levelWord = /(?:^|[\s[|(:])(TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|CRITICAL|SEVERE|PANIC)(?=$|[\s\]|):])/;
const shortLevels: ReadonlyMap<string, string> = new Map([
  ['i', 'info'],
  ['w', 'warn'],
  ['e', 'error'],
  ['f', 'fatal'],
  ['dbg', 'debug'],
  ['inf', 'info'],
  ['wrn', 'warn'],
  ['err', 'error'],
  ['ftl', 'fatal'],
]);

function plainLevel(line: string): string {
  const match = level.exec(line.slice(0, 300));
  const head = line.slice(0, 120);
  const word = match === null ? (levelWord.exec(head) ?? briefLevel.exec(head))?.[1] : undefined;
  const found = (match?.[1] ?? match?.[2] ?? match?.[3] ?? word ?? '').toLowerCase();
  return shortLevels.get(found) ?? found;
}

/** Reads a line of any of the usual loggers; what it does not know stays as it is. */
export function readableLine(line: string): ReadableLine {
  const bare = line
    .slice(0, longest * 2)
    .replaceAll(colours, '')
    .replace(ofProcess, '')
    .trimEnd();
  const record = parsed(bare.trim());
  if (record === undefined) {
    const text = bare.slice(0, longest);
    return { text, lower: text.toLowerCase(), level: plainLevel(text) };
  }
  const parts = [...new Set(said.map((field) => textOf(record[field])).filter((part) => part !== ''))];
  const text = (parts.length === 0 ? bare : parts.join(': ')).slice(0, longest);
  return { text, lower: text.toLowerCase(), level: levelOf(record) };
}

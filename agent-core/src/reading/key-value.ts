/** One `key: value`, `key=value` or bare line of a configuration. */
export interface Assignment {
  readonly key: string;
  readonly value: string;
}

export interface AssignmentLine extends Assignment {
  readonly line: string;
  readonly port?: number;
}

const addressWords = new Set([
  'host',
  'hosts',
  'hostname',
  'hostnames',
  'hostport',
  'addr',
  'addrs',
  'address',
  'addresses',
  'url',
  'urls',
  'uri',
  'uris',
  'dsn',
  'server',
  'servers',
  'endpoint',
  'endpoints',
  'broker',
  'brokers',
  'bootstrap',
  'upstream',
  'backend',
  'peer',
  'peers',
  'seed',
  'seeds',
  'service',
  'svc',
]);
/** In lower case: `url` of `db.baseURL`, `host` of `DB_HOST`. */
function lastWord(key: string): string {
  const isUpper = (code: number): boolean => code >= 65 && code <= 90;
  const isOfWord = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
  for (let at = key.length - 1; at >= 0; at -= 1) {
    const code = key.charCodeAt(at);
    if (isUpper(code)) continue;
    const ends = isOfWord(code) ? isUpper(key.charCodeAt(at + 1)) : /[_.\s-]/.test(key.charAt(at));
    if (ends) return key.slice(at + 1).toLowerCase();
  }
  return key.toLowerCase();
}

/** `DB_HOST`, `db.host`, `redisUrl`, `--db-host`: keys whose value is an address. `SERVICE_NAME` is not. */
export function isAddressKey(key: string): boolean {
  if (key.length > 200) return false;
  const word = lastWord(key);
  return addressWords.has(word) || (/(?:host|url|addr)$/.test(word) && !word.endsWith('localhost'));
}

/** Keys under which the port of the host under `key` is kept, in lower case: `db_port` beside `DB_HOST`. */
export function portKeysOf(key: string): readonly string[] {
  const lower = key.toLowerCase();
  const stem = lower.replace(/(?:hostname|host|address|addr|server|service|endpoint|svc)$/, '');
  if (stem === lower) return [`${lower}_port`];
  return [`${stem}port`, `${lower}_port`, `${lower}port`, `${lower}.port`];
}

const longestLine = 2000;

function readLine(raw: string): AssignmentLine | undefined {
  const line = raw.length > longestLine ? raw.slice(0, longestLine) : raw;
  const trimmed = line.trim();
  if (trimmed === '' || trimmed.startsWith('#') || trimmed.startsWith('//') || trimmed.startsWith(';')) {
    return undefined;
  }
  const match = /^["']?([\w.-]{1,100})["']?\s{0,8}(?::\s|=)\s{0,8}(.*)$/.exec(trimmed.replace(/^- /, ''));
  if (match === null) return { key: '', value: trimmed, line: trimmed };
  const value = (match[2] ?? '').replace(/[,;]$/, '').trim().replace(/^["']/, '').replace(/["']$/, '');
  return { key: match[1] ?? '', value, line: trimmed };
}

/** The lines of a configuration file, with the port of a neighbouring line (within three) joined to its host. */
export function readAssignments(content: string): readonly AssignmentLine[] {
  const lines = content
    .split('\n')
    .map(readLine)
    .filter((line) => line !== undefined);
  return lines.map((at, index) => {
    if (at.key === '' || !isAddressKey(at.key)) return at;
    const keys = portKeysOf(at.key);
    const near = lines.slice(Math.max(0, index - 3), index + 4);
    const port = near.find((n) => keys.includes(n.key.toLowerCase()) && /^\d{1,5}$/.test(n.value));
    return port === undefined ? at : { ...at, line: `${at.line} ${port.line}`, port: Number(port.value) };
  });
}

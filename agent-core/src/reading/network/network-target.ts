/** Where a program says that it could not go. Empty or undefined where the line does not say. */
export interface NetworkTarget {
  /** A name or an IP address, in lower case. */
  readonly host: string;
  readonly port: number | undefined;
  /** Only a word after "to" or the like: believe it when something of that name exists. */
  readonly vague: boolean;
}

const separators = /[\s"'`()<>[\]{},;|\\]+/;
const sourceFiles = new Set([
  'js',
  'ts',
  'mjs',
  'cjs',
  'jsx',
  'tsx',
  'go',
  'py',
  'rb',
  'java',
  'rs',
  'c',
  'cc',
  'cpp',
  'h',
  'php',
  'ex',
  'exs',
  'erl',
  'cs',
  'kt',
  'scala',
  'clj',
  'lua',
  'pl',
  'sh',
  'yaml',
  'yml',
  'json',
  'xml',
  'conf',
  'properties',
  'toml',
  'ini',
  'sql',
  'log',
]);
/** Words after which the name of a host follows, with or without a port. */
const markers = new Set([
  'lookup',
  'lookup:',
  'enotfound',
  'eai_again',
  'econnrefused',
  'etimedout',
  'ehostunreach',
  'enetunreach',
  'host',
  'hostname',
  'host:',
  'hostname:',
  'host=',
  'upstream',
  'unknownhostexception:',
  'address',
  'resolve',
  'resolve:',
  'find',
  'tcp',
  'name',
]);
/** Words after which it may. */
const vagueMarkers = new Set([
  'server',
  'at',
  'on',
  'to',
  'connecting',
  'broker',
  'node',
  'url:',
  'with',
  'reach',
  'from',
  'for',
]);
/** Words that may follow a marker without being a host. */
const noHosts = new Set([
  'the',
  'a',
  'an',
  'host',
  'hostname',
  'address',
  'tcp',
  'udp',
  'tcp4',
  'tcp6',
  'remote',
  'port',
  'to',
  'at',
  'on',
  'name',
  'connect',
  'connection',
  'is',
  'be',
  'for',
  'and',
  'or',
  'not',
  'any',
  'your',
  'with',
  'from',
  'in',
  'of',
  'this',
  'that',
  'it',
  'out',
  'timed',
  'failed',
  'lookup',
  'error',
  'resolve',
  'find',
  'no',
  'get',
  'unknown',
  'server',
  'errno',
  'already',
  'associated',
  'resolution',
  'does',
  'or',
  'command',
  'module',
  'service',
  'was',
  'has',
  'unreachable',
  'down',
]);
function isIpv4(host: string): boolean {
  const parts = host.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
}

/** A DNS name as it may stand in a log: labels of letters, digits, hyphens (underscores in Compose's names). */
function isHostName(host: string): boolean {
  if (host.length === 0 || host.length > 253 || !/[a-z]/.test(host)) return false;
  return host
    .replace(/\.$/, '')
    .split('.')
    .every((label) => label.length < 64 && /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?$/.test(label));
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,5}$/.test(text)) return undefined;
  const port = Number(text);
  return port > 0 && port < 65536 ? port : undefined;
}

/** `host:port`, `name/10.0.0.1:port` (Java) and `10.0.0.1`; undefined for `main.go:12` and for times. */
function hostAndPort(token: string): NetworkTarget | undefined {
  const bare = token
    .replace(/^[@=]+/, '')
    .replace(/^\/(?=\d)/, '')
    .replace(/[:.,]+$/, '');
  const colon = bare.lastIndexOf(':');
  const port = colon > 0 ? portOf(bare.slice(colon + 1).split('/')[0]) : undefined;
  if (colon > 0 && port === undefined) return undefined;
  const before = colon > 0 ? bare.slice(0, colon) : bare;
  const [host = '', address] = before.split('/');
  if (isIpv4(host)) return { host, port, vague: false };
  if (address !== undefined && !isIpv4(address)) return undefined;
  if (!isHostName(host) || (host.includes('.') && sourceFiles.has(host.split('.').at(-1) ?? ''))) return undefined;
  return { host, port, vague: false };
}

function fromUrl(token: string): NetworkTarget | undefined {
  const start = token.indexOf('://');
  if (start <= 0) return undefined;
  const authority = token.slice(start + 3).split(/[/?#]/)[0] ?? '';
  const target = hostAndPort(authority.slice(authority.lastIndexOf('@') + 1).split(',')[0] ?? '');
  if (target === undefined || target.port !== undefined) return target;
  const scheme =
    token
      .slice(0, start)
      .split(/[^a-z0-9+]/)
      .at(-1) ?? '';
  return { ...target, port: defaultPorts[scheme] };
}

const defaultPorts: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
  postgres: 5432,
  postgresql: 5432,
  mysql: 3306,
  redis: 6379,
  rediss: 6379,
  mongodb: 27017,
  amqp: 5672,
  nats: 4222,
};

/** `port 5432`, `port: 5432`, `port=5432` anywhere in the line. */
function namedPort(tokens: readonly string[]): number | undefined {
  for (const [index, token] of tokens.entries()) {
    if (token === 'port' || token === 'port:' || token === 'port=') {
      const port = portOf((tokens[index + 1] ?? '').replace(/[:.?]+$/, ''));
      if (port !== undefined) return port;
    }
    if (token.startsWith('port=')) return portOf(token.slice(5));
  }
  return undefined;
}

function afterMarker(tokens: readonly string[], words: ReadonlySet<string>): NetworkTarget | undefined {
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1] ?? '';
    if (token.startsWith('host=') && token.length > 5) return hostAndPort(token.slice(5));
    // Java puts the package before the exception: `java.net.UnknownHostException: db`.
    const word = token.endsWith(':') ? token.slice(token.lastIndexOf('.') + 1) : token;
    if (!words.has(word) || noHosts.has(next.replace(/[:.]$/, ''))) continue;
    const target = hostAndPort(next);
    if (target !== undefined) return target;
  }
  return undefined;
}

/** `db: Name or service not known`, `nc: db (10.0.0.1:80): Connection refused`: the word before the complaint. */
function beforeComplaint(lower: string): NetworkTarget | undefined {
  for (const words of [
    ': name or service not known',
    ': temporary failure in name',
    ': name does not resolve',
    ': nodename nor',
    ': unknown host',
    ': no address associated',
  ]) {
    const at = lower.indexOf(words);
    if (at > 0) return hostAndPort(lower.slice(0, at).split(separators).at(-1) ?? '');
  }
  return undefined;
}

function hasTarget(target: NetworkTarget | undefined): target is NetworkTarget {
  return target !== undefined && target.host !== '';
}

/** What follows a marker: an address with a port, else a name after a sure word, else one after a vague word. */
function marked(tokens: readonly string[]): NetworkTarget | undefined {
  const sure = afterMarker(tokens, markers);
  if (sure?.port !== undefined) return sure;
  const vague = afterMarker(tokens, vagueMarkers);
  if (vague?.port !== undefined) return vague;
  return (
    sure ?? (vague === undefined ? undefined : { ...vague, vague: !isIpv4(vague.host) && !vague.host.includes('.') })
  );
}

/** Where the reader is sent for more: no place that the program went to. */
const furtherReading =
  /https?:\/\/(?:aka\.ms|go\.microsoft\.com|learn\.microsoft\.com|docs\.[\w.-]{3,80}|(?:www\.)?kubernetes\.io)\/\S*|\b(?:read more|learn more|for more|more info\w*|see|visit|refer to|documentation)\b[^.]{0,100}?https?:\/\/\S+/g;

/** A server about its client, which is no place that the program went to: PostgreSQL's rules for hosts, Go's HTTP server. */
const ofClient = /pg_hba\.conf entry for host \S+|handshake error from \S+/g;

/** The host and the port of a URL in the line; of nginx's upstream rather than of the request. */
function inUrl(lower: string, tokens: readonly string[]): NetworkTarget | undefined {
  const upstream = lower.indexOf('upstream: "');
  const source = upstream >= 0 ? lower.slice(upstream + 11).split('"') : tokens;
  return source.map(fromUrl).find(hasTarget);
}

/**
 * The host and port that a line of output complains about. `line`: in lower case. A name that was looked up
 * comes before the DNS server that was asked; an address with a port before a lone name.
 */
export function networkTarget(line: string): NetworkTarget {
  const lower = line.replaceAll(furtherReading, ' ').replaceAll(ofClient, ' ');
  const tokens = lower.split(separators).filter((token) => token !== '');
  const lookup = tokens.indexOf('lookup');
  const looked = lookup >= 0 ? hostAndPort(tokens[lookup + 1] ?? '') : undefined;
  const port = namedPort(tokens);
  const found = hasTarget(looked) ? looked : (inUrl(lower, tokens) ?? withoutUrl(lower, tokens, port));
  return { host: found?.host ?? '', port: found?.port ?? port, vague: found?.vague ?? false };
}

function withoutUrl(lower: string, tokens: readonly string[], port: number | undefined): NetworkTarget | undefined {
  const named = marked(tokens);
  if (named !== undefined && (named.port !== undefined || port !== undefined)) return { ...named, vague: false };
  const addressed = tokens.map(hostAndPort).find((t) => hasTarget(t) && t.port !== undefined);
  return addressed ?? named ?? beforeComplaint(lower);
}

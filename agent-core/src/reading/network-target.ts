/** Where a program says that it could not go. Empty or undefined where the line does not say. */
export interface NetworkTarget {
  /** A name or an IP address, in lower case. */
  readonly host: string;
  readonly port: number | undefined;
}

const separators = /[\s"'`()<>[\]{},;|\\]+/;
const sourceFiles = new Set(['js', 'ts', 'mjs', 'cjs', 'jsx', 'tsx', 'go', 'py', 'rb', 'java', 'rs', 'c', 'cc', 'cpp', 'h', 'php', 'ex', 'exs', 'erl', 'cs', 'kt', 'scala', 'clj', 'lua', 'pl', 'sh', 'yaml', 'yml', 'json', 'xml', 'conf', 'properties', 'toml', 'ini', 'sql', 'log']);
/** Words after which the name of a host follows, with or without a port. */
const markers = new Set(['lookup', 'enotfound', 'eai_again', 'econnrefused', 'etimedout', 'ehostunreach', 'enetunreach', 'econnreset', 'host', 'hostname', 'host:', 'hostname:', 'host=', 'upstream', 'unknownhostexception:', 'address', 'resolve', 'resolve:', 'find', 'server', 'at', 'on', 'to', 'connecting', 'tcp', 'name', 'broker', 'node', 'url:', 'with', 'reach', 'from']);
/** Words that may follow a marker without being a host. */
const noHosts = new Set(['the', 'a', 'an', 'server', 'host', 'hostname', 'address', 'database', 'db:', 'service', 'tcp', 'udp', 'tcp4', 'tcp6', 'remote', 'port', 'to', 'at', 'on', 'name', 'connect', 'connection', 'is', 'be', 'for', 'and', 'or', 'not', 'any', 'your', 'with', 'from', 'in', 'of', 'mysql', 'postgres', 'postgresql', 'redis', 'mongodb', 'kafka', 'rabbitmq', 'http', 'https', 'socket', 'url', 'endpoint', 'peer', 'client', 'backend', 'upstream', 'broker', 'node', 'this', 'that', 'it', 'out', 'timed', 'failed', 'lookup', 'error', 'resolve', 'find', 'reach', 'no', 'get', 'target', 'machine', 'unknown', 'localhost.']);

function isIpv4(host: string): boolean {
  const parts = host.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
}

/** A DNS name as it may stand in a log: labels of letters, digits, hyphens (underscores in Compose's names). */
function isHostName(host: string): boolean {
  if (host.length === 0 || host.length > 253 || !/[a-z]/.test(host)) return false;
  return host.replace(/\.$/, '').split('.').every((label) => label.length < 64 && /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?$/.test(label));
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,5}$/.test(text)) return undefined;
  const port = Number(text);
  return port > 0 && port < 65536 ? port : undefined;
}

/** `host:port`, `name/10.0.0.1:port` (Java) and `10.0.0.1`; undefined for `main.go:12` and for times. */
function hostAndPort(token: string): NetworkTarget | undefined {
  const bare = token.replace(/^[/@=]+/, '').replace(/[:.,]+$/, '');
  const colon = bare.lastIndexOf(':');
  const port = colon > 0 ? portOf(bare.slice(colon + 1).split('/')[0]) : undefined;
  if (colon > 0 && port === undefined) return undefined;
  const before = colon > 0 ? bare.slice(0, colon) : bare;
  const host = before.split('/')[0] ?? '';
  if (isIpv4(host)) return { host, port };
  if (!isHostName(host) || sourceFiles.has(host.split('.').at(-1) ?? '') && host.includes('.')) return undefined;
  return { host, port };
}

function fromUrl(token: string): NetworkTarget | undefined {
  const start = token.indexOf('://');
  if (start <= 0) return undefined;
  const authority = token.slice(start + 3).split(/[/?#]/)[0] ?? '';
  const target = hostAndPort(authority.slice(authority.lastIndexOf('@') + 1).split(',')[0] ?? '');
  if (target === undefined || target.port !== undefined) return target;
  const scheme = token.slice(0, start).split(/[^a-z0-9+]/).at(-1) ?? '';
  return { host: target.host, port: defaultPorts[scheme] };
}

const defaultPorts: Readonly<Record<string, number>> = { http: 80, https: 443, postgres: 5432, postgresql: 5432, mysql: 3306, redis: 6379, rediss: 6379, mongodb: 27017, amqp: 5672, nats: 4222 };

/** `port 5432`, `port: 5432`, `port=5432` anywhere in the line. */
function namedPort(tokens: readonly string[]): number | undefined {
  for (const [index, token] of tokens.entries()) {
    if (token === 'port' || token === 'port:' || token === 'port=') {
      const port = portOf((tokens[index + 1] ?? '').replace(/[:.]+$/, ''));
      if (port !== undefined) return port;
    }
    if (token.startsWith('port=')) return portOf(token.slice(5));
  }
  return undefined;
}

function afterMarker(tokens: readonly string[]): NetworkTarget | undefined {
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1] ?? '';
    if (token.startsWith('host=') && token.length > 5) return hostAndPort(token.slice(5));
    if (!markers.has(token) || noHosts.has(next)) continue;
    const target = hostAndPort(next);
    if (target !== undefined) return target;
  }
  return undefined;
}

/** `db: Name or service not known`, `nc: db (10.0.0.1:80): Connection refused`: the word before the complaint. */
function beforeComplaint(lower: string): NetworkTarget | undefined {
  for (const words of [': name or service not known', ': temporary failure in name', ': name does not resolve', ': nodename nor', ': unknown host', ': no address associated']) {
    const at = lower.indexOf(words);
    if (at > 0) return hostAndPort(lower.slice(0, at).split(separators).at(-1) ?? '');
  }
  return undefined;
}

function hasTarget(target: NetworkTarget | undefined): target is NetworkTarget {
  return target !== undefined && target.host !== '';
}

/**
 * The host and port that a line of output complains about. `lower`: the line in lower case. A name that was looked up
 * comes before the DNS server that was asked; an address with a port before a lone name.
 */
export function networkTarget(lower: string): NetworkTarget {
  const tokens = lower.split(separators).filter((token) => token !== '');
  const lookup = tokens.indexOf('lookup');
  const looked = lookup >= 0 ? hostAndPort(tokens[lookup + 1] ?? '') : undefined;
  const port = namedPort(tokens);
  if (hasTarget(looked)) return { host: looked.host, port: looked.port ?? port };
  const upstream = lower.indexOf('upstream: "');
  const source = upstream >= 0 ? lower.slice(upstream + 11).split('"') : tokens;
  const url = source.map(fromUrl).find(hasTarget);
  if (url !== undefined) return { host: url.host, port: url.port ?? port };
  const marked = afterMarker(tokens);
  const addressed = tokens.map(hostAndPort).find((t) => hasTarget(t) && t.port !== undefined);
  const best = marked?.port !== undefined || (hasTarget(marked) && port !== undefined) ? marked : (addressed ?? marked ?? beforeComplaint(lower));
  return { host: best?.host ?? '', port: best?.port ?? port };
}

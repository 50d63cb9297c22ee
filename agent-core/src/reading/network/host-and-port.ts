import { isIpv4 } from './dns-name.ts';

/** An address as a program writes it. */
export interface HostAndPort {
  /** A name or an IP address, in lower case. */
  readonly host: string;
  readonly port: number | undefined;
}

/** Endings that tell a place in a program (`main.go:12`) from an address. */
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

const defaultPorts: ReadonlyMap<string, number> = new Map([
  ['http', 80],
  ['https', 443],
  ['postgres', 5432],
  ['postgresql', 5432],
  ['mysql', 3306],
  ['redis', 6379],
  ['rediss', 6379],
  ['mongodb', 27017],
  ['amqp', 5672],
  ['nats', 4222],
]);

/** A DNS name as it may stand in a log: labels of letters, digits, hyphens (underscores in Compose's names). */
function isHostName(host: string): boolean {
  if (host.length === 0 || host.length > 253 || !/[a-z]/.test(host)) return false;
  return host
    .replace(/\.$/, '')
    .split('.')
    .every((label) => label.length < 64 && /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?$/.test(label));
}

export function portOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,5}$/.test(text)) return undefined;
  const port = Number(text);
  return port > 0 && port < 65536 ? port : undefined;
}

/** `host:port`, `name/10.0.0.1:port` (Java) and `10.0.0.1`; undefined for `main.go:12` and for times. */
export function hostAndPort(token: string): HostAndPort | undefined {
  const bare = token
    .replace(/^[@=]+/, '')
    .replace(/^\/(?=\d)/, '')
    .replace(/[:.,]+$/, '');
  const colon = bare.lastIndexOf(':');
  const port = colon > 0 ? portOf(bare.slice(colon + 1).split('/')[0]) : undefined;
  if (colon > 0 && port === undefined) return undefined;
  const before = colon > 0 ? bare.slice(0, colon) : bare;
  const [host = '', address] = before.split('/');
  if (isIpv4(host)) return { host, port };
  if (address !== undefined && !isIpv4(address)) return undefined;
  if (!isHostName(host) || (host.includes('.') && sourceFiles.has(host.split('.').at(-1) ?? ''))) return undefined;
  return { host, port };
}

/** `postgres://db:5432/shop`: a URL's host, with the usual port of its scheme where it names none. */
export function hostInUrl(token: string): HostAndPort | undefined {
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
  return { ...target, port: defaultPorts.get(scheme) };
}

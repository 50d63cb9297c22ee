import { isIpv4 } from './dns-name.ts';
import { hostAndPort, hostInUrl, portOf } from './host-and-port.ts';
import type { HostAndPort } from './host-and-port.ts';
import { markers, noHosts, vagueMarkers } from './host-words.ts';

/** Where a program says that it could not go. `host` is empty and `port` undefined where the line does not say. */
export interface NetworkTarget extends HostAndPort {
  /** Only a word after "to" or the like: believe it when something of that name exists. */
  readonly vague: boolean;
}

const separators = /[\s"'`()<>[\]{},;|\\]+/;

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

function afterMarker(tokens: readonly string[], words: ReadonlySet<string>): HostAndPort | undefined {
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
function beforeComplaint(lower: string): HostAndPort | undefined {
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

function hasTarget(target: HostAndPort | undefined): target is HostAndPort {
  return target !== undefined && target.host !== '';
}

/** What follows a marker: an address with a port, else a name after a sure word, else one after a vague word. */
function marked(tokens: readonly string[]): NetworkTarget | undefined {
  const sure = afterMarker(tokens, markers);
  const perhaps = sure?.port === undefined ? afterMarker(tokens, vagueMarkers) : undefined;
  if (perhaps !== undefined && (sure === undefined || perhaps.port !== undefined)) {
    const isName = !isIpv4(perhaps.host) && !perhaps.host.includes('.');
    return { ...perhaps, vague: perhaps.port === undefined && isName };
  }
  return sure === undefined ? undefined : { ...sure, vague: false };
}

/** Where the reader is sent for more: no place that the program went to. */
const furtherReading =
  /https?:\/\/(?:aka\.ms|go\.microsoft\.com|learn\.microsoft\.com|docs\.[\w.-]{3,80}|(?:www\.)?kubernetes\.io)\/\S*|https?:\/\/[\w.-]{3,120}\/(?:docs?|documentation|help|troubleshooting|wiki|kb)\/\S*|\b(?:read more|learn more|for more|more info\w*|see|visit|refer to|documentation|(?:background|details?|information|help|hints?) (?:on|about|for))\b[^.]{0,100}?https?:\/\/\S+/g;

/** No place that the program went to: a server about its client (PostgreSQL's rules for hosts, Go's HTTP server), and the process of Node.js. */
const ofClient = /pg_hba\.conf entry for host \S+|handshake error from \S+|\(node:\d+\)/g;

/** The host and the port of a URL in the line; of nginx's upstream rather than of the request. */
function inUrl(lower: string, tokens: readonly string[]): HostAndPort | undefined {
  const upstream = lower.indexOf('upstream: "');
  const source = upstream >= 0 ? lower.slice(upstream + 11).split('"') : tokens;
  return source.map(hostInUrl).find(hasTarget);
}

/** The port that is said not to answer, beside an address that did: `provided port:50000 is not reachable on host jenkins`. */
const closedPort = /\bport[: ](\d{2,5}) (?:is )?(?:not reachable|unreachable|closed|not open)\b/;

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
  const sure = hasTarget(looked) ? looked : inUrl(lower, tokens);
  const found = sure === undefined ? withoutUrl(lower, tokens, port) : { ...sure, vague: false };
  const closed = portOf(closedPort.exec(lower)?.[1]);
  return { host: found?.host ?? '', port: closed ?? found?.port ?? port, vague: found?.vague ?? false };
}

function withoutUrl(lower: string, tokens: readonly string[], port: number | undefined): NetworkTarget | undefined {
  const named = marked(tokens);
  if (named !== undefined && (named.port !== undefined || port !== undefined)) return { ...named, vague: false };
  const addressed = tokens.map(hostAndPort).find((t) => hasTarget(t) && t.port !== undefined);
  if (addressed === undefined && named !== undefined) return named;
  const stated = addressed ?? beforeComplaint(lower);
  return stated === undefined ? undefined : { ...stated, vague: false };
}

import { BlockList, isIP } from 'node:net';
import type { Environment } from './environment.ts';

function variable(environment: Environment, name: string): string {
  return environment.variables[name] || environment.variables[name.toLowerCase()] || '';
}

function inNetwork(host: string, network: string): boolean {
  const [base = '', bits = ''] = network.split('/');
  const family = isIP(base);
  const length = Number(bits);
  if (
    family === 0 ||
    isIP(host) !== family ||
    !Number.isInteger(length) ||
    length < 0 ||
    length > (family === 4 ? 32 : 128)
  ) {
    return false;
  }
  const list = new BlockList();
  const name = family === 4 ? 'ipv4' : 'ipv6';
  list.addSubnet(base, length, name);
  return list.check(host, name);
}

function matches(rule: string, host: string, port: string): boolean {
  if (rule === '*') return true;
  if (rule.includes('/')) return inNetwork(host, rule);
  // The last part of an IPv6 address is no port, unless the address stands in brackets.
  const withPort = isIP(rule) === 6 ? null : /^(.*[^:]):(\d+)$/.exec(rule);
  const pattern = (withPort?.[1] ?? rule).replace(/^\[|\]$/g, '');
  if (withPort !== null && withPort[2] !== port) return false;
  // One address can be written in several ways.
  const family = isIP(pattern);
  if (family !== 0) return inNetwork(host, `${pattern}/${family === 4 ? 32 : 128}`);
  if (pattern.startsWith('*.')) return host.endsWith(pattern.slice(1));
  return pattern.startsWith('.') ? host.endsWith(pattern) : host === pattern || host.endsWith(`.${pattern}`);
}

/**
 * The proxy that the environment asks for, by Go's rules: HTTPS_PROXY or HTTP_PROXY by the server's scheme, unless
 * NO_PROXY (names, domains, networks, `*`) or the loopback keeps it out. Undefined: none.
 */
export function environmentProxy(server: URL, environment: Environment): string | undefined {
  const proxy = variable(environment, server.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  if (proxy === '') return undefined;
  const host = server.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))) return undefined;
  const port = server.port || (server.protocol === 'https:' ? '443' : '80');
  const rules = variable(environment, 'NO_PROXY')
    .split(/[\s,]+/)
    .filter((rule) => rule !== '');
  if (rules.some((rule) => matches(rule.toLowerCase(), host, port))) return undefined;
  return /^[a-z][a-z0-9+]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
}

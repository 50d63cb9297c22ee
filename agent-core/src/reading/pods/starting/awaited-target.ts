import { networkTarget } from '../../network/network-target.ts';
import type { NetworkTarget } from '../../network/network-target.ts';

const callers = new Set([
  'nc',
  'ncat',
  'netcat',
  'nslookup',
  'host',
  'dig',
  'ping',
  'hosts',
  'wait-for-it',
  'wait-for-it.sh',
  './wait-for-it.sh',
  'wait-for',
  'wait-for.sh',
  'dockerize',
  '-h',
  '--host',
  '-wait',
  'telnet',
  'curl',
  'wget',
]);

function nextWords(words: readonly string[], index: number): readonly string[] {
  return words
    .slice(index + 1, index + 6)
    .filter((word) => (!word.startsWith('-') && !/^\d+s?$/.test(word)) || /^\d{2,5}$/.test(word));
}

function asTarget(host: string, port: string | undefined): NetworkTarget | undefined {
  const target = networkTarget(`host ${host}${port !== undefined && /^\d{2,5}$/.test(port) ? ` port ${port}` : ''}`);
  return target.host === '' ? undefined : target;
}

/** `until nc -z db 5432; do ...`: what a command waits for, with its variables filled in. Undefined when it cannot be told. */
export function awaitedTarget(
  command: readonly string[],
  variables: ReadonlyMap<string, string>,
): NetworkTarget | undefined {
  const filled = command
    .join(' ')
    .replaceAll(/\$\{?\(?([A-Za-z_][A-Za-z0-9_]*)\)?\}?/g, (whole, name: string) => variables.get(name) ?? whole);
  const words = filled
    .toLowerCase()
    .split(/[\s;|&()"'`]+/)
    .filter((word) => word !== '');
  const url = words.find((word) => word.includes('://'));
  if (url !== undefined) return withHost(networkTarget(url));
  const device = words
    .find((word) => word.includes('/dev/tcp/'))
    ?.split('/dev/tcp/')[1]
    ?.split('/');
  if (device !== undefined) return asTarget(device[0] ?? '', device[1]);
  for (const [index, word] of words.entries()) {
    if (!callers.has(word.split('/').at(-1) ?? '')) continue;
    const [host, port] = nextWords(words, index);
    const target = host === undefined || host.includes('$') ? undefined : asTarget(host, port);
    if (target !== undefined) return target;
  }
  return undefined;
}

function withHost(target: NetworkTarget): NetworkTarget | undefined {
  return target.host === '' ? undefined : target;
}

import { connect, isIP } from 'node:net';
import type { Socket } from 'node:net';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Attempt, Target } from './attempt.ts';
import { decodedPart, hostOf, proxyRefused } from './proxy-address.ts';

/** Reads exact numbers of bytes of a handshake. */
function byteReader(socket: Socket): (count: number) => Promise<Buffer> {
  return (count) =>
    new Promise((resolve, reject) => {
      const attempt = (): void => {
        const got = socket.read(count) as Buffer | null;
        if (got !== null && got.length === count) {
          socket.off('readable', attempt).off('close', ended);
          resolve(got);
        }
      };
      const ended = (): void => reject(new Error('closed'));
      socket.on('readable', attempt).on('close', ended);
      attempt();
    });
}

/** A field with its length before it, for which the protocol has one byte. */
function counted(proxy: URL, text: string, what: string): Buffer {
  const bytes = Buffer.from(text);
  if (bytes.length > 255) throw proxyRefused(proxy, `cannot be told a ${what} of more than 255 bytes`);
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}

/** The 16 bytes of an address as `URL` writes it: hexadecimal groups, at most one `::`. */
function ipv6Bytes(address: string): Buffer {
  const groupsOf = (part: string | undefined): readonly number[] =>
    part === undefined || part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const [before, after] = address.split('::').map(groupsOf);
  const [head, tail] = [before ?? [], after ?? []];
  const groups = [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail];
  return Buffer.from(groups.flatMap((group) => [group >> 8, group & 255]));
}

/** RFC 1928, 5: an address as its bytes, a name for the proxy to look up. */
function addressField(proxy: URL, host: string): Buffer {
  switch (isIP(host)) {
    case 4:
      return Buffer.from([1, ...host.split('.').map(Number)]);
    case 6:
      return Buffer.concat([Buffer.from([4]), ipv6Bytes(host)]);
    default:
      return Buffer.concat([Buffer.from([3]), counted(proxy, host, 'name')]);
  }
}

async function handshake(socket: Socket, proxy: URL, { host, port }: Target): Promise<void> {
  const read = byteReader(socket);
  const user = decodedPart(proxy.username);
  const login =
    user === '' ? undefined : [counted(proxy, user, 'user'), counted(proxy, decodedPart(proxy.password), 'password')];
  socket.write(Buffer.from(login === undefined ? [5, 1, 0] : [5, 2, 0, 2]));
  const [version, method] = await read(2);
  if (version !== 5) throw proxyRefused(proxy, 'does not speak SOCKS 5');
  if (method === 2 && login !== undefined) {
    socket.write(Buffer.concat([Buffer.from([1]), ...login]));
    if ((await read(2))[1] !== 0) throw proxyRefused(proxy, 'does not accept its user or password');
  } else if (method !== 0) throw proxyRefused(proxy, 'wants its own credentials');
  socket.write(
    Buffer.concat([Buffer.from([5, 1, 0]), addressField(proxy, host), Buffer.from([port >> 8, port & 255])]),
  );
  const [, code, , type] = await read(4);
  if (code !== 0) throw proxyRefused(proxy, `does not connect to the API server (SOCKS error ${code})`);
  const length = type === 1 ? 4 : type === 4 ? 16 : ((await read(1))[0] ?? 0);
  await read(length + 2);
}

/** A connection to the target through a SOCKS 5 proxy (RFC 1928, 1929). */
export function bySocks(proxy: URL, target: Target): Attempt {
  const socket = connect({ host: hostOf(proxy), port: Number(proxy.port) || 1080 });
  const connected = new Promise<Socket>((resolve, reject) => {
    socket.on('error', (error: NodeJS.ErrnoException) =>
      reject(
        error instanceof AutoDevOpsError
          ? error
          : proxyRefused(proxy, `cannot be reached (${error.code ?? 'unknown'})`),
      ),
    );
    socket.once('connect', () => {
      handshake(socket, proxy, target).then(
        () => resolve(socket),
        (error: unknown) => {
          socket.destroy();
          reject(error instanceof AutoDevOpsError ? error : proxyRefused(proxy, 'does not speak SOCKS 5'));
        },
      );
    });
  });
  return { connected, giveUp: (why) => void socket.destroy(why) };
}

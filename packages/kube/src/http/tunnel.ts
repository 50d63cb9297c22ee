import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';

interface Target {
  readonly host: string;
  readonly port: number;
}

function refused(proxy: URL, why: string): AutoDevOpsError {
  return new AutoDevOpsError(
    'cluster.unreachable',
    `The proxy ${oneLine(proxy.host, 80)} ${why}.`,
    'Check proxy-url of the kubeconfig, or HTTPS_PROXY and NO_PROXY.',
  );
}

function byConnect(proxy: URL, target: Target): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const host = target.host.includes(':') ? `[${target.host}]` : target.host;
    const path = `${host}:${target.port}`;
    const user = decodeURIComponent(proxy.username);
    const login = Buffer.from(`${user}:${decodeURIComponent(proxy.password)}`).toString('base64');
    const options = {
      method: 'CONNECT',
      path,
      headers: { Host: path, ...(user === '' ? {} : { 'Proxy-Authorization': `Basic ${login}` }) },
    };
    const request = (proxy.protocol === 'https:' ? httpsRequest : httpRequest)({
      ...options,
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: Number(proxy.port) || (proxy.protocol === 'https:' ? 443 : 80),
      agent: false,
    });
    request.on('connect', (response, socket: Socket) => {
      if (response.statusCode === 200) return resolve(socket);
      socket.destroy();
      const why =
        response.statusCode === 407
          ? 'wants its own credentials'
          : `does not connect to the API server (${response.statusCode})`;
      return reject(refused(proxy, why));
    });
    request.on('response', (response) => {
      response.destroy();
      reject(refused(proxy, 'does not tunnel connections'));
    });
    request.on('error', (error: NodeJS.ErrnoException) =>
      reject(refused(proxy, `cannot be reached (${error.code ?? 'unknown'})`)),
    );
    request.end();
  });
}

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

async function socksHandshake(socket: Socket, proxy: URL, target: Target): Promise<void> {
  const read = byteReader(socket);
  const user = Buffer.from(decodeURIComponent(proxy.username));
  const password = Buffer.from(decodeURIComponent(proxy.password));
  socket.write(Buffer.from(user.length === 0 ? [5, 1, 0] : [5, 2, 0, 2]));
  const method = (await read(2))[1];
  if (method === 2) {
    socket.write(Buffer.concat([Buffer.from([1, user.length]), user, Buffer.from([password.length]), password]));
    if ((await read(2))[1] !== 0) throw refused(proxy, 'does not accept its user or password');
  } else if (method !== 0) throw refused(proxy, 'wants its own credentials');
  const host = Buffer.from(target.host);
  socket.write(
    Buffer.concat([Buffer.from([5, 1, 0, 3, host.length]), host, Buffer.from([target.port >> 8, target.port & 255])]),
  );
  const [, code, , type] = await read(4);
  if (code !== 0) throw refused(proxy, `does not connect to the API server (SOCKS error ${code})`);
  const length = type === 1 ? 4 : type === 4 ? 16 : ((await read(1))[0] ?? 0);
  await read(length + 2);
}

function bySocks(proxy: URL, target: Target): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: proxy.hostname, port: Number(proxy.port) || 1080 });
    socket.once('error', (error: NodeJS.ErrnoException) =>
      reject(refused(proxy, `cannot be reached (${error.code ?? 'unknown'})`)),
    );
    socket.once('connect', () => {
      socksHandshake(socket, proxy, target).then(
        () => resolve(socket),
        (error: unknown) => {
          socket.destroy();
          reject(error instanceof AutoDevOpsError ? error : refused(proxy, 'does not speak SOCKS 5'));
        },
      );
    });
  });
}

/** A connection to the target through an HTTP(S) or SOCKS 5 proxy. Throws `cluster.unreachable` that names the proxy. */
export function tunnel(proxy: URL, target: Target): Promise<Socket> {
  return proxy.protocol.startsWith('socks5') ? bySocks(proxy, target) : byConnect(proxy, target);
}

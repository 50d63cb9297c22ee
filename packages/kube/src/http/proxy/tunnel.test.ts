import { createServer as createHttpServer } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ClusterAccess } from '../../kubeconfig/kubeconfig.ts';
import { answering } from '../../testing/answering-server.ts';
import { selfSigned } from '../../testing/certificates.ts';
import { failureOf } from '../../testing/failure-of.ts';
import { listening, rawServer } from '../../testing/raw-server.ts';
import { createKubeClient } from '../client.ts';
import { tunnel } from './tunnel.ts';

async function version(access: ClusterAccess, times = 1): Promise<unknown> {
  const client = createKubeClient(access);
  onTestFinished(() => client.close());
  let answer: unknown;
  for (let time = 0; time < times; time += 1) answer = await client.json({ path: '/version' });
  return answer;
}

/** Speaks CONNECT and joins both ends. */
async function httpProxy(status = 200, host?: string): Promise<{ address: string; seen: string[] }> {
  const seen: string[] = [];
  const proxy = createHttpServer();
  proxy.on('connect', (request, socket: Socket) => {
    seen.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
    if (status !== 200) return socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    const [name, port] = (request.url ?? '').split(':');
    const upstream = connect(Number(port), name, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    return upstream.on('error', () => socket.destroy());
  });
  return { address: await listening(proxy, host), seen };
}

/** Takes anybody; tells what it is asked to connect to, as RFC 1928 writes it, and connects to `target`. */
async function socksProxy(
  target: { readonly host: string; readonly port: number },
  host?: string,
): Promise<{ address: string; asked: Buffer[] }> {
  const asked: Buffer[] = [];
  const address = await rawServer((socket) => {
    socket.once('data', () => {
      socket.write(Buffer.from([5, 0]));
      socket.once('data', (request: Buffer) => {
        asked.push(request.subarray(3));
        const upstream = connect(target.port, target.host, () => {
          socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
          upstream.pipe(socket).pipe(upstream);
        });
      });
    });
  }, host);
  return { address, asked };
}

function place({ server }: ClusterAccess): { host: string; port: number } {
  return { host: server.hostname, port: Number(server.port) };
}

describe('an HTTP proxy', () => {
  it('is asked to connect, with its own credentials, and TLS goes through it to the server', async () => {
    const pair = selfSigned({ name: 'a' });
    const { access } = await answering([{ status: 200 }], { cert: pair.certificate, key: pair.key });
    const { address, seen } = await httpProxy();
    await version({ ...access, authority: pair.certificate, proxy: new URL(`http://me:pw@${address}`) }, 2);
    expect(seen).toEqual([`${access.server.host} Basic ${Buffer.from('me:pw').toString('base64')}`]);
  });

  it('is given a password with a per cent sign as it stands', async () => {
    const { access } = await answering();
    const { address, seen } = await httpProxy();
    await version({ ...access, proxy: new URL(`http://me:50%off@${address}`) });
    expect(seen).toEqual([`${access.server.host} Basic ${Buffer.from('me:50%off').toString('base64')}`]);
  });

  it('that refuses or is not there is named, without its credentials', async () => {
    const { access } = await answering();
    const { address } = await httpProxy(407);
    const refused = await failureOf(version({ ...access, proxy: new URL(`http://me:secret@${address}`) }));
    expect(refused.message).toBe(`The proxy ${address} wants its own credentials.`);
    const gone = await failureOf(version({ ...access, proxy: new URL('http://127.0.0.1:1') }));
    expect(gone.message).toBe('The proxy 127.0.0.1:1 cannot be reached (ECONNREFUSED).');
  });
});

describe('a SOCKS 5 proxy', () => {
  it('is told an IPv4 address as its four bytes', async () => {
    const { access } = await answering();
    const { address, asked } = await socksProxy(place(access));
    expect(await version({ ...access, proxy: new URL(`socks5://${address}`) })).toBeDefined();
    const { port } = place(access);
    expect(asked).toEqual([Buffer.from([1, 127, 0, 0, 1, port >> 8, port & 255])]);
  });

  it.each([
    ['2001:db8::1:5', '20010db8000000000000000000010005'],
    ['::1', '00000000000000000000000000000001'],
    ['fd00::', 'fd000000000000000000000000000000'],
    ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
  ])('is told the IPv6 address %s as its sixteen bytes', async (host, bytes) => {
    const { access } = await answering();
    const { address, asked } = await socksProxy(place(access));
    (await tunnel(new URL(`socks5://${address}`), { host, port: 6443 })).destroy();
    expect(asked[0]?.toString('hex')).toBe(`04${bytes}192b`);
  });

  it('is told a name to look up itself', async () => {
    const { access } = await answering();
    const { address, asked } = await socksProxy(place(access));
    (await tunnel(new URL(`socks5h://${address}`), { host: 'api.example', port: 443 })).destroy();
    expect(asked[0]?.toString('latin1')).toBe('\u0003\u000bapi.example\u0001\u00bb');
  });

  it('may have an IPv6 address itself', async () => {
    const { access } = await answering();
    const { address } = await socksProxy(place(access), '::1');
    expect(await version({ ...access, proxy: new URL(`socks5://${address}`) })).toBeDefined();
  });

  it('is not told a password that the protocol has no room for', async () => {
    const address = await rawServer((socket) => socket.on('data', () => {}));
    const proxy = new URL(`socks5://me:${'x'.repeat(256)}@${address}`);
    const error = await failureOf(tunnel(proxy, { host: 'a', port: 1 }));
    expect(error.message).toBe(`The proxy ${address} cannot be told a password of more than 255 bytes.`);
  });

  it('that speaks something else is named', async () => {
    const address = await rawServer((socket) =>
      socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    );
    const error = await failureOf(tunnel(new URL(`socks5://${address}`), { host: 'a', port: 1 }));
    expect(error.message).toBe(`The proxy ${address} does not speak SOCKS 5.`);
  });
});

describe('a proxy that takes a connection and says nothing', () => {
  it.each(['http', 'https', 'socks5'])('is named, and nothing stays open to it: %s', async (scheme) => {
    const closed = Promise.withResolvers<void>();
    const address = await rawServer((socket) => socket.resume().on('close', () => closed.resolve()));
    const error = await failureOf(tunnel(new URL(`${scheme}://${address}`), { host: 'a', port: 1 }, 50));
    expect(error.message).toBe(`The proxy ${address} does not answer within 0.05 s.`);
    await closed.promise;
  });
});

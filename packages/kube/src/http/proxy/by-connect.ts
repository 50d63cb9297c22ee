import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Attempt, Target } from './attempt.ts';
import { decodedPart, hostOf, proxyRefused } from './proxy-address.ts';

/** A connection to the target through an HTTP or HTTPS proxy (RFC 9110, 9.3.6). */
export function byConnect(proxy: URL, target: Target): Attempt {
  const host = target.host.includes(':') ? `[${target.host}]` : target.host;
  const path = `${host}:${target.port}`;
  const user = decodedPart(proxy.username);
  const login = Buffer.from(`${user}:${decodedPart(proxy.password)}`).toString('base64');
  const request = (proxy.protocol === 'https:' ? httpsRequest : httpRequest)({
    method: 'CONNECT',
    path,
    headers: { Host: path, ...(user === '' ? {} : { 'Proxy-Authorization': `Basic ${login}` }) },
    host: hostOf(proxy),
    port: Number(proxy.port) || (proxy.protocol === 'https:' ? 443 : 80),
    agent: false,
  });
  const connected = new Promise<Socket>((resolve, reject) => {
    request.on('connect', (response, socket: Socket) => {
      if (response.statusCode === 200) return resolve(socket);
      socket.destroy();
      const why =
        response.statusCode === 407
          ? 'wants its own credentials'
          : `does not connect to the API server (${response.statusCode})`;
      return reject(proxyRefused(proxy, why));
    });
    request.on('response', (response) => {
      response.destroy();
      reject(proxyRefused(proxy, 'does not tunnel connections'));
    });
    request.on('error', (error: NodeJS.ErrnoException) =>
      reject(
        error instanceof AutoDevOpsError
          ? error
          : proxyRefused(proxy, `cannot be reached (${error.code ?? 'unknown'})`),
      ),
    );
    request.end();
  });
  return { connected, giveUp: (why) => void request.destroy(why) };
}

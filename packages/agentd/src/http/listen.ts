import { chmod, readFile, rm } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { dirname } from 'node:path';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { makeOwnFolder } from '../process/own-folder.ts';
import type { ListenAddress } from './listen-address.ts';
import { agentRunsHere, listenFailure, tlsFileFailure } from './listen-failure.ts';

export interface Listening {
  /** `unix:/run/…` or `http://127.0.0.1:7070`. */
  readonly address: string;
  /** Takes nothing new, lets what runs end within `milliseconds`, then cuts. */
  readonly close: (milliseconds: number) => Promise<void>;
}

/** Whoever sends a request slowly does not hold a connection for ever. Node looks at these only every half minute by itself. */
const bounds = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 20_000,
  connectionsCheckingInterval: 1000,
} as const;

function bounded(server: Server): Server {
  server.maxHeadersCount = 60;
  return server;
}

async function tlsFile(path: string): Promise<Buffer> {
  return await readFile(path).catch((error: unknown) => {
    throw tlsFileFailure(error, path);
  });
}

async function makeServer(choice: ListenAddress, listener: RequestListener): Promise<Server> {
  if (choice.kind === 'socket' || choice.tls === undefined) return bounded(createHttpServer(bounds, listener));
  const { certificate, key, clientAuthority } = choice.tls;
  const [cert, secret, ca] = await Promise.all([
    tlsFile(certificate),
    tlsFile(key),
    clientAuthority === undefined ? undefined : tlsFile(clientAuthority),
  ]);
  return bounded(
    createHttpsServer(
      {
        ...bounds,
        cert,
        key: secret,
        minVersion: 'TLSv1.2',
        ...(ca === undefined ? {} : { ca, requestCert: true, rejectUnauthorized: true }),
      },
      listener,
    ),
  );
}

/** Whether somebody listens there, however busy: then it is in use. Else it is what a killed process left. */
async function isInUse(path: string): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect(path);
    const say = (used: boolean): void => {
      socket.destroy();
      resolve(used);
    };
    socket.once('connect', () => say(true)).once('error', () => say(false));
  });
}

async function preparePath(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  await makeOwnFolder(dirname(path));
  if (await isInUse(path)) throw agentRunsHere();
  await rm(path, { force: true });
}

function listen(server: Server, choice: ListenAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => reject(listenFailure(error, choice));
    server.once('error', fail);
    const heard = (): void => {
      server.off('error', fail);
      resolve();
    };
    if (choice.kind === 'socket') server.listen(choice.path, heard);
    else server.listen(choice.port, choice.host, heard);
  });
}

function addressOf(server: Server, choice: ListenAddress): string {
  if (choice.kind === 'socket') return `unix:${choice.path}`;
  const { address, port, family } = server.address() as AddressInfo;
  return `${choice.tls === undefined ? 'http' : 'https'}://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** Nobody listens beyond this machine, nor is looked for there, without TLS. Throws `config.invalid`. */
export function refuseBeyondLoopback(choice: ListenAddress): void {
  const loopback = choice.kind === 'socket' || ['127.0.0.1', '::1', 'localhost'].includes(choice.host);
  if (!loopback && choice.kind === 'tcp' && choice.tls === undefined) {
    throw new AutoDevOpsError(
      'config.invalid',
      `The agent does not listen on ${choice.host} without TLS.`,
      'Give listen.tls, or listen on 127.0.0.1.',
    );
  }
}

/** Listens on a Unix socket that only its owner can open, or on TCP; beyond loopback only with TLS. */
export async function startListening(choice: ListenAddress, listener: RequestListener): Promise<Listening> {
  refuseBeyondLoopback(choice);
  if (choice.kind === 'socket') await preparePath(choice.path);
  const server = await makeServer(choice, listener);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await listen(server, choice);
  if (choice.kind === 'socket' && process.platform !== 'win32') await chmod(choice.path, 0o600);
  return {
    address: addressOf(server, choice),
    close: async (milliseconds) => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeIdleConnections();
      const timer = setTimeout(() => sockets.forEach((socket) => socket.destroy()), milliseconds);
      await closed;
      clearTimeout(timer);
    },
  };
}

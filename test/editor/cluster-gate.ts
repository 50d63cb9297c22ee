import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** The way to an API server, which can be shut as if that server were down: connections are refused. */
export interface ClusterGate {
  /** `http://127.0.0.1:PORT`; the same whether it is open or not. */
  readonly url: string;
  /** How many connections came through it. */
  readonly passed: () => number;
  readonly shut: () => Promise<void>;
  readonly open: () => Promise<void>;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** A gate before `target`, open at first. */
export async function clusterGate(target: string): Promise<ClusterGate> {
  const { hostname, port: onwards } = new URL(target);
  const sockets = new Set<Socket>();
  let passed = 0;
  const make = (): Server =>
    createServer((socket) => {
      passed += 1;
      const onward = connect(Number(onwards), hostname).on('error', () => socket.destroy());
      sockets.add(socket);
      socket
        .on('error', () => undefined)
        .on('close', () => {
          sockets.delete(socket);
          onward.destroy();
        })
        .pipe(onward)
        .pipe(socket);
    });
  let server: Server | undefined = make();
  const port = await listen(server, 0);
  return {
    url: `http://127.0.0.1:${port}`,
    passed: () => passed,
    shut: async () => {
      const shutting = server;
      server = undefined;
      if (shutting === undefined) return;
      const closed = new Promise<void>((resolve) => {
        shutting.close(() => resolve());
      });
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    open: async () => {
      if (server !== undefined) return;
      server = make();
      await listen(server, port);
    },
  };
}

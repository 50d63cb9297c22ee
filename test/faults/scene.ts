import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server as TcpServer, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'vitest';
import { startReplayServer } from '../../packages/kube/src/replay/replay-server.ts';
import type { Recording, ReplayOptions, ReplayServer } from '../../packages/kube/src/replay/replay-server.ts';
import type { Pair } from './certificates.ts';
import { kubeconfigText } from './kubeconfig-text.ts';
import type { KubeconfigParts } from './kubeconfig-text.ts';
import { startCommand } from './run-command.ts';
import type { Ran, RunOptions, Running } from './run-command.ts';

type Given = Partial<RunOptions>;

/** What one test plays in: a home folder, servers and runs of the command line, all of which end with it. */
export interface Scene {
  readonly folder: string;
  readonly write: (name: string, content: string | Buffer, mode?: number) => string;
  /** Writes `~/.kube/config`. */
  readonly kubeconfig: (parts: KubeconfigParts) => string;
  readonly replay: (recording: Recording, options?: ReplayOptions) => Promise<ReplayServer>;
  /** The address of a server that answers by this listener. */
  readonly http: (listener: RequestListener) => Promise<string>;
  readonly https: (pair: Pair, listener: RequestListener) => Promise<string>;
  /** The port of a server that hands over bare connections. */
  readonly tcp: (onSocket: (socket: Socket) => void) => Promise<number>;
  /** Passes on every connection to this port to another server. */
  readonly relay: (port: number, target: URL) => Promise<void>;
  readonly run: (args: readonly string[], options?: Given) => Promise<Ran>;
  readonly start: (args: readonly string[], options?: Given) => Running;
  /** Does this when the test is over. */
  readonly atEnd: (ending: () => unknown) => void;
}

function listen(server: TcpServer, at = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(at, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function createScene(): { readonly scene: Scene; readonly end: () => Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-faults-'));
  const endings: (() => unknown)[] = [];
  const write: Scene['write'] = (name, content, mode = 0o600) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content, { mode });
    return path;
  };
  const serve = async (server: Server, scheme: string): Promise<string> => {
    const port = await listen(server);
    endings.push(() => {
      server.close();
      server.closeAllConnections();
    });
    return `${scheme}://127.0.0.1:${port}`;
  };
  const start: Scene['start'] = (args, options) => {
    const running = startCommand(args, { folder, ...options });
    endings.push(() => {
      running.kill();
      return running.ended.catch(() => undefined);
    });
    return running;
  };
  const serveTcp = (onSocket: (socket: Socket) => void, at?: number): Promise<number> => {
    const sockets = new Set<Socket>();
    const server = createTcpServer((socket) => {
      sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)));
      onSocket(socket);
    });
    endings.push(() => {
      server.close();
      for (const socket of sockets) socket.destroy();
    });
    return listen(server, at);
  };
  const scene: Scene = {
    folder,
    write,
    kubeconfig: (parts) => write('.kube/config', kubeconfigText(parts)),
    replay: async (recording, options) => {
      const server = await startReplayServer(recording, options);
      endings.push(() => server.close());
      write('.kube/config', kubeconfigText({ server: server.url }));
      return server;
    },
    http: async (listener) => {
      const url = await serve(createHttpServer(listener), 'http');
      write('.kube/config', kubeconfigText({ server: url }));
      return url;
    },
    https: (pair, listener) =>
      serve(createHttpsServer({ cert: pair.certificate, key: pair.key }, listener) as unknown as Server, 'https'),
    tcp: serveTcp,
    relay: async (port, target) => {
      await serveTcp((socket) => {
        const onward = connect(Number(target.port), target.hostname).on('error', () => socket.destroy());
        socket
          .on('close', () => onward.destroy())
          .pipe(onward)
          .pipe(socket);
      }, port);
    },
    start,
    run: (args, options) => start(args, options).ended,
    atEnd: (ending) => void endings.push(ending),
  };
  const end = async (): Promise<void> => {
    for (const ending of endings.toReversed()) await ending();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  return { scene, end };
}

/** A test with a scene of its own. */
export const it = test.extend<{ scene: Scene }>({
  scene: async ({}, use) => {
    const { scene, end } = createScene();
    try {
      await use(scene);
    } finally {
      await end();
    }
  },
});

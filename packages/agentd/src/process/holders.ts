import { chmod, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { dirname } from 'node:path';
import type { Configuration } from '../configuration/configuration.ts';
import { socketPath } from '../configuration/socket-path.ts';
import { makeOwnFolder } from './own-folder.ts';

/** Where those who need an agent hold on to it: beside its socket. */
export function holdPath(configuration: Configuration, folder: string): string {
  const socket = socketPath({ ...configuration, listen: { kind: 'socket' } }, folder);
  return process.platform === 'win32' ? `${socket}-hold` : socket.replace(/\.sock$/, '.hold');
}

export interface Patience {
  /** How long an agent stays that nobody has held yet, in milliseconds. */
  readonly first: number;
  /** How long after the last one let go: a window that is loaded again is back by then. */
  readonly last: number;
}

const usual: Patience = { first: 60_000, last: 15_000 };

export interface Holders {
  /** Aborted when nobody holds the agent any more. */
  readonly unheld: AbortSignal;
  readonly close: () => Promise<void>;
}

/**
 * Counts who holds the agent. A hold is an open connection: whoever ends, however he ends, lets go. The caller has the
 * agent's own socket already, so what lies at the path is left over from an earlier one.
 */
export async function listenForHolders(path: string, patience: Patience = usual): Promise<Holders> {
  const unheld = new AbortController();
  const holders = new Set<Socket>();
  let timer = setTimeout(() => unheld.abort(), patience.first);
  const server = createServer((socket) => {
    holders.add(socket);
    clearTimeout(timer);
    socket
      .on('error', () => undefined)
      .on('close', () => {
        holders.delete(socket);
        clearTimeout(timer);
        if (holders.size === 0 && server.listening) timer = setTimeout(() => unheld.abort(), patience.last);
      })
      .resume();
  });
  if (process.platform !== 'win32') {
    await makeOwnFolder(dirname(path));
    await rm(path, { force: true });
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(path, resolve);
  });
  if (process.platform !== 'win32') await chmod(path, 0o600);
  return {
    unheld: unheld.signal,
    close: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      for (const socket of holders) socket.destroy();
      await closed;
      clearTimeout(timer);
    },
  };
}

export interface Hold {
  /** Aborted when the agent is gone. */
  readonly lost: AbortSignal;
  readonly letGo: () => void;
}

const connectWithin = 5000;

/** Holds the agent there; undefined where nobody counts: it was started to stay. */
export async function holdAgent(path: string): Promise<Hold | undefined> {
  return await new Promise((resolve) => {
    const lost = new AbortController();
    const socket = connect(path);
    socket.setTimeout(connectWithin, () => socket.destroy());
    socket.once('connect', () => {
      socket.setTimeout(0);
      // A window that ends is not kept alive by what it holds.
      socket.unref();
      resolve({ lost: lost.signal, letGo: () => socket.destroy() });
    });
    socket
      .on('error', () => undefined)
      .once('close', () => {
        lost.abort();
        resolve(undefined);
      })
      .resume();
  });
}

import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { stateHome } from '../process/state-home.ts';
import type { Configuration } from './configuration.ts';
import { storeFolder } from './store-place.ts';

/** A Unix socket's path may have 103 bytes on macOS and 107 on Linux (sun_path of sockaddr_un, with its end). */
const longest = 103;

function shortened(path: string): string {
  const name = `${createHash('sha256').update(path).digest('hex').slice(0, 16)}.sock`;
  return join(stateHome(process.env, process.platform, homedir()), 'run', name);
}

/** Where the socket of an agent is, by default: beside its store, or in the user's state folder where that path would be too long. */
export function socketPath(configuration: Configuration, folder: string): string {
  const { listen } = configuration;
  if (listen.kind === 'socket' && listen.path !== undefined) return resolve(folder, listen.path);
  const beside = storeFolder(configuration, folder);
  if (process.platform === 'win32') {
    return `\\\\.\\pipe\\autodevops-${createHash('sha256').update(beside).digest('hex').slice(0, 16)}`;
  }
  const path = join(beside, 'agent.sock');
  return Buffer.byteLength(path) > longest ? shortened(path) : path;
}

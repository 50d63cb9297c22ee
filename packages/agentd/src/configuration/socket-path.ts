import { createHash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import type { Configuration } from './configuration.ts';

/** Where the socket of an agent is, by default: beside its store. */
export function socketPath(configuration: Configuration, folder: string): string {
  const { listen, agents } = configuration;
  if (listen.kind === 'socket' && listen.path !== undefined) return resolve(folder, listen.path);
  const memory = agents.jamie.memory;
  const beside = memory.startsWith('sqlite://') ? dirname(resolve(folder, memory.slice('sqlite://'.length))) : folder;
  return process.platform === 'win32' ? `\\\\.\\pipe\\autodevops-${createHash('sha256').update(beside).digest('hex').slice(0, 16)}` : join(beside, 'agent.sock');
}

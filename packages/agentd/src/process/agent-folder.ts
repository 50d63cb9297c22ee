import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { stateHome } from './state-home.ts';

/** A Unix socket's path may have 103 bytes on macOS and 107 on Linux (sockaddr_un), so names of folders stay short. */
const longestName = 24;

/**
 * The folder of one cluster's agent: its configuration, store, socket and log. Two API servers never share one, whatever
 * their contexts are called.
 */
export function agentFolder(
  cluster: { readonly context: string; readonly server: string },
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
  home: string,
): string {
  const { context, server } = cluster;
  const readable = context
    .replaceAll(/[^\w.-]+/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '')
    .slice(0, longestName);
  const exact = createHash('sha256').update(`${context}\n${server}`).digest('hex').slice(0, 8);
  return join(stateHome(env, platform, home), 'agents', `${readable === '' ? 'cluster' : readable}-${exact}`);
}

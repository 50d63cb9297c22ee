import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { socketFetch } from '@autodevops/agentd/socket-fetch';
import { tcpFetch } from '@autodevops/agentd/tcp-fetch';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { BotCustomer } from '../configuration/bot-configuration.ts';

/** How a customer's agent is reached. */
export interface AgentWay {
  readonly address: string;
  readonly fetch: (request: Request) => Promise<Response>;
}

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

/** `folder`: what files are relative to. Throws `config.invalid`. */
export async function agentWay({ name, agent }: BotCustomer, folder: string): Promise<AgentWay> {
  if ('socket' in agent) return { address: 'http://localhost', fetch: socketFetch(resolve(folder, agent.socket)) };
  const url = new URL(agent.address);
  const host = url.hostname.replaceAll(/[[\]]/g, '');
  if (url.protocol === 'http:') {
    if (!loopback.has(host)) {
      throw new AutoDevOpsError(
        'config.invalid',
        `The agent of ${name} on ${host} is not spoken to without TLS.`,
        'Give an address with https.',
      );
    }
    return {
      address: url.origin,
      fetch: tcpFetch({ host, port: Number(url.port === '' ? '80' : url.port), calledAs: url.host }),
    };
  }
  if (agent.authority === undefined) return { address: url.origin, fetch };
  const file = resolve(folder, agent.authority);
  const authority = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new AutoDevOpsError(
      'config.invalid',
      `${file} cannot be read (${error.code ?? 'unknown'}).`,
      `Correct agent.authority of ${name}.`,
      { cause: error },
    );
  });
  return {
    address: url.origin,
    fetch: tcpFetch({
      host,
      port: Number(url.port === '' ? '443' : url.port),
      calledAs: url.host,
      trust: { by: 'authority', authority },
    }),
  };
}

import { readFile } from 'node:fs/promises';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Configuration } from '../configuration/configuration.ts';
import { listenChoice } from '../configuration/listen-choice.ts';
import { socketFetch } from './socket-fetch.ts';
import { tcpFetch } from './tcp-fetch.ts';

/** How the agent of a configuration is reached, whether it runs or not. */
export interface Connection {
  /** `unix:/run/…` or `https://10.0.0.1:7070`. */
  readonly address: string;
  readonly fetch: (request: Request) => Promise<Response>;
}

async function certificateIn(file: string): Promise<string> {
  return await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new AutoDevOpsError('config.invalid', `The certificate ${file} cannot be read (${error.code ?? 'unknown'}).`, 'Correct listen.tls.certificate, or the rights of the file.', { cause: error });
  });
}

/** Finds the way by the configuration alone; its paths are relative to the folder. Throws `config.invalid` where no address can be told. */
export async function connectionOf(configuration: Configuration, folder: string): Promise<Connection> {
  const choice = listenChoice(configuration, folder);
  if (choice.kind === 'socket') return { address: `unix:${choice.path}`, fetch: socketFetch(choice.path) };
  const { host, port, tls } = choice;
  if (port === 0) throw new AutoDevOpsError('config.invalid', 'An agent on port 0 listens somewhere, and nobody finds it.', 'Give listen.port a number from 1 to 65535.');
  const address = `${tls === undefined ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return { address, fetch: tcpFetch({ host, port, ...(tls === undefined ? {} : { certificate: await certificateIn(tls.certificate) }) }) };
}

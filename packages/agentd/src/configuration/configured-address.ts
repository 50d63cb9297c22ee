import { resolve } from 'node:path';
import { refuseBeyondLoopback } from '../http/listen.ts';
import type { ListenAddress } from '../http/listen-address.ts';
import type { Configuration } from './configuration.ts';
import { socketPath } from './socket-path.ts';

/** Where an agent of this configuration listens and is found; its paths are relative to the folder. Throws `config.invalid`. */
export function configuredAddress(configuration: Configuration, folder: string): ListenAddress {
  const { listen } = configuration;
  if (listen.kind === 'socket') return { kind: 'socket', path: socketPath(configuration, folder) };
  const { host, port, tls } = listen;
  const files =
    tls === undefined
      ? undefined
      : {
          certificate: resolve(folder, tls.certificate),
          key: resolve(folder, tls.key),
          clientAuthority: tls.clientAuthority === undefined ? undefined : resolve(folder, tls.clientAuthority),
        };
  const choice: ListenAddress = { kind: 'tcp', host, port, ...(files === undefined ? {} : { tls: files }) };
  refuseBeyondLoopback(choice);
  return choice;
}

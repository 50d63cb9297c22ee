import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { remedy } from '@autodevops/domain/remedy/remedy';
import type { Configuration } from '../configuration/configuration.ts';
import { configuredAddress } from '../configuration/configured-address.ts';
import { socketFetch } from './socket-fetch.ts';
import { tcpFetch } from './tcp-fetch.ts';
import type { ClientCertificate, Trust } from './tcp-fetch.ts';

/** How the agent of a configuration is reached, whether it runs or not. */
export interface Connection {
  /** `unix:/run/…` or `https://10.0.0.1:7070`. */
  readonly address: string;
  readonly fetch: (request: Request) => Promise<Response>;
}

type Client = Configuration['client'];

/** A file's text, if it can be what it has to be. Neither it nor the library's words are told: they may quote a key. */
async function pemIn(file: string, setting: string, check: (text: string) => unknown): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new AutoDevOpsError(
      'config.invalid',
      `${file} cannot be read (${error.code ?? 'unknown'}).`,
      `Correct ${setting}, or the rights of the file.`,
      { cause: error },
    );
  });
  try {
    check(text);
    return text;
  } catch {
    throw new AutoDevOpsError(
      'config.invalid',
      `${file} does not hold what ${setting} has to name.`,
      'Give a file in PEM.',
    );
  }
}

const isCertificate = (text: string): unknown => new X509Certificate(text);

async function shownBy({ certificate, key }: Client, folder: string): Promise<ClientCertificate | undefined> {
  if (certificate === undefined && key === undefined) return undefined;
  if (certificate === undefined || key === undefined) {
    throw new AutoDevOpsError(
      'config.invalid',
      'A client certificate and its key go together.',
      remedy`Give both of client.certificate and client.key (${{ do: 'choose-client-certificate' }}).`,
    );
  }
  const [read, secret] = await Promise.all([
    pemIn(resolve(folder, certificate), 'client.certificate', isCertificate),
    pemIn(resolve(folder, key), 'client.key', createPrivateKey),
  ]);
  if (!new X509Certificate(read).checkPrivateKey(createPrivateKey(secret))) {
    throw new AutoDevOpsError(
      'config.invalid',
      'The client key is not that of the client certificate.',
      'Give the two that belong together.',
    );
  }
  return { certificate: read, key: secret };
}

interface Place {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  /** File of the certificate that the agent shows; undefined where it is elsewhere. */
  readonly certificate: string | undefined;
  /** What it is called where it has an address of its own. */
  readonly calledAs?: string;
}

function placeOf(configuration: Configuration, folder: string): Place | { readonly socket: string } {
  const { address } = configuration.client;
  if (address !== undefined) {
    const { host: calledAs, hostname, port, protocol } = new URL(address);
    const secure = protocol === 'https:';
    return {
      host: hostname.replaceAll(/[[\]]/g, ''),
      port: port === '' ? (secure ? 443 : 80) : Number(port),
      secure,
      certificate: undefined,
      calledAs,
    };
  }
  const choice = configuredAddress(configuration, folder);
  if (choice.kind === 'socket') return { socket: choice.path };
  return {
    host: choice.host,
    port: choice.port,
    secure: choice.tls !== undefined,
    certificate: choice.tls?.certificate,
  };
}

async function trustOf(
  { secure, certificate, host }: Place,
  { authority }: Client,
  folder: string,
): Promise<Trust | undefined> {
  if (!secure) {
    if (!['127.0.0.1', '::1', 'localhost'].includes(host)) {
      throw new AutoDevOpsError(
        'config.invalid',
        `An agent on ${host} is not spoken to without TLS.`,
        'Give client.address with https.',
      );
    }
    return undefined;
  }
  if (authority !== undefined) {
    return { by: 'authority', authority: await pemIn(resolve(folder, authority), 'client.authority', isCertificate) };
  }
  if (certificate !== undefined) {
    return { by: 'certificate', certificate: await pemIn(certificate, 'listen.tls.certificate', isCertificate) };
  }
  throw new AutoDevOpsError(
    'config.invalid',
    'Nothing says by what the agent is to be believed.',
    "Give client.authority (--ca): the certificate of who issued the agent's.",
  );
}

/**
 * Finds the way by the configuration alone; its paths are relative to the folder. Throws `config.invalid` where no
 * address can be told, or a file is not what it has to be.
 */
export async function connectionOf(configuration: Configuration, folder: string): Promise<Connection> {
  const place = placeOf(configuration, folder);
  if ('socket' in place) return { address: `unix:${place.socket}`, fetch: socketFetch(place.socket) };
  const { host, port, secure } = place;
  if (port === 0) {
    throw new AutoDevOpsError(
      'config.invalid',
      'An agent on port 0 listens somewhere, and nobody finds it.',
      'Give listen.port a number from 1 to 65535.',
    );
  }
  const address = `${secure ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const [trust, shown] = await Promise.all([
    trustOf(place, configuration.client, folder),
    shownBy(configuration.client, folder),
  ]);
  return {
    address,
    fetch: tcpFetch({
      host,
      port,
      ...(place.calledAs === undefined ? {} : { calledAs: place.calledAs }),
      ...(trust === undefined ? {} : { trust }),
      ...(shown === undefined ? {} : { shown }),
    }),
  };
}

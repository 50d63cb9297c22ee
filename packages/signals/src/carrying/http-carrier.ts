import { request as httpRequest } from 'node:http';
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { Socket } from 'node:net';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { interrupted } from '@autodevops/domain/interruption';
import type { SignalAnswer, SignalCarrier, SignalRequest } from '@autodevops/domain/ports/signals';
import { readCredentials } from './credential-files.ts';
import type { CredentialFiles, Credentials } from './credential-files.ts';
import { connectionFailure, noAnswer, tooLarge } from './failure.ts';
import { isLinkLocal } from './link-local.ts';

export interface HttpCarrierChoice extends CredentialFiles {
  /** `https://prometheus.example/prefix`; without name and password. */
  readonly url: string;
  /** Sent with every request: the tenant of a Loki, say. */
  readonly headers?: Readonly<Record<string, string>>;
}

interface Received {
  readonly request: ClientRequest;
  readonly response: IncomingMessage;
}

function optionsFor(
  base: URL,
  { method, path, query = [], json }: SignalRequest,
  { authorization, certificate, key, authority }: Credentials,
  headers: HttpCarrierChoice['headers'],
): RequestOptions & { readonly text: string | undefined } {
  const text = json === undefined ? undefined : JSON.stringify(json);
  const search = new URLSearchParams(query.map(([name, value]): [string, string] => [name, value])).toString();
  const bare = base.hostname.replaceAll(/^\[|\]$/g, '');
  return {
    text,
    method,
    agent: false,
    host: bare,
    port: base.port === '' ? (base.protocol === 'https:' ? 443 : 80) : Number(base.port),
    path: `${base.pathname.replace(/\/$/, '')}${path}${search === '' ? '' : `?${search}`}`,
    headers: {
      Accept: 'application/json, image/png;q=0.9',
      'User-Agent': 'autodevops',
      Host: base.host,
      ...headers,
      ...(authorization === undefined ? {} : { Authorization: authorization }),
      ...(text === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }),
    },
    ...(base.protocol === 'https:'
      ? { minVersion: 'TLSv1.2', servername: isIP(bare) === 0 ? bare : '', ca: authority, cert: certificate, key }
      : {}),
  };
}

/** Addresses of a machine's own network (169.254.169.254 gives credentials in clouds) are no monitoring, whatever name leads there. */
function refuseLinkLocal(request: ClientRequest, address: string): void {
  const refuse = (found: string): void => {
    if (isLinkLocal(found)) {
      request.destroy(
        new AutoDevOpsError(
          'signals.refused',
          `${address} leads to ${found}, an address of this machine's own link.`,
          'Name the source by an address that others reach too.',
        ),
      );
    }
  };
  request.on('socket', (socket: Socket) => {
    socket.on('lookup', (_error: unknown, found: unknown) => refuse(String(found)));
  });
}

function sent(
  base: URL,
  request: SignalRequest,
  credentials: Credentials,
  headers: HttpCarrierChoice['headers'],
  signal: AbortSignal,
): Promise<Received> {
  return new Promise((resolve, reject) => {
    const { text, ...options } = optionsFor(base, request, credentials, headers);
    const going = (base.protocol === 'https:' ? httpsRequest : httpRequest)({ ...options, signal });
    refuseLinkLocal(going, base.origin);
    going.on('error', reject);
    going.on('response', (response) => resolve({ request: going, response }));
    going.end(text);
  });
}

async function bodyOf({ request, response }: Received, largest: number, address: string): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > largest) {
      request.destroy();
      throw tooLarge(address, largest);
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** Reaches a source by HTTP. Throws `config.invalid` for an address that is none. */
export function httpCarrier({ url, headers, ...files }: HttpCarrierChoice): SignalCarrier {
  const base = URL.canParse(url) ? new URL(url) : undefined;
  if (
    base === undefined ||
    !/^https?:$/.test(base.protocol) ||
    base.username !== '' ||
    base.password !== '' ||
    base.search !== '' ||
    base.hash !== ''
  ) {
    throw new AutoDevOpsError(
      'config.invalid',
      'The address of a source of signals is not right.',
      'Write https://HOST:PORT/PATH; name and password stand in files.',
    );
  }
  const address = `${base.origin}${base.pathname === '/' ? '' : base.pathname}`;
  return {
    address,
    send: async (request, { signal, deadline }): Promise<SignalAnswer> => {
      if (isLinkLocal(base.hostname.replaceAll(/^\[|\]$/g, ''))) {
        throw new AutoDevOpsError(
          'signals.refused',
          `${address} is an address of this machine's own link.`,
          'Name the source by an address that others reach too.',
        );
      }
      const late = AbortSignal.timeout(Math.max(1, Math.ceil(deadline)));
      try {
        const received = await sent(
          base,
          request,
          await readCredentials(files),
          headers,
          AbortSignal.any([signal, late]),
        );
        const body = await bodyOf(received, request.largest, address);
        return {
          status: received.response.statusCode ?? 0,
          contentType: received.response.headers['content-type'] ?? '',
          body,
        };
      } catch (error) {
        if (error instanceof AutoDevOpsError) throw error;
        if (signal.aborted) throw interrupted();
        throw late.aborted ? noAnswer(address, deadline) : connectionFailure(address, error);
      }
    },
  };
}

import { X509Certificate } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import type { RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { ConnectionOptions, PeerCertificate } from 'node:tls';
import { carriedFetch } from './carried-fetch.ts';

/** By what the agent's own certificate is believed; all PEM. */
export type Trust =
  | { readonly by: 'certificate'; readonly certificate: string }
  | { readonly by: 'authority'; readonly authority: string };

/** What is shown to an agent that wants a certificate of its callers; all PEM. */
export interface ClientCertificate {
  readonly certificate: string;
  readonly key: string;
}

export interface TcpAddress {
  readonly host: string;
  readonly port: number;
  /** Absent: it speaks without TLS. */
  readonly trust?: Trust;
  readonly shown?: ClientCertificate;
  /** What the agent is called in the Host header, where something on the way looks at it; `localhost` when absent. */
  readonly calledAs?: string;
}

/** Where a server that listens on every address is reached on its own machine. */
const everyAddress: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** The very certificate that is given and no other, whoever issued it; or any of that authority in the name of the address. */
function trusting(trust: Trust): ConnectionOptions {
  if (trust.by === 'authority') return { ca: [trust.authority] };
  const { raw } = new X509Certificate(trust.certificate);
  const checkServerIdentity = (_name: string, shown: PeerCertificate): Error | undefined =>
    raw.equals(shown.raw) ? undefined : new Error('The agent shows another certificate than its configuration names.');
  return { ca: [trust.certificate], allowPartialTrustChain: true, checkServerIdentity };
}

/** `fetch` over TCP; with TLS to the agent that is trusted and to no other. Throws what TLS throws for files that are none. */
export function tcpFetch({ host, port, trust, shown, calledAs }: TcpAddress): (request: Request) => Promise<Response> {
  const place: RequestOptions = { host: everyAddress[host] ?? host, port };
  if (trust === undefined) return carriedFetch(httpRequest, place, calledAs);
  // What the Host header says is not the name to look for in the certificate.
  const servername = isIP(host) === 0 ? host : '';
  const own = shown === undefined ? {} : { cert: shown.certificate, key: shown.key };
  return carriedFetch(
    httpsRequest,
    { ...place, servername, minVersion: 'TLSv1.2', ...trusting(trust), ...own },
    calledAs,
  );
}

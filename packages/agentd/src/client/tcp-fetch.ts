import { X509Certificate } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { PeerCertificate } from 'node:tls';
import { carriedFetch } from './carried-fetch.ts';

export interface TcpAddress {
  readonly host: string;
  readonly port: number;
  /** PEM: the very certificate that the agent shows. Absent: it speaks without TLS. */
  readonly certificate?: string;
}

/** Where a server that listens on every address is reached on its own machine. */
const everyAddress: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** `fetch` over TCP. With TLS it speaks to the one certificate that is given and to no other, whoever issued that. */
export function tcpFetch({ host, port, certificate }: TcpAddress): (request: Request) => Promise<Response> {
  const place = { host: everyAddress[host] ?? host, port };
  if (certificate === undefined) return carriedFetch(httpRequest, place);
  const { raw } = new X509Certificate(certificate);
  const checkServerIdentity = (_name: string, shown: PeerCertificate): Error | undefined => (raw.equals(shown.raw) ? undefined : new Error('The agent shows another certificate than its configuration names.'));
  return carriedFetch(httpsRequest, { ...place, ca: [certificate], allowPartialTrustChain: true, minVersion: 'TLSv1.2', checkServerIdentity });
}

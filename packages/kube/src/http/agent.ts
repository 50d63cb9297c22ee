import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isIP } from 'node:net';
import * as tls from 'node:tls';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Credentials } from '../kubeconfig/credentials.ts';
import type { ClusterAccess } from '../kubeconfig/kubeconfig.ts';
import { hostOf } from './proxy/proxy-address.ts';
import { tunnel } from './proxy/tunnel.ts';

const keep = { keepAlive: true, keepAliveMsecs: 15_000, maxFreeSockets: 16, scheduling: 'lifo' as const };

/** The authorities that the machine trusts: without one in the kubeconfig, as kubectl does. */
function systemAuthorities(): { readonly ca?: string[] } {
  if (typeof tls.getCACertificates !== 'function') return {};
  return { ca: [...tls.getCACertificates('default'), ...tls.getCACertificates('system')] };
}

function tlsOptions(access: ClusterAccess, credentials: Credentials): tls.ConnectionOptions {
  // Node takes anything for an authority and then trusts nobody, which would be told as the server's fault.
  if (access.authority !== undefined && !/-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/.test(access.authority)) {
    throw new AutoDevOpsError(
      'kubeconfig.credentials',
      'The certificate authority of the kubeconfig is no certificate (PEM).',
      'Get a new kubeconfig.',
    );
  }
  const host = hostOf(access.server);
  const serverName = access.serverName ?? (isIP(host) === 0 ? host : undefined);
  return {
    ...(access.authority === undefined ? (access.insecure ? {} : systemAuthorities()) : { ca: access.authority }),
    ...(credentials.certificate === undefined ? {} : { cert: credentials.certificate, key: credentials.key }),
    ...(serverName === undefined ? {} : { servername: serverName }),
    rejectUnauthorized: !access.insecure,
  };
}

/** Sends the agent's connections through the proxy; the TLS inside of it, if any, is with the API server. */
function throughProxy(agent: HttpAgent, access: ClusterAccess, secure: tls.ConnectionOptions | undefined): void {
  const { proxy, server } = access;
  if (proxy === undefined) return;
  const host = hostOf(server);
  const port = Number(server.port) || (server.protocol === 'https:' ? 443 : 80);
  agent.createConnection = (_options, callback) => {
    tunnel(proxy, { host, port }).then(
      (socket) => callback?.(null, secure === undefined ? socket : tls.connect({ host, ...secure, socket })),
      (error: unknown) => callback?.(error as Error, undefined as never),
    );
    return undefined;
  };
}

/** An agent that keeps connections to the access's server open. Destroy it when the credentials change. */
export function agentFor(access: ClusterAccess, credentials: Credentials): HttpAgent | HttpsAgent {
  if (access.server.protocol === 'http:') {
    const agent = new HttpAgent(keep);
    throughProxy(agent, access, undefined);
    return agent;
  }
  const secure = tlsOptions(access, credentials);
  const agent = new HttpsAgent({ ...keep, ...secure });
  throughProxy(agent, access, secure);
  return agent;
}

import type { ClusterAccess } from './kubeconfig.ts';

/** Access to an API server that asks for no credentials: the replay server, or `kubectl proxy`. */
export function plainAccess(name: string, url: string): ClusterAccess {
  const access: ClusterAccess = {
    name,
    server: new URL(url),
    namespace: 'default',
    authority: undefined,
    serverName: undefined,
    insecure: false,
    proxy: undefined,
    headers: {},
    credentials: async () => ({
      kind: 'none',
      authorization: undefined,
      certificate: undefined,
      key: undefined,
      expiresAt: undefined,
    }),
    renew: async () => access,
  };
  return access;
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from './environment.ts';
import { emptyUser } from './kubeconfig-file.ts';
import type { ClusterEntry } from './kubeconfig-file.ts';
import type { MergedKubeconfig } from './merged-kubeconfig.ts';

/** What the access of a pod's ServiceAccount is called, as a context would be. */
export const inClusterName = 'in-cluster';

async function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  );
}

/** The kubeconfig that a pod's service account amounts to; undefined outside of a cluster. */
export async function inClusterKubeconfig(environment: Environment): Promise<MergedKubeconfig | undefined> {
  const host = environment.variables['KUBERNETES_SERVICE_HOST'];
  const port = environment.variables['KUBERNETES_SERVICE_PORT'] ?? '443';
  const folder = environment.serviceAccountFolder;
  if (host === undefined || host === '' || (await textOf(join(folder, 'token'))) === undefined) return undefined;
  const name = inClusterName;
  const entry: ClusterEntry = {
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    'certificate-authority': 'ca.crt',
    'certificate-authority-data': '',
    'insecure-skip-tls-verify': false,
    'tls-server-name': '',
    'proxy-url': '',
    extensions: [],
  };
  const namespace = environment.variables['POD_NAMESPACE'] || (await textOf(join(folder, 'namespace'))) || 'default';
  return {
    files: [],
    currentContext: name,
    clusters: new Map([[name, { entry, folder }]]),
    users: new Map([[name, { entry: { ...emptyUser, tokenFile: 'token' }, folder }]]),
    contexts: new Map([[name, { cluster: name, user: name, namespace }]]),
  };
}

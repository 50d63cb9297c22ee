import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What a kubeconfig says of a cluster. */
interface ClusterFields {
  readonly server: string;
  readonly 'certificate-authority-data'?: string;
}

/** Writes a kubeconfig (JSON, which is YAML) with these contexts by their addresses; the first is the current one where none is named. */
export function writeContexts(
  file: string,
  contexts: Readonly<Record<string, string | ClusterFields>>,
  current = Object.keys(contexts)[0],
): void {
  const names = Object.keys(contexts);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    JSON.stringify(
      {
        apiVersion: 'v1',
        kind: 'Config',
        clusters: Object.entries(contexts).map(([name, cluster]) => ({
          name,
          cluster: typeof cluster === 'string' ? { server: cluster } : cluster,
        })),
        users: names.map((name) => ({ name, user: {} })),
        contexts: names.map((name) => ({ name, context: { cluster: name, user: name } })),
        'current-context': current,
      },
      undefined,
      2,
    ),
    { mode: 0o600 },
  );
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes a kubeconfig (JSON, which is YAML) with these contexts by their addresses; the first is the current one. */
export function writeContexts(file: string, contexts: Readonly<Record<string, string>>): void {
  const names = Object.keys(contexts);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    JSON.stringify(
      {
        apiVersion: 'v1',
        kind: 'Config',
        clusters: Object.entries(contexts).map(([name, server]) => ({ name, cluster: { server } })),
        users: names.map((name) => ({ name, user: {} })),
        contexts: names.map((name) => ({ name, context: { cluster: name, user: name } })),
        'current-context': names[0],
      },
      undefined,
      2,
    ),
    { mode: 0o600 },
  );
}

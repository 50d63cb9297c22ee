import { kindNames } from '@autodevops/domain/kubernetes/kinds';
import type { ContainerLog, Snapshot } from '@autodevops/domain/snapshot';
import { fileURLToPath } from 'node:url';
import { openBundle } from './bundle-reader.ts';
import type { OpenOptions } from './bundle-reader.ts';

/** Options for reads that nobody stops. */
export function unstopped(): { signal: AbortSignal } {
  return { signal: new AbortController().signal };
}

export function fixture(name: string): string {
  return fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
}

/** The whole of a bundle as one snapshot, and its logs by `namespace/pod/container[/previous]`. */
export async function openWhole(
  path: string,
  options: OpenOptions = {},
): Promise<{ snapshot: Snapshot; log: (key: string, tailLines?: number) => Promise<ContainerLog | undefined> }> {
  const reader = await openBundle(path, options);
  const snapshot = await reader.snapshot({ kinds: kindNames, custom: true }, unstopped());
  return {
    snapshot,
    log: async (key, tailLines = 1000) => {
      const [namespace = '', pod = '', container = '', which] = key.split('/');
      const request = { namespace, pod, container, previous: which === 'previous', tailLines, limitBytes: 2 ** 20 };
      return (await reader.logs([request], unstopped()))[0];
    },
  };
}

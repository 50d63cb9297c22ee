import type { CustomResourceDefinition } from '@autodevops/domain/kubernetes/cluster';
import type { KubeClient } from '../http/client.ts';
import { customResources } from '../reader/custom/custom-resources.ts';
import { discover } from '../reader/discovery/discovery.ts';
import type { Discovery, ServedResource } from '../reader/discovery/discovery.ts';
import type { KindRead } from '../reader/lists/kind-read.ts';

interface CustomFinderOptions {
  readonly client: Pick<KubeClient, 'json'>;
  readonly definitions: () => KindRead | undefined;
  readonly now: () => number;
  /** How often discovery is asked at most, in milliseconds. */
  readonly every: number;
  readonly signal: AbortSignal;
}

/**
 * Which custom resources there are now: as the definitions say that are watched anyway, else as discovery says. Those of
 * the last time where neither says it. Never throws.
 */
export function customFinder({
  client,
  definitions,
  now,
  every,
  signal,
}: CustomFinderOptions): () => Promise<readonly ServedResource[]> {
  let asking: Promise<Discovery | undefined> = Promise.resolve(undefined);
  let due = Number.NEGATIVE_INFINITY;
  const defined = (): readonly ServedResource[] | undefined => {
    const read = definitions();
    if (read?.coverage !== 'full') return undefined;
    return customResources(undefined, read.objects as readonly CustomResourceDefinition[]);
  };
  return async () => {
    const known = defined();
    if (known !== undefined) return known;
    if (now() >= due) {
      due = now() + every;
      const before = asking;
      asking = discover(client, signal)
        .catch(() => undefined)
        .then(async (found) => found ?? before);
    }
    const discovery = await asking;
    // The definitions may have come meanwhile: what is older must not be told after them.
    const since = defined();
    if (since !== undefined) return since;
    return discovery?.resources === undefined ? [] : customResources(discovery, []);
  };
}

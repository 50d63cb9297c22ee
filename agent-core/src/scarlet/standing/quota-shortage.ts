import { kinds } from '@autodevops/domain/kubernetes/kinds';
import { parseQuantity } from '@autodevops/domain/quantity';
import { formatAmount } from '../../reading/scheduling/pod-request.ts';
import type { Live } from '../action.ts';

/** More of what a quota counts, by its name there: `limits.memory` in bytes, `requests.cpu` in cores, `pods`. */
export type Growth = ReadonlyMap<string, number>;

function unitOf(resource: string): string {
  const bare = resource.replace(/^(requests|limits)\./, '');
  return bare.endsWith('requests.storage') ? 'storage' : bare;
}

/**
 * What quotas of the namespace leave too little of, one sentence each. Quotas with scopes are not counted: whether they
 * hold depends on the pods; the server's dry run shows.
 */
export async function quotaShortages(namespace: string, growth: Growth, live: Live): Promise<readonly string[]> {
  const quotas = await live.cluster.list(
    { apiVersion: 'v1', kind: 'ResourceQuota', namespace },
    { signal: live.signal },
  );
  return quotas
    .map((raw) => kinds.ResourceQuota.shape.read(raw))
    .flatMap(({ metadata, spec, status }) => {
      if (spec.scopes.length > 0 || (spec.scopeSelector ?? undefined) !== undefined) return [];
      return Object.entries(spec.hard).flatMap(([resource, hard]) => {
        const more = growth.get(resource) ?? 0;
        const room = (parseQuantity(hard) ?? Infinity) - (parseQuantity(status.used[resource]) ?? 0);
        if (more <= 0 || more <= room * (1 + 1e-9)) return [];
        const text = (amount: number): string => formatAmount(unitOf(resource), amount);
        return [
          `ResourceQuota ${namespace}/${metadata.name} leaves ${text(Math.max(0, room))} of ${resource}, and ${text(more)} more is needed.`,
        ];
      });
    });
}

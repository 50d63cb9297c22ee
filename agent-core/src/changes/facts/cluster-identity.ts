import type { Plan } from '@autodevops/domain/change/plan';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ErrorCode } from '@autodevops/domain/errors';
import type { ClusterView } from '@autodevops/domain/ports/cluster-objects';

/** Made with the cluster, and there as long as it (https://opentelemetry.io/docs/specs/semconv/resource/k8s/#cluster). */
const lasting = { apiVersion: 'v1', kind: 'Namespace', namespace: '', name: 'kube-system' };
/** What says that it may not be read. Anything else may pass, and is thrown. */
const unreadable: readonly ErrorCode[] = ['cluster.forbidden', 'cluster.not-found'];

/** Which cluster this is, whatever its context or address is called: one that was made anew is another. Undefined where that cannot be read. */
export async function clusterIdentity(view: ClusterView, signal: AbortSignal): Promise<string | undefined> {
  try {
    const uid = (await view.get(lasting, { signal }))?.metadata['uid'];
    return typeof uid === 'string' ? uid : undefined;
  } catch (error) {
    if (error instanceof AutoDevOpsError && unreadable.includes(error.code)) return undefined;
    throw error;
  }
}

/** Says that a plan was made for another cluster than the one that answers now; undefined when it was made for this one. */
export async function otherCluster(
  { cluster }: Pick<Plan, 'cluster'>,
  view: ClusterView,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (cluster === undefined) return undefined;
  const now = await clusterIdentity(view, signal);
  if (now === cluster) return undefined;
  return now === undefined
    ? 'Whether this is the cluster that it was planned for can no longer be told.'
    : 'It was planned for another cluster than the one that answers now under the same name.';
}

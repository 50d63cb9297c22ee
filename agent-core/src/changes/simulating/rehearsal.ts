import type { ClusterOperation, Manifest, PatchStep } from '@autodevops/domain/change/operation';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { refKey, refText } from '@autodevops/domain/object-ref';
import type { ClusterObjects, ClusterView, ObjectName, SendOptions } from '@autodevops/domain/ports/cluster-objects';
import type { BeforeAfter } from '../facts/before-after.ts';
import { manifestKey, objectNameOf } from '../facts/touch.ts';

type Options = Omit<SendOptions, 'dryRun'>;

interface Rehearsed {
  readonly name: ObjectName;
  readonly before: Manifest | undefined;
  readonly after: Manifest | undefined;
  /** Everything that was patched so far: nothing of a dry run is kept, so the next one has to bring it along. */
  readonly steps: readonly PatchStep[];
}

/**
 * Operations sent one after another as dry runs. Its view shows the objects as they would be by then, so that the
 * second action of a plan is planned on top of the first, and two that are harmless alone are seen together. What would
 * be gone still stands in lists, and what would be made does not: where its pods run by then nobody knows.
 */
export interface Rehearsal {
  readonly view: ClusterView;
  /** What stood in the way for now and may pass; undefined when it would be done. Throws what the server refuses. */
  rehearse(operation: ClusterOperation): Promise<string | undefined>;
  changes(): readonly BeforeAfter[];
}

/** Of the Scale subresource only the number of replicas belongs to the object itself. */
function scaled(before: Manifest, scale: Manifest | undefined): Manifest {
  const replicas = (scale?.['spec'] as { replicas?: unknown } | undefined)?.replicas ?? 0;
  return { ...before, spec: { ...(before['spec'] as object | undefined), replicas } };
}

function asSeen(after: Manifest | undefined, before: Manifest | undefined): Manifest | undefined {
  if (after === undefined || before === undefined) return after;
  const { uid, resourceVersion } = before.metadata;
  return { ...after, metadata: { ...after.metadata, uid, resourceVersion } };
}

async function dryRun(
  cluster: ClusterObjects,
  operation: ClusterOperation,
  earlier: Rehearsed,
  options: Options,
): Promise<Rehearsed> {
  const send = async (wanted: ClusterOperation): Promise<Manifest | undefined> =>
    await cluster.send(wanted, { ...options, dryRun: true });
  if (operation.verb === 'patch' && operation.subresource === 'scale' && earlier.after !== undefined) {
    return { ...earlier, after: scaled(earlier.after, await send(operation)) };
  }
  const steps = operation.verb === 'patch' ? [...earlier.steps, ...operation.steps] : earlier.steps;
  const answer = await send(operation.verb === 'patch' ? { ...operation, steps: [...steps] } : operation);
  const after = operation.verb === 'evict' || operation.verb === 'delete' ? undefined : asSeen(answer, earlier.before);
  return { ...earlier, after, steps };
}

export function startRehearsal(cluster: ClusterObjects, options: Options): Rehearsal {
  const seen = new Map<string, Rehearsed>();
  const get = async (name: ObjectName, { signal }: { readonly signal: AbortSignal }): Promise<Manifest | undefined> => {
    const known = seen.get(refKey(name));
    return known === undefined ? await cluster.get(name, { signal }) : known.after;
  };
  const known = async (name: ObjectName): Promise<Rehearsed> => {
    const before = seen.get(refKey(name));
    if (before !== undefined) return before;
    const live = await cluster.get(name, options);
    return { name, before: live, after: live, steps: [] };
  };
  return {
    view: {
      source: cluster.source,
      get,
      list: async (request, bounded) =>
        (await cluster.list(request, bounded)).map((object) => seen.get(manifestKey(object))?.after ?? object),
    },
    rehearse: async (operation) => {
      const name = objectNameOf(operation);
      const earlier = await known(name);
      try {
        seen.set(refKey(name), await dryRun(cluster, operation, earlier, options));
        return undefined;
      } catch (error) {
        if (!(error instanceof AutoDevOpsError) || error.code !== 'cluster.disruption-budget') throw error;
        seen.set(refKey(name), { ...earlier, after: undefined });
        return `A PodDisruptionBudget does not let ${refText(name)} go at this moment: it is waited for.`;
      }
    },
    changes: () =>
      [...seen.values()].map(({ name, before, after }) => ({
        object: { ...name, uid: String(before?.metadata['uid'] ?? '') },
        before,
        after,
      })),
  };
}

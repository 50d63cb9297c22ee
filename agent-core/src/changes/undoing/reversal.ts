import { canonicalJson } from '@autodevops/domain/canonical-json';
import { isOutside, madeByThisChange } from '@autodevops/domain/change/operation';
import type { ClusterOperation, Manifest, Operation } from '@autodevops/domain/change/operation';
import type { PlannedAction } from '@autodevops/domain/change/plan';
import { refKey, refText } from '@autodevops/domain/object-ref';
import type { ObjectName } from '@autodevops/domain/ports/cluster-objects';
import type { Live } from '../../scarlet/action.ts';
import { formerApply } from '../../scarlet/patches/former-apply.ts';
import { refuse } from '../../scarlet/refusal.ts';
import { reversePatch } from '../../scarlet/patches/reverse-patch.ts';
import { readinessOf } from '../execution/readiness.ts';
import type { Readiness } from '../execution/readiness.ts';
import { objectNameOf } from '../facts/touch.ts';
import type { Recorded } from '../journal/journal.ts';
import { revealed } from '../withheld/revealed.ts';

/** An operation that is still to be sent, with what takes it back in turn: undefined where nothing does. */
export interface Reversal {
  readonly operation: ClusterOperation;
  readonly back: ClusterOperation | undefined;
  readonly live: Manifest | undefined;
}

/** As it was made, without what the server adds. */
function anew({ status: _status, ...object }: Manifest): Manifest {
  const { name, namespace, labels, annotations } = object.metadata;
  return {
    ...object,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(labels === undefined ? {} : { labels }),
      ...(annotations === undefined ? {} : { annotations }),
    },
  };
}

/** The manifest that the action applied to this object; undefined where it did no such thing. */
function appliedBy({ operations }: PlannedAction, name: ObjectName): Manifest | undefined {
  return operations
    .flatMap((operation) =>
      operation.verb === 'apply' && refKey(objectNameOf(operation)) === refKey(name) ? [operation.object] : [],
    )
    .at(-1);
}

/** What does it again. A Job that was made anew would run once more. */
function backOf(
  operation: ClusterOperation,
  live: Manifest | undefined,
  past: PlannedAction,
): ClusterOperation | undefined {
  if (operation.verb === 'patch' && live !== undefined) return reversePatch(operation, live);
  const manifest =
    operation.verb === 'apply' && live !== undefined ? appliedBy(past, objectNameOf(operation)) : undefined;
  if (manifest !== undefined && live !== undefined) return formerApply(manifest, live);
  if (operation.verb === 'create' || operation.verb === 'apply') {
    return {
      verb: 'delete',
      target: { ...objectNameOf(operation), uid: madeByThisChange, resourceVersion: madeByThisChange },
      propagation: 'Background',
    };
  }
  return live === undefined || live.kind === 'Job' ? undefined : { verb: 'create', object: anew(live) };
}

function asCluster(operation: Operation): ClusterOperation {
  return isOutside(operation)
    ? refuse(
        'What was done outside of the cluster is not taken back from here.',
        'Close the Git change where it is reviewed; make the silence anew in Alertmanager.',
      )
    : operation;
}

function same(a: Manifest, b: Manifest): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

/** Whether an apply is taken back: every field that this sets has its value, and those that it gives up are gone. */
function isFormer(operation: ClusterOperation, object: Manifest | undefined, past: PlannedAction): boolean {
  if (operation.verb !== 'apply' || object === undefined) return false;
  const wanted = operation.object;
  const left = formerApply(appliedBy(past, objectNameOf(operation)) ?? wanted, object).object;
  return same(formerApply(wanted, object).object, wanted) && same(formerApply(wanted, left).object, left);
}

/** Whether an undo operation of a past action is done, can be sent, or must not be, by the object as it is now. */
export async function readyNow(
  undo: Operation,
  past: PlannedAction,
  { change, events }: Recorded,
  live: Live,
): Promise<{ readonly ready: Readiness; readonly object: Manifest | undefined }> {
  const whole = await revealed(
    asCluster(undo),
    async (name, bounded) => await live.cluster.get(name, bounded),
    live.signal,
  );
  if ('says' in whole) return refuse(whole.says, 'Change it by an action of its own.');
  const { operation } = whole;
  const object = await live.cluster.get(objectNameOf(operation), { signal: live.signal });
  if (isFormer(operation, object, past)) {
    return { ready: { kind: 'done', says: `${refText(objectNameOf(operation))} is as it was before.` }, object };
  }
  const planned = past.request.target;
  return { ready: readinessOf(operation, object, { direction: 'back', changeId: change.id, events, planned }), object };
}

/** What is still to be sent to take a past action back. Throws `change.refused` where somebody has changed the object since. */
export async function reversals(past: PlannedAction, recorded: Recorded, live: Live): Promise<readonly Reversal[]> {
  const found: Reversal[] = [];
  for (const operation of past.undo.operations) {
    const { ready, object } = await readyNow(operation, past, recorded, live);
    if (ready.kind === 'stop') {
      return refuse(ready.says, 'Look at what was changed since, and change it by an action of its own.');
    }
    if (ready.kind === 'ready') {
      found.push({ operation: ready.operation, back: backOf(ready.operation, object, past), live: object });
    }
  }
  return found;
}

import { changeAnnotation } from '@autodevops/domain/change/field-manager';
import type { ChangeEvent, StepId } from '@autodevops/domain/change/change';
import { madeByThisChange } from '@autodevops/domain/change/operation';
import type { ClusterOperation, Manifest, PatchStep, Target } from '@autodevops/domain/change/operation';
import { refKey, refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { targetOf } from '@autodevops/domain/ports/cluster-objects';
import { patchShows, testsHold, untestedSettings } from '../undoing/recovery.ts';
import { fieldAt } from '../../scarlet/patches/field-patch.ts';
import { objectNameOf } from '../facts/touch.ts';
import { createdObject } from '../journal/steps.ts';

/** What is to be done about a step, now that the object has been looked at. */
export type Readiness =
  | { readonly kind: 'ready'; readonly operation: ClusterOperation; readonly target?: Target }
  /** It is so already, so there is nothing to send. */
  | { readonly kind: 'done'; readonly says: string }
  /** It must not be sent. */
  | { readonly kind: 'stop'; readonly says: string };

interface Circumstances {
  readonly direction: StepId['direction'];
  readonly changeId: string;
  readonly events: readonly ChangeEvent[];
  /** It was begun before. What a process that died had sent may arrive after somebody looked and found it not done. */
  readonly begunBefore?: boolean;
  /** What the action was planned for: with an empty uid where nothing had the name. An apply names no object by itself. */
  readonly planned?: ObjectRef;
}

type OperationOf<Verb extends ClusterOperation['verb']> = Extract<ClusterOperation, { verb: Verb }>;

/** `add` of a field that is there replaces it without a word (RFC 6902, 4.1). */
function overwrites(steps: readonly PatchStep[], live: Manifest): boolean {
  return untestedSettings(steps, live).some(({ op }) => op === 'add');
}

function readyPatch(
  operation: OperationOf<'patch'>,
  live: Manifest | undefined,
  { direction, begunBefore = false }: Circumstances,
): Readiness {
  const name = refText(operation.target);
  if (live === undefined || live.metadata['uid'] !== operation.target.uid) {
    const says = live === undefined ? `${name} is gone.` : `${name} was deleted and made anew.`;
    return direction === 'back' ? { kind: 'done', says } : { kind: 'stop', says };
  }
  if ((direction === 'back' || begunBefore) && patchShows(operation.steps, live) === 'all') {
    return {
      kind: 'done',
      says: direction === 'back' ? `${name} is as it was before.` : `${name} shows what was set.`,
    };
  }
  if (!testsHold(operation.steps, live) || overwrites(operation.steps, live)) {
    return { kind: 'stop', says: `${name} was changed by somebody else meanwhile.` };
  }
  const target = targetOf(live);
  return { kind: 'ready', operation: { ...operation, target }, target };
}

function isOurs(live: Manifest, changeId: string): boolean {
  return fieldAt(live, ['metadata', 'annotations', changeAnnotation]) === changeId;
}

function readyCreate(
  operation: OperationOf<'create'>,
  live: Manifest | undefined,
  { direction, changeId }: Circumstances,
): Readiness {
  if (live === undefined) return { kind: 'ready', operation };
  const says = `${refText(objectNameOf(operation))} is there already`;
  if (isOurs(live, changeId) || direction === 'back') return { kind: 'done', says: `${says}.` };
  return { kind: 'stop', says: `${says}, and this change did not make it.` };
}

/** Why an apply would not meet what it was planned for; undefined where it does. */
function meetsAnother(
  operation: OperationOf<'apply'>,
  live: Manifest | undefined,
  { changeId, planned }: Circumstances,
): string | undefined {
  const object = objectNameOf(operation);
  if (planned === undefined || refKey(planned) !== refKey(object)) return undefined;
  const name = refText(object);
  if (live === undefined) return planned.uid === '' ? undefined : `${name} is gone.`;
  if (planned.uid !== '') {
    return live.metadata['uid'] === planned.uid ? undefined : `${name} was deleted and made anew.`;
  }
  return isOurs(live, changeId) ? undefined : `${name} is there now, and this change did not make it.`;
}

/** An apply makes what is not there, and takes whatever bears the name. What takes one back sets fields of what was there. */
function readyApply(
  operation: OperationOf<'apply'>,
  live: Manifest | undefined,
  circumstances: Circumstances,
): Readiness {
  const back = circumstances.direction === 'back';
  if (live === undefined && back) return { kind: 'done', says: `${refText(objectNameOf(operation))} is gone.` };
  const says = meetsAnother(operation, live, circumstances);
  if (says !== undefined) return { kind: back ? 'done' : 'stop', says };
  return { kind: 'ready', operation, ...(live === undefined ? {} : { target: targetOf(live) }) };
}

function readyRemoval(
  operation: OperationOf<'delete' | 'evict'>,
  live: Manifest | undefined,
  { events }: Circumstances,
): Readiness {
  const own = operation.target.uid === madeByThisChange;
  const uid = own ? createdObject(events, operation.target)?.uid : operation.target.uid;
  if (uid === undefined) return { kind: 'done', says: `${refText(operation.target)} was never made.` };
  if (live === undefined || live.metadata['uid'] !== uid) {
    return { kind: 'done', says: `${refText(operation.target)} is gone.` };
  }
  if (typeof live.metadata['deletionTimestamp'] === 'string') {
    return { kind: 'done', says: `${refText(operation.target)} is going.` };
  }
  const target = targetOf(live);
  return { kind: 'ready', operation: { ...operation, target }, target };
}

/** An operation made ready for the object as it is: with its resourceVersion, if it still is what was agreed to. */
export function readinessOf(
  operation: ClusterOperation,
  live: Manifest | undefined,
  circumstances: Circumstances,
): Readiness {
  switch (operation.verb) {
    case 'patch':
      return readyPatch(operation, live, circumstances);
    case 'create':
      return readyCreate(operation, live, circumstances);
    case 'apply':
      return readyApply(operation, live, circumstances);
    case 'delete':
    case 'evict':
      return readyRemoval(operation, live, circumstances);
  }
}

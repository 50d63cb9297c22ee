import { changeAnnotation } from '@autodevops/domain/change/field-manager';
import { canonicalJson } from '@autodevops/domain/canonical-json';
import type { StepOutcome } from '@autodevops/domain/change/change';
import type { ClusterOperation, Manifest, PatchStep, Target } from '@autodevops/domain/change/operation';
import type { z } from 'zod';
import { refText } from '@autodevops/domain/object-ref';
import { isRecord } from '@autodevops/domain/raw-record';
import { fieldAt } from '../../scarlet/patches/field-patch.ts';
import type { FieldPath } from '../../scarlet/patches/field-patch.ts';
import { applied, patched } from '../../scarlet/patches/shown-values.ts';

/** What a look at the cluster says about a step of which it is not known whether it was done. */
export interface Found {
  readonly outcome: StepOutcome;
  readonly says: string;
}

type Patch = Extract<ClusterOperation, { verb: 'patch' }>;

/** The keys of a JSON pointer. */
export function pathOf(pointer: string): FieldPath {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function holds({ path, value }: Extract<PatchStep, { op: 'test' }>, live: Manifest): boolean {
  return canonicalJson(fieldAt(live, pathOf(path)) ?? null) === canonicalJson(value);
}

/** Whether every test of a patch holds on an object. */
export function testsHold(steps: readonly PatchStep[], live: Manifest): boolean {
  return steps.every((step) => step.op !== 'test' || holds(step, live));
}

/** Steps that set a field which holds something now, and of which no test says what it held before. */
export function untestedSettings(steps: readonly PatchStep[], live: Manifest): readonly PatchStep[] {
  const tested = new Set(steps.flatMap((step) => (step.op === 'test' ? [step.path] : [])));
  return steps.filter((step) => {
    if ((step.op !== 'add' && step.op !== 'replace') || tested.has(step.path)) return false;
    const path = pathOf(step.path);
    return !Array.isArray(fieldAt(live, path.slice(0, -1))) && fieldAt(live, path) !== undefined;
  });
}

function testOf(path: string, steps: readonly PatchStep[]): z.core.util.JSONType | undefined {
  const found = steps.find((step) => step.op === 'test' && step.path === path);
  return found?.op === 'test' ? found.value : undefined;
}

function isStill(now: unknown, before: z.core.util.JSONType | undefined): boolean {
  return before !== undefined && now !== undefined && canonicalJson(now) === canonicalJson(before);
}

/** Whether one step's effect is there; undefined for a test, which has none. */
function effectShows(step: PatchStep, steps: readonly PatchStep[], live: Manifest): boolean | undefined {
  if (step.op === 'test') return undefined;
  const path = pathOf(step.path);
  const now = fieldAt(live, path);
  const before = testOf(step.path, steps);
  if (step.op === 'remove') {
    // In a list the next entry moves up, so another value at the place means that ours is gone.
    return (
      now === undefined ||
      (before !== undefined && Array.isArray(fieldAt(live, path.slice(0, -1))) && !isStill(now, before))
    );
  }
  if (isStill(now, before) && !isStill(now, step.value)) return false;
  const list = path.at(-1) === '-' ? fieldAt(live, path.slice(0, -1)) : undefined;
  return list === undefined
    ? patched(now, step.value)
    : Array.isArray(list) && list.some((item) => patched(item, step.value));
}

/** Whether an object shows everything that a patch sets, or nothing of it. */
export function patchShows(steps: readonly PatchStep[], live: Manifest): 'all' | 'nothing' | 'some' {
  const effects = steps.flatMap((step) => effectShows(step, steps, live) ?? []);
  return effects.every(Boolean) ? 'all' : effects.some(Boolean) ? 'some' : 'nothing';
}

function afterPatch({ target, steps }: Patch, seen: Target, live: Manifest | undefined): Found {
  const name = refText(target);
  if (live === undefined) {
    return { outcome: 'unknown', says: `${name} is gone, so it cannot be told whether it was changed before.` };
  }
  if (live.metadata['uid'] !== target.uid) {
    return {
      outcome: 'unknown',
      says: `${name} was made anew, so it cannot be told whether the one before was changed.`,
    };
  }
  const effects = patchShows(steps, live);
  if (effects === 'all') return { outcome: 'done', says: `${name} shows what was set.` };
  if (live.metadata['resourceVersion'] === seen.resourceVersion) {
    return { outcome: 'not-done', says: `${name} has not changed since it was seen.` };
  }
  if (effects === 'nothing' && testsHold(steps, live) && untestedSettings(steps, live).length === 0) {
    return { outcome: 'not-done', says: `${name} shows what it showed before.` };
  }
  return { outcome: 'unknown', says: `${name} was changed since and shows neither what it was nor what was set.` };
}

function isOurs(live: Manifest, changeId: string): boolean {
  return isRecord(live.metadata['annotations']) && live.metadata['annotations'][changeAnnotation] === changeId;
}

/** Something that is removed by itself once it has run may have been there. */
function mayHaveVanished(object: Manifest): boolean {
  return fieldAt(object, ['spec', 'ttlSecondsAfterFinished']) !== undefined;
}

function afterCreate(object: Manifest, live: Manifest | undefined, changeId: string): Found {
  const name = refText({ kind: object.kind, namespace: object.metadata.namespace ?? '', name: object.metadata.name });
  if (live === undefined) {
    return mayHaveVanished(object)
      ? {
          outcome: 'unknown',
          says: `${name} is not there; it removes itself when it has finished, so it may have been.`,
        }
      : { outcome: 'not-done', says: `${name} is not there.` };
  }
  return isOurs(live, changeId)
    ? { outcome: 'done', says: `${name} was made by this change.` }
    : { outcome: 'unknown', says: `${name} is there, but this change did not make it.` };
}

function afterApply(object: Manifest, seen: Target | undefined, live: Manifest | undefined, changeId: string): Found {
  const name = refText({ kind: object.kind, namespace: object.metadata.namespace ?? '', name: object.metadata.name });
  if (live === undefined) {
    return seen === undefined
      ? { outcome: 'not-done', says: `${name} is not there.` }
      : { outcome: 'unknown', says: `${name} is gone.` };
  }
  const { resourceVersion: _version, managedFields: _owners, uid: _uid, ...metadata } = object.metadata;
  if (isOurs(live, changeId) && applied(live, { ...object, metadata })) {
    return { outcome: 'done', says: `${name} shows what was applied.` };
  }
  if (seen !== undefined && live.metadata['resourceVersion'] === seen.resourceVersion) {
    return { outcome: 'not-done', says: `${name} has not changed since it was seen.` };
  }
  return { outcome: 'unknown', says: `${name} shows something else than what was applied.` };
}

function afterRemoval(target: Target, live: Manifest | undefined): Found {
  const name = refText(target);
  if (live === undefined || live.metadata['uid'] !== target.uid) return { outcome: 'done', says: `${name} is gone.` };
  if (typeof live.metadata['deletionTimestamp'] === 'string') return { outcome: 'done', says: `${name} is going.` };
  return { outcome: 'not-done', says: `${name} is still there.` };
}

/**
 * Whether an operation was done, from what the object shows. `seen` is what was recorded just before sending. `not-done`
 * is said only where sending once more cannot do it twice; where that cannot be told it is `unknown`.
 */
export function lookedAt(
  operation: ClusterOperation,
  seen: Target | undefined,
  live: Manifest | undefined,
  changeId: string,
): Found {
  switch (operation.verb) {
    case 'patch':
      return afterPatch(operation, seen ?? operation.target, live);
    case 'create':
      return afterCreate(operation.object, live, changeId);
    case 'apply':
      return afterApply(operation.object, seen, live, changeId);
    case 'delete':
    case 'evict':
      return afterRemoval(seen ?? operation.target, live);
  }
}

import { isDeepStrictEqual } from 'node:util';
import type { RawMetadata, RawObject } from '../recording.ts';
import { badRequest } from '../serving/status.ts';
import { immutableFields } from './immutable-fields.ts';
import { ownersAfterUpdate, withOwners } from './managed-fields.ts';
import { checkObject } from './object-checks.ts';
import { keepsStatusApart } from './status-subresource.ts';
import { keep } from './write-scope.ts';
import type { WriteScope } from './write-scope.ts';
import { conflict, invalid, notAllowed, unreadablePatch } from './write-status.ts';

/** Metadata that only the server writes. */
const serverOwned = [
  'uid',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'generation',
  'selfLink',
  'resourceVersion',
] as const;

function withServerOwned(metadata: RawMetadata, before: RawMetadata): RawMetadata {
  const given = Object.entries(metadata).filter(([name]) => !serverOwned.some((owned) => owned === name));
  return {
    ...Object.fromEntries(given),
    ...Object.fromEntries(serverOwned.filter((name) => before[name] !== undefined).map((name) => [name, before[name]])),
    name: metadata.name,
  };
}

function checkIdentity({ resource }: WriteScope, before: RawObject, after: RawObject): void {
  const what = { ...resource, name: before.metadata.name };
  if (after.kind !== before.kind || after.apiVersion !== before.apiVersion) {
    throw unreadablePatch(
      after,
      `unable to decode ${after.apiVersion}, Kind=${after.kind} into ${before.apiVersion}, Kind=${before.kind}`,
    );
  }
  if (after.metadata.name !== before.metadata.name) {
    throw badRequest(
      `the name of the object (${after.metadata.name}) does not match the name on the URL (${before.metadata.name})`,
    );
  }
  if ((after.metadata.namespace ?? '') !== (before.metadata.namespace ?? '')) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  const { uid, resourceVersion } = after.metadata;
  if (uid !== undefined && uid !== '' && uid !== before.metadata['uid']) {
    throw invalid(what, [
      {
        reason: 'FieldValueInvalid',
        field: 'metadata.uid',
        message: `Invalid value: "${String(uid)}": field is immutable`,
      },
    ]);
  }
  if (resourceVersion !== undefined && resourceVersion !== '' && resourceVersion !== before.metadata.resourceVersion) {
    throw conflict(what, 'the object has been modified; please apply your changes to the latest version and try again');
  }
}

/** All that a writer can change. */
function contentOf({ metadata, ...rest }: RawObject): object {
  return {
    ...rest,
    metadata: Object.fromEntries(
      Object.entries(metadata).filter(
        ([name, value]) =>
          value !== undefined && name !== 'managedFields' && !serverOwned.some((owned) => owned === name),
      ),
    ),
  };
}

function withoutMetadata({ metadata: _metadata, status: _status, ...rest }: RawObject): object {
  return rest;
}

/** What counts as wanting something else; of a Deployment its annotations too (registry/apps/deployment/strategy.go). */
function wantedOf(object: RawObject): unknown {
  const isDeployment = object.kind === 'Deployment' && object.apiVersion.startsWith('apps/');
  return [withoutMetadata(object), isDeployment ? (object.metadata['annotations'] ?? {}) : undefined];
}

function withGeneration(before: RawObject, after: RawObject): RawObject {
  const generation = before.metadata['generation'];
  if (typeof generation !== 'number' || isDeepStrictEqual(wantedOf(before), wantedOf(after))) return after;
  return { ...after, metadata: { ...after.metadata, generation: generation + 1 } };
}

function finalizersOf({ metadata }: RawObject): readonly unknown[] {
  return Array.isArray(metadata['finalizers']) ? metadata['finalizers'] : [];
}

/** What is being deleted goes with its last finalizer, unless a grace period still runs. */
function isOver(object: RawObject): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds } = object.metadata;
  return (
    deletionTimestamp !== undefined && finalizersOf(object).length === 0 && !(Number(deletionGracePeriodSeconds) > 0)
  );
}

function checkFinalizers({ resource }: WriteScope, before: RawObject, after: RawObject): void {
  if (before.metadata['deletionTimestamp'] === undefined) return;
  const added = finalizersOf(after).filter((one) => !finalizersOf(before).includes(one));
  if (added.length > 0) {
    throw notAllowed(
      { ...resource, name: before.metadata.name },
      `metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers ${JSON.stringify(added)}`,
    );
  }
}

/**
 * Puts a changed object in the place of the one before: what only the server writes stays, rules are checked, the
 * generation rises with the spec, and nothing at all happens when nothing differs. `applied` says that the owners of
 * fields are worked out already.
 */
export function updateObject(scope: WriteScope, before: RawObject, proposed: RawObject, applied = false): RawObject {
  checkIdentity(scope, before, proposed);
  const { status: _status, ...withoutStatus } = proposed;
  const apart = keepsStatusApart(scope.store, scope.resource);
  const ownStatus = 'status' in before ? { status: before['status'] } : {};
  const kept: RawObject = {
    ...(apart ? { ...withoutStatus, ...ownStatus } : proposed),
    apiVersion: before.apiVersion,
    kind: before.kind,
    metadata: withServerOwned(proposed.metadata, before.metadata),
  };
  checkFinalizers(scope, before, kept);
  checkObject(kept, scope.resource, {
    more: immutableFields(scope.resource, before, kept),
    unreadable: unreadablePatch,
  });
  const owned = applied ? kept : withOwners(kept, ownersAfterUpdate(before, kept, scope.writer));
  const sameOwners = !applied || isDeepStrictEqual(owned.metadata['managedFields'], before.metadata['managedFields']);
  if (sameOwners && isDeepStrictEqual(contentOf(before), contentOf(owned))) return before;
  const after = withGeneration(before, owned);
  return keep(scope, isOver(after) ? 'DELETED' : 'MODIFIED', after);
}

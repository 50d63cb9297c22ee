import { joinApiVersion } from '@autodevops/domain/kubernetes/api-version';
import { asRawObject } from '../recording.ts';
import type { RawObject } from '../recording.ts';
import { badRequest } from '../serving/status.ts';
import { applyJsonPatch } from './json-patch.ts';
import { ownersOf } from './managed-fields.ts';
import { applyMergePatch } from './merge-patch.ts';
import { createObject, objectOf } from './object-create.ts';
import { updateObject } from './object-update.ts';
import { scaleOf, withScale } from './scale-view.ts';
import { applyServerSide } from './server-side-apply.ts';
import { applyStrategicPatch } from './strategic-patch.ts';
import { readJson, readYaml } from './write-options.ts';
import { existing } from './write-scope.ts';
import type { WriteScope } from './write-scope.ts';
import { conflict, unknownPatch, unreadablePatch, unsupportedPatch } from './write-status.ts';

export const applyType = 'application/apply-patch+yaml';

type Patch = (value: unknown, patch: unknown) => unknown;

const patches: Readonly<Record<string, Patch>> = {
  'application/json-patch+json': applyJsonPatch,
  'application/merge-patch+json': applyMergePatch,
  'application/strategic-merge-patch+json': applyStrategicPatch,
};
const strategic = 'application/strategic-merge-patch+json';

export interface PatchRequest {
  readonly name: string;
  /** Of the path. */
  readonly version: string;
  readonly mediaType: string;
  readonly body: string;
  readonly force: boolean;
}

function patchFor({ resource }: WriteScope, mediaType: string): Patch {
  const patch =
    resource.custom && mediaType === strategic
      ? undefined
      : Object.hasOwn(patches, mediaType)
        ? patches[mediaType]
        : undefined;
  if (patch !== undefined) return patch;
  if (mediaType !== strategic) throw unknownPatch();
  throw unsupportedPatch([...Object.keys(patches).filter((type) => !resource.custom || type !== strategic), applyType]);
}

/** As the API gives it at that version, and back as it was recorded. */
function atVersion(object: RawObject, scope: WriteScope, version: string): RawObject {
  return { ...object, apiVersion: joinApiVersion(scope.resource.group, version) };
}

function asObject(value: unknown): RawObject {
  try {
    return asRawObject(value);
  } catch (error) {
    throw unreadablePatch(value, error instanceof Error ? error.message : '');
  }
}

/** Patches one object. Throws the Status 400, 403, 404, 409, 415 or 422. */
export function patchObject(scope: WriteScope, request: PatchRequest): RawObject {
  const patch = patchFor(scope, request.mediaType);
  const before = existing(scope, request.name);
  const shown = atVersion(before, scope, request.version);
  const after = asObject(patch(shown, readJson(request.body)));
  if (after.apiVersion !== shown.apiVersion) {
    throw unreadablePatch(after, `unable to decode ${after.apiVersion} into ${shown.apiVersion}`);
  }
  return updateObject(scope, before, { ...after, apiVersion: before.apiVersion });
}

/** Patches the scale of one object and answers with its Scale. */
export function patchScale(scope: WriteScope, request: PatchRequest): RawObject {
  const patch = patchFor(scope, request.mediaType);
  const { store, resource } = scope;
  const object = existing(scope, request.name);
  const scale = patch(scaleOf(store, resource, object), readJson(request.body));
  return scaleOf(store, resource, updateObject(scope, object, withScale(store, resource, { object, scale })));
}

/** Applies an object; makes it when there is none. */
export function applyObject(
  scope: WriteScope,
  request: PatchRequest,
): { readonly object: RawObject; readonly created: boolean } {
  const { resource, store, namespace, writer } = scope;
  const applied = objectOf(readYaml(request.body), scope, request.version);
  const { name, managedFields, uid } = applied.metadata;
  if (managedFields !== undefined && managedFields !== null) throw badRequest('metadata.managedFields must be nil');
  if (name !== '' && name !== request.name) {
    throw badRequest(`the name of the object (${name}) does not match the name on the URL (${request.name})`);
  }
  const wanted = { ...applied, metadata: { ...applied.metadata, name: request.name } };
  const before = store.get(resource, namespace, request.name);
  if (before === undefined) {
    if (uid !== undefined) {
      throw conflict(
        { ...resource, name: request.name },
        `uid mismatch: the provided object specified uid ${String(uid)}, and no existing object was found`,
      );
    }
    const { resourceVersion: _none, ...metadata } = wanted.metadata;
    return {
      object: createObject(scope, { ...wanted, metadata: { ...metadata, name: request.name } }, () =>
        applyServerSide(undefined, { applied: wanted, writer, force: request.force }),
      ),
      created: true,
    };
  }
  const merged = applyServerSide(before, {
    applied: { ...wanted, apiVersion: before.apiVersion },
    writer,
    force: request.force,
  });
  // The server's own account of owners is kept when nothing was said that was not so before.
  const owners =
    ownersOf(merged).length === 0
      ? { ...merged, metadata: { ...merged.metadata, managedFields: before.metadata['managedFields'] } }
      : merged;
  return { object: updateObject(scope, before, owners, true), created: false };
}

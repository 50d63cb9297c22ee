import type { Answer } from '../serving/answer.ts';
import { json } from '../serving/answer.ts';
import { representObject } from '../resources/represent.ts';
import type { Resource } from '../resources/resource.ts';
import type { ResourceRoute } from '../serving/route.ts';
import { methodNotAllowed, noSuchResource, unsupportedMediaType } from '../serving/status.ts';
import { createObject, objectOf, withKind } from './object-create.ts';
import { deleteObject, readDeleteOptions } from './object-delete.ts';
import { applyObject, applyType, patchObject, patchScale } from './object-patch.ts';
import { evictPod } from './pod-eviction.ts';
import { hasScale } from './scale-view.ts';
import { readJson, readWriteOptions } from './write-options.ts';
import type { WriteScope } from './write-scope.ts';

/** One request that changes something, read from the wire. */
export interface WriteCall {
  readonly route: ResourceRoute;
  readonly method: string;
  readonly query: URLSearchParams;
  readonly mediaType: string;
  readonly userAgent: string;
  readonly body: string;
}

interface Setting extends Pick<WriteScope, 'store'> {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The verb that rights are given for; undefined for a method that is not served. */
export function verbOf({
  method,
  route,
}: Pick<WriteCall, 'method' | 'route'>): 'create' | 'patch' | 'delete' | undefined {
  if (method === 'POST') return route.name === undefined || route.subresource !== undefined ? 'create' : undefined;
  if (route.name === undefined) return undefined;
  return method === 'PATCH' ? 'patch' : method === 'DELETE' && route.subresource === undefined ? 'delete' : undefined;
}

const optionKinds: Readonly<Record<string, string>> = {
  POST: 'CreateOptions',
  PATCH: 'PatchOptions',
  DELETE: 'DeleteOptions',
};

function scopeOf(setting: Setting, resource: Resource, call: WriteCall): WriteScope & { readonly force: boolean } {
  const { dryRun, fieldManager, force } = readWriteOptions(call.query, {
    kind: optionKinds[call.method] ?? '',
    applies: call.mediaType === applyType,
    userAgent: call.userAgent,
  });
  const time = new Date(setting.now()).toISOString().replace(/\.\d+Z$/, 'Z');
  return {
    store: setting.store,
    resource,
    namespace: call.route.namespace,
    dryRun,
    writer: { manager: fieldManager, subresource: call.route.subresource ?? '', time },
    force,
  };
}

function deleteAnswer(scope: WriteScope, name: string, call: WriteCall): Answer {
  // A body speaks for the whole; without one the query does.
  const propagation = call.query.get('propagationPolicy');
  const options =
    call.body === '' ? (propagation === null ? undefined : { propagationPolicy: propagation }) : readJson(call.body);
  return json(deleteObject(scope, name, readDeleteOptions(options)));
}

function patchAnswer(scope: WriteScope & { readonly force: boolean }, name: string, call: WriteCall): Answer {
  const { version, subresource } = call.route;
  const as = { resource: scope.resource, version, transformation: undefined };
  const request = { name, version, mediaType: call.mediaType, body: call.body, force: scope.force };
  if (subresource === 'scale') return json(patchScale(scope, request));
  if (subresource !== undefined) throw noSuchResource();
  if (call.mediaType !== applyType) return json(representObject(patchObject(scope, request), as));
  const { object, created } = applyObject(scope, request);
  return json(representObject(object, as), created ? 201 : 200);
}

function createAnswer(scope: WriteScope, call: WriteCall): Answer {
  const { version, name, subresource } = call.route;
  if (call.mediaType !== 'application/json') throw unsupportedMediaType();
  const body = readJson(call.body);
  if (name === undefined) {
    return json(
      representObject(createObject(scope, objectOf(withKind(body, scope, version), scope, version)), {
        resource: scope.resource,
        version,
        transformation: undefined,
      }),
      201,
    );
  }
  if (subresource !== 'eviction' || scope.resource.group !== '' || scope.resource.plural !== 'pods') {
    throw noSuchResource();
  }
  return json(evictPod(scope, name, body), 201);
}

/**
 * Changes the recorded cluster as the API server would: create, patch (JSON, merge, strategic as far as it is sound),
 * server-side apply, delete, evict and scale, each dry too. No controller acts on it, nothing is defaulted, and what
 * only the types of a kind know is not validated.
 */
export function writeAnswer(setting: Setting, resource: Resource, call: WriteCall): Answer {
  const { name, subresource } = call.route;
  if (subresource === 'scale' && !hasScale(setting.store, resource)) throw noSuchResource();
  const scope = scopeOf(setting, resource, call);
  if (call.method === 'POST') return createAnswer(scope, call);
  if (name === undefined) throw methodNotAllowed();
  return call.method === 'PATCH' ? patchAnswer(scope, name, call) : deleteAnswer(scope, name, call);
}

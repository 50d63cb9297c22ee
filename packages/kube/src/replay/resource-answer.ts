import { negotiate } from './resources/accept.ts';
import type { Allow } from './reviews/access-review.ts';
import type { Answer } from './serving/answer.ts';
import { json, pageNotFound } from './serving/answer.ts';
import type { ListPages } from './list-pages.ts';
import type { ObjectStore } from './object-store.ts';
import { podLog, readLogOptions } from './logs/pod-log.ts';
import { flagOf, wholeNumberOf } from './serving/query.ts';
import type { RecordedLog } from './recording.ts';
import { representList, representObject } from './resources/represent.ts';
import type { Resource } from './resources/resource.ts';
import type { ResourceRoute } from './serving/route.ts';
import { selectionOf } from './selecting/selection.ts';
import {
  badRequest,
  failure,
  forbidden,
  invalidOption,
  methodNotAllowed,
  noSuchResource,
  notFound,
  StatusError,
  tooLargeVersion,
} from './serving/status.ts';
import { watchStream } from './watching/watch-stream.ts';
import { hasScale, scaleOf } from './writes/scale-view.ts';
import { verbOf, writeAnswer } from './writes/write-answer.ts';
import type { WriteCall } from './writes/write-answer.ts';

/** What requests for resources are answered from. */
export interface ReplayState {
  readonly store: ObjectStore;
  readonly pages: ListPages;
  readonly logs: readonly RecordedLog[];
  /** Whether changes are taken. */
  readonly writable: boolean;
  readonly allow: Allow;
  /** Who messages say the client is. */
  readonly user: string;
  readonly bookmarkIntervalMs: number;
  readonly watchTimeoutMs: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface ResourceRequest extends WriteCall {
  readonly accept: string | undefined;
  /** Whom the client acts as. */
  readonly user: string;
}

function verbAsked(request: ResourceRequest): string {
  const { route, query, method } = request;
  if (method === 'GET') return route.name !== undefined ? 'get' : flagOf(query, 'watch') ? 'watch' : 'list';
  const verb = verbOf(request);
  if (verb === undefined) throw methodNotAllowed();
  return verb;
}

function checkRights(state: ReplayState, request: ResourceRequest): void {
  const { route, user } = request;
  const { plural, subresource, namespace } = route;
  const verb = verbAsked(request);
  if (state.allow(subresource === undefined ? plural : `${plural}/${subresource}`, verb, namespace, user)) return;
  throw forbidden({
    group: route.group,
    plural,
    user,
    verb,
    ...(route.name === undefined ? {} : { name: route.name }),
    ...(subresource === undefined ? {} : { subresource }),
    ...(namespace === undefined ? {} : { namespace }),
  });
}

/** The resource, when the path fits its scope. */
function resourceAt({ store }: ReplayState, route: ResourceRoute): Resource {
  const resource = store.catalog.find(route.group, route.version, route.plural);
  if (resource === undefined) throw noSuchResource();
  const inNamespace = route.namespace !== undefined;
  const fits = resource.namespaced ? inNamespace || route.name === undefined : !inNamespace;
  if (!fits) throw noSuchResource();
  return resource;
}

function getAnswer(state: ReplayState, request: ResourceRequest, resource: Resource): Answer {
  const { route, query, accept } = request;
  const name = route.name ?? '';
  const isLog = route.subresource === 'log' && resource.plural === 'pods' && resource.group === '';
  const isScale = route.subresource === 'scale' && state.writable && hasScale(state.store, resource);
  if (route.subresource !== undefined && !isLog && !isScale) throw noSuchResource();
  const reading = { logs: state.logs, query, now: state.now() };
  if (isLog) readLogOptions(reading, name);
  const transformation = isLog
    ? undefined
    : negotiate(accept, { transformations: ['PartialObjectMetadata'], ofList: false });
  const object = state.store.get(resource, route.namespace, name);
  if (object === undefined) throw notFound({ group: resource.group, plural: resource.plural, name });
  if (isScale) return json(scaleOf(state.store, resource, object));
  return isLog
    ? podLog(object, reading)
    : json(representObject(object, { resource, version: route.version, transformation }));
}

/** The version that a list or a watch starts from; undefined for none and for `0`, which is any. */
function versionOf(query: URLSearchParams, ofWatch: boolean): number | undefined {
  const value = query.get('resourceVersion') ?? '';
  if (value === '' || value === '0') return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  const message = `resourceVersion: Invalid value: "${value}": strconv.ParseUint: parsing "${value}": invalid syntax`;
  throw ofWatch ? new StatusError(failure({ code: 500, message })) : badRequest(`invalid resource version: ${message}`);
}

function listAnswer(state: ReplayState, request: ResourceRequest, resource: Resource): Answer {
  const { route, query, accept } = request;
  const transformation = negotiate(accept, { transformations: ['PartialObjectMetadataList'], ofList: true });
  const limit = wholeNumberOf(query, 'limit');
  const token = query.get('continue') ?? '';
  const version = versionOf(query, false);
  if (token !== '' && version !== undefined) {
    throw badRequest('specifying resource version is not allowed when using continue');
  }
  if (version !== undefined && version > state.store.version) throw tooLargeVersion(version, state.store.version);
  const selection = selectionOf(query, resource);
  const { objects, metadata } = state.pages.page({
    resource,
    namespace: route.namespace,
    selection,
    limit,
    token: token === '' ? undefined : token,
  });
  return json(representList(objects, metadata, { resource, version: route.version, transformation }));
}

function watchAnswer(state: ReplayState, request: ResourceRequest, resource: Resource): Answer {
  const { route, query, accept } = request;
  // Clients of metadata ask for the object or the list; both mean the objects in the events.
  const transformation = negotiate(accept, {
    transformations: ['PartialObjectMetadata', 'PartialObjectMetadataList'],
    ofList: true,
  });
  const initial = flagOf(query, 'sendInitialEvents');
  if (initial && query.get('resourceVersionMatch') !== 'NotOlderThan') {
    const message = 'Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan';
    throw invalidOption({ name: '', kind: 'ListOptions', group: 'meta.k8s.io' }, 'resourceVersionMatch', {
      reason: 'FieldValueForbidden',
      message,
    });
  }
  const seconds = wholeNumberOf(query, 'timeoutSeconds');
  return watchStream(state.store, {
    as: { resource, version: route.version, transformation },
    namespace: route.namespace,
    selection: selectionOf(query, resource),
    from: initial ? undefined : versionOf(query, true),
    bookmarks: flagOf(query, 'allowWatchBookmarks'),
    timeoutMs: seconds === undefined || seconds <= 0 ? state.watchTimeoutMs : Math.min(seconds * 1000, 2 ** 31 - 1),
    bookmarkIntervalMs: state.bookmarkIntervalMs,
  });
}

/**
 * Answers get, list, watch and log, and changes where they are taken. Throws a Status for what is forbidden, absent, wrong
 * or not served.
 */
export function resourceAnswer(state: ReplayState, request: ResourceRequest): Answer {
  const { method } = request;
  if (method !== 'GET' && !state.writable) throw methodNotAllowed();
  checkRights(state, request);
  if (!state.store.catalog.hasGroup(request.route.group)) return pageNotFound();
  const resource = resourceAt(state, request.route);
  if (method !== 'GET') return writeAnswer(state, resource, request);
  if (request.route.name !== undefined) return getAnswer(state, request, resource);
  return flagOf(request.query, 'watch') ? watchAnswer(state, request, resource) : listAnswer(state, request, resource);
}

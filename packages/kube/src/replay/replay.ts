import { accessReview, allowReading, allowWriting, reviewResources, rulesReview } from './reviews/access-review.ts';
import type { Allow } from './reviews/access-review.ts';
import type { Answer } from './serving/answer.ts';
import { statusAnswer } from './serving/answer.ts';
import { servedGroups } from './resources/discovery.ts';
import { documentAnswer } from './resources/documents.ts';
import { ListPages } from './list-pages.ts';
import { newestStamp } from './logs/log-text.ts';
import { ObjectStore } from './object-store.ts';
import type { Recording } from './recording.ts';
import { resourceAnswer } from './resource-answer.ts';
import type { ReplayState } from './resource-answer.ts';
import { parseResourceRoute, segmentsOf } from './serving/route.ts';
import { selfReview } from './reviews/self-review.ts';
import {
  badRequest,
  failure,
  forbidden,
  methodNotAllowed,
  StatusError,
  unsupportedMediaType,
} from './serving/status.ts';
import { hasScale } from './writes/scale-view.ts';

/** How the recorded cluster behaves, whichever way it is asked. */
export interface ReplayBehaviour {
  /** True: changes are taken, and kept in memory. Otherwise every one is answered with 405. */
  readonly writable?: boolean;
  /** Rights: what is not allowed is answered with 403. Everything that is served is allowed when absent. */
  readonly allow?: Allow;
  /** Who the messages of a 403 say the client is. */
  readonly user?: string;
  /** Milliseconds between bookmarks; a minute when absent. */
  readonly bookmarkIntervalMs?: number;
  /** How long a watch without `timeoutSeconds` lasts, in milliseconds; half an hour when absent. */
  readonly watchTimeoutMs?: number;
  /** How many changes are held for watches that start in the past; 1000 when absent. */
  readonly watchWindow?: number;
  /** How long a list can be continued, in milliseconds; five minutes when absent. */
  readonly continueMs?: number;
  /** False: discovery in the old form only. */
  readonly aggregatedDiscovery?: boolean;
  /** "Now" for `sinceSeconds` of logs and for what is made, in milliseconds since the epoch; the newest line of the recording when absent. */
  readonly now?: () => number;
}

export interface ReplayRequest {
  readonly method: string;
  /** Without parameters. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: () => Promise<string>;
}

export interface Replay {
  readonly store: ObjectStore;
  /** Never throws: what goes wrong is a Status. */
  answer(request: ReplayRequest): Promise<Answer>;
}

interface Setting {
  readonly state: ReplayState;
  readonly behaviour: ReplayBehaviour;
  readonly serverVersion: string;
}

function header(request: ReplayRequest, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}

function mediaTypeOf(request: ReplayRequest): string {
  return (header(request, 'content-type').split(';')[0] ?? '').trim().toLowerCase();
}

/** Whom the client acts as. Groups are taken and mean nothing here. */
function userOf({ state }: Setting, request: ReplayRequest): string {
  const as = header(request, 'impersonate-user');
  if (as === '' && header(request, 'impersonate-group') !== '') {
    throw badRequest('requested [{Group }] without impersonating a user');
  }
  if (as === '') return state.user;
  if (state.allow('users', 'impersonate', undefined, state.user)) return as;
  throw forbidden({ group: '', plural: 'users', name: as, user: state.user, verb: 'impersonate' });
}

async function reviewAnswer({ state }: Setting, plural: string, request: ReplayRequest, user: string): Promise<Answer> {
  if (request.method !== 'POST') throw methodNotAllowed();
  if (!['', 'application/json'].includes(mediaTypeOf(request))) throw unsupportedMediaType();
  const body = await request.body();
  if (plural === 'selfsubjectreviews') return selfReview(user);
  const asker = { allow: state.allow, user };
  return plural === 'selfsubjectaccessreviews'
    ? accessReview(body, asker)
    : rulesReview(body, asker, state.store.catalog.all);
}

async function answerOf(setting: Setting, request: ReplayRequest): Promise<Answer> {
  const { state, behaviour, serverVersion } = setting;
  const { query, method } = request;
  const accept = header(request, 'accept') || undefined;
  const segments = segmentsOf(request.path);
  const route = parseResourceRoute(segments);
  const user = userOf(setting, request);
  if (route === undefined) {
    if (method !== 'GET') throw methodNotAllowed();
    const groups = servedGroups(
      state.store.catalog.all,
      state.writable ? { hasScale: (resource) => hasScale(state.store, resource) } : undefined,
    );
    return documentAnswer({
      segments,
      accept,
      groups,
      address: header(request, 'host'),
      serverVersion,
      aggregated: behaviour.aggregatedDiscovery !== false,
    });
  }
  const review = reviewResources.find(
    (item) => item.group === route.group && item.plural === route.plural && item.versions.includes(route.version),
  );
  if (review !== undefined) return await reviewAnswer(setting, review.plural, request, user);
  const body = method === 'GET' || !state.writable ? '' : await request.body();
  return resourceAnswer(state, {
    route,
    method,
    query,
    accept,
    user,
    mediaType: mediaTypeOf(request),
    userAgent: header(request, 'user-agent'),
    body,
  });
}

function answerOfError(error: unknown): Answer {
  if (error instanceof StatusError) return statusAnswer(error.status);
  const message = `Internal error occurred: ${error instanceof Error ? error.message : String(error)}`;
  return statusAnswer(failure({ code: 500, message, reason: 'InternalError' }));
}

/** A recorded cluster that can be asked. Throws a TypeError when a recorded object is no API object. */
export function replayOf(recording: Recording, behaviour: ReplayBehaviour): Replay {
  const store = new ObjectStore(recording.objects, behaviour.watchWindow ?? 1000);
  const recordedEnd = newestStamp(recording.logs.map((log) => log.text));
  const writable = behaviour.writable === true;
  const allow = behaviour.allow ?? (() => true);
  const possible: Allow = writable
    ? (resource, verb) => verb === 'impersonate' || allowWriting(resource, verb, undefined, '')
    : allowReading;
  const state: ReplayState = {
    store,
    pages: new ListPages(store, behaviour.continueMs ?? 300_000),
    logs: recording.logs,
    writable,
    allow: (...asked) => possible(...asked) && allow(...asked),
    user: behaviour.user ?? 'system:serviceaccount:default:replay',
    bookmarkIntervalMs: behaviour.bookmarkIntervalMs ?? 60_000,
    watchTimeoutMs: behaviour.watchTimeoutMs ?? 1_800_000,
    now: behaviour.now ?? (() => recordedEnd ?? Date.now()),
  };
  const setting: Setting = { state, behaviour, serverVersion: recording.serverVersion ?? '' };
  return {
    store,
    answer: (request) =>
      Promise.resolve()
        .then(() => answerOf(setting, request))
        .catch(answerOfError),
  };
}

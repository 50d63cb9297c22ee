import { createHash } from 'node:crypto';
import { isRecord } from '@autodevops/domain/raw-record';
import type { ObjectStore } from './object-store.ts';
import type { RawObject } from './recording.ts';
import type { ListMetadata } from './resources/represent.ts';
import type { Resource } from './resources/resource.ts';
import type { Selection } from './selecting/selection.ts';
import { badRequest, tooOldToContinue } from './serving/status.ts';

type Entry = readonly [key: string, object: RawObject];

export interface ListRequest {
  readonly resource: Resource;
  readonly namespace: string | undefined;
  readonly selection: Selection;
  /** Absent or 0: everything. */
  readonly limit: number | undefined;
  /** The `continue` of the page before. */
  readonly token: string | undefined;
}

interface Token {
  /** The version of the list; -1 goes on with the list as it is now. */
  readonly version: number;
  /** The key from which the next page starts. */
  readonly start: string;
  /** Which list it belongs to. */
  readonly list: string;
}

interface Page {
  readonly objects: readonly RawObject[];
  readonly metadata: ListMetadata;
}

function encodeToken({ version, start, list }: Token): string {
  return Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: version, start, list })).toString('base64url');
}

function decodeToken(text: string, list: string): Token {
  let token: unknown;
  try {
    token = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch (error) {
    throw badRequest(
      `invalid continue token: continue key is not valid: ${error instanceof Error ? error.message : ''}`,
    );
  }
  if (!isRecord(token) || typeof token['rv'] !== 'number' || typeof token['start'] !== 'string') {
    throw badRequest('invalid continue token: continue key is not valid');
  }
  if (token['list'] !== list) throw badRequest('invalid continue token: it belongs to another list');
  return { version: token['rv'], start: token['start'], list };
}

function identityOf({ resource, namespace, selection }: ListRequest): string {
  const parts = [resource.group, resource.plural, namespace ?? null, selection.text];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 12);
}

const keptLists = 64;

/** Lists in pages. Pages of one list show one moment, for as long as the list is held. */
export class ListPages {
  readonly #store: ObjectStore;
  readonly #holdMs: number;
  readonly #held = new Map<string, { readonly entries: readonly Entry[]; readonly since: number }>();

  /** `holdMs` is how long a list that was begun can be continued. */
  constructor(store: ObjectStore, holdMs: number) {
    this.#store = store;
    this.#holdMs = holdMs;
  }

  /** Throws the Status 400 for a token that is none or of another list, 410 for one whose list is no longer held. */
  page(request: ListRequest): Page {
    const list = identityOf(request);
    const token = request.token === undefined ? undefined : decodeToken(request.token, list);
    const version = token === undefined || token.version < 0 ? this.#store.version : token.version;
    const key = `${list}@${version}`;
    const entries = version === token?.version ? this.#resume(key, token) : this.#entries(request);
    const rest = token === undefined ? entries : entries.filter(([at]) => at >= token.start);
    const limit = request.limit !== undefined && request.limit > 0 ? request.limit : rest.length;
    const shown = rest.slice(0, limit);
    const last = shown.at(-1);
    if (rest.length === shown.length || last === undefined) {
      return { objects: rest.map(([, object]) => object), metadata: { resourceVersion: String(version) } };
    }
    this.#hold(key, entries);
    const next = encodeToken({ version, start: `${last[0]}\u0000`, list });
    const remaining = request.selection.text === '' ? { remainingItemCount: rest.length - shown.length } : {};
    return {
      objects: shown.map(([, object]) => object),
      metadata: { resourceVersion: String(version), continue: next, ...remaining },
    };
  }

  #entries({ resource, namespace, selection }: ListRequest): readonly Entry[] {
    return this.#store.list(resource, namespace).filter(([, object]) => selection.matches(object));
  }

  #resume(key: string, token: Token): readonly Entry[] {
    const held = this.#held.get(key);
    if (held !== undefined && performance.now() - held.since <= this.#holdMs) return held.entries;
    this.#held.delete(key);
    throw tooOldToContinue(encodeToken({ ...token, version: -1 }));
  }

  #hold(key: string, entries: readonly Entry[]): void {
    if (!this.#held.has(key)) this.#held.set(key, { entries, since: performance.now() });
    for (const oldest of [...this.#held.keys()].slice(0, -keptLists)) this.#held.delete(oldest);
  }
}

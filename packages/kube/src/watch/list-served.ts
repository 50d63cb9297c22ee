import { badAnswer } from '../http/failure.ts';
import { httpStatusOf } from '../http/status-failure.ts';
import type { ListSource } from '../reader/lists/list-source.ts';
import type { ParsedObject } from '../json/parsed-object.ts';
import { readPages } from '../reader/lists/list-pages.ts';
import type { Entries, KindStore } from './kind-store.ts';
import type { Surroundings } from './surroundings.ts';
import type { Watched } from './watched.ts';

/** What one reflector keeps in step. */
export interface Target {
  readonly watched: Watched;
  /** Which of its lists. */
  readonly part: number;
  /** Undefined: everywhere. */
  readonly namespace: string | undefined;
}

export interface ListServedOrder {
  readonly target: Target;
  /** The version of the API that is tried first. */
  readonly apiVersion: string;
  readonly whole: boolean;
  readonly store: KindStore;
  readonly shared: Surroundings;
  readonly signal: AbortSignal;
  readonly onProof: () => void;
}

export interface Listed {
  readonly apiVersion: string;
  readonly entries: Entries;
  /** How many objects came, those included that were not kept. */
  readonly seen: number;
  /** Where to watch from. */
  readonly resourceVersion: string;
}

export function sourceIn({ watched, part }: Target, apiVersion: string): ListSource {
  const source = watched.sources(apiVersion)[part];
  if (source === undefined) throw new RangeError(`${watched.kind} has no part ${part}`);
  return source;
}

async function listIn(apiVersion: string, order: ListServedOrder): Promise<Listed> {
  const { target, whole, store, shared, signal, onProof } = order;
  const { client, timing, turns } = shared;
  const { watched, namespace } = target;
  const source = sourceIn(target, apiVersion);
  const { parser, read } = shared.sharing.ofList(watched.kind, source);
  const entries: Entries = new Map();
  const letGo = shared.sharing.memory.hold(() => entries.values());
  let seen = 0;
  const onItem = (parsed: ParsedObject): void => {
    seen += 1;
    store.stage(entries, read(parsed, store.get(parsed)));
    onProof();
  };
  const deadlines = { header: timing.header, idle: timing.idle, total: 300_000 };
  // A list that is refused is asked for again by whoever orders it.
  const { resourceVersion } = await readPages({
    client,
    source,
    namespace,
    whole,
    signal,
    turns,
    parser,
    onItem,
    deadlines,
    patience: 0,
  }).finally(letGo);
  if (resourceVersion === '') throw badAnswer(client.access, `sends a list of ${source.plural} without its version`);
  return { apiVersion, entries, seen, resourceVersion };
}

/** Reads the list in the first version of the API that is served. Throws `AutoDevOpsError`s. */
export async function listServed(order: ListServedOrder): Promise<Listed> {
  const [first = order.apiVersion, ...others] = new Set([order.apiVersion, ...order.target.watched.versions]);
  let tried = listIn(first, order);
  for (const other of others) {
    tried = tried.catch((error: unknown) => {
      if (httpStatusOf(error) !== 404) throw error;
      return listIn(other, order);
    });
  }
  return tried;
}

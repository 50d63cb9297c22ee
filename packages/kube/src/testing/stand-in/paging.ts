import { randomBytes } from 'node:crypto';
import { badRequest, expired } from './api-status.ts';
import type { ObjectStore } from './object-store.ts';
import type { RawObject } from './raw-object.ts';
import { representList } from './representation.ts';
import { matcherFor } from './selector.ts';
import type { Resource } from './resource.ts';

interface Rest {
  readonly items: readonly RawObject[];
  readonly version: number;
  readonly selected: boolean;
}

export interface ListCall {
  readonly resource: Resource;
  readonly namespace: string | undefined;
  readonly parameters: URLSearchParams;
  readonly partial: boolean;
}

const mostTokens = 200;

/** Lists in pages. A page that follows shows the same moment as the first; a token that is not known is expired. */
export interface Pager {
  readonly list: (call: ListCall) => Record<string, unknown>;
  /** Forgets every token: the next page answers 410. */
  readonly expire: () => void;
}

function positive(text: string | null, name: string): number {
  if (text === null || text === '') return 0;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw badRequest(`invalid ${name}: ${text}`);
  return value;
}

export function createPager(store: ObjectStore): Pager {
  const tokens = new Map<string, Rest>();
  const remember = (rest: Rest): string => {
    const token = randomBytes(18).toString('base64url');
    tokens.set(token, rest);
    const first = tokens.keys().next().value;
    if (tokens.size > mostTokens && first !== undefined) tokens.delete(first);
    return token;
  };
  const begin = ({ resource, namespace, parameters }: ListCall): Rest => {
    const matches = matcherFor(parameters, resource);
    const items = store.list(resource).filter((object) => (namespace === undefined || object.metadata.namespace === namespace) && matches(object));
    return { items, version: store.version(), selected: parameters.has('labelSelector') || parameters.has('fieldSelector') };
  };
  const goOn = (token: string): Rest => {
    const rest = tokens.get(token);
    if (rest === undefined) throw expired();
    return rest;
  };
  return {
    list: (call) => {
      const token = call.parameters.get('continue') ?? '';
      const rest = token === '' ? begin(call) : goOn(token);
      const limit = positive(call.parameters.get('limit'), 'limit') || rest.items.length;
      const left = rest.items.slice(limit);
      const next = left.length === 0 ? undefined : remember({ ...rest, items: left });
      const remaining = left.length === 0 || rest.selected ? undefined : left.length;
      return representList({ items: rest.items.slice(0, limit), version: rest.version, next, remaining }, call.resource, call.partial);
    },
    expire: () => tokens.clear(),
  };
}

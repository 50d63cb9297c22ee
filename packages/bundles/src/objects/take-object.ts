import { isRecord } from '@autodevops/domain/raw-record';
import type { RawRecord } from '@autodevops/domain/raw-record';
import type { Place } from './place.ts';
import { listAt, recordAt, textAt } from './record-fields.ts';
import type { Reading } from './reading.ts';
import type { Stored } from './object-store.ts';
import { resolveKind } from './resolve-kind.ts';
import { addTo, noteList } from './seen.ts';

/** What an object is taken for when it does not say so itself. */
export interface Assumed {
  readonly kind: string;
  readonly apiVersion: string;
}

export const nothingAssumed: Assumed = { kind: '', apiVersion: '' };

const watchTypes = new Set(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']);

function noteStored(reading: Reading, stored: Stored): void {
  const { kind, namespace, live } = stored;
  if (namespace !== '' && kind !== 'Event') reading.seen.populated.add(namespace);
  if (kind !== undefined && live) addTo(reading.seen.live, kind, namespace);
}

/** Reads what is no object but says which API the cluster serves. */
function takeVersions(reading: Reading, raw: RawRecord): void {
  const version = textAt(recordAt(raw, 'serverVersion'), 'gitVersion') || textAt(recordAt(raw, 'info'), 'gitVersion');
  if (/^v\d+\.\d+/.test(version)) reading.serverVersion ??= version.slice(0, 64);
  const served = textAt(raw, 'groupVersion');
  if (served !== '' && Array.isArray(raw['resources']) && reading.served.size < 5000) reading.served.add(served);
}

/** What a list's items are when they do not say it: `PodList` is of Pods. */
export function assumedOfList(raw: RawRecord, place: Place): Assumed {
  const kind = /^(\w+)List$/.exec(textAt(raw, 'kind'))?.[1];
  if (kind !== undefined) return { kind, apiVersion: textAt(raw, 'apiVersion') };
  return place.kind === undefined ? nothingAssumed : { kind: place.kind, apiVersion: '' };
}

function takeNestedList(reading: Reading, raw: RawRecord, place: Place): void {
  const assumed = assumedOfList(raw, place);
  const tally = listTally();
  for (const item of listAt(raw, 'items')) tally.count(takeObject(reading, item, { place, assumed }));
  noteList(reading.seen, tally.seen(raw, place, assumed, false));
}

/** Takes one parsed value in: an object, a list, a line of a watch. Anything else is passed over. */
export function takeObject(
  reading: Reading,
  value: unknown,
  from: { place: Place; assumed: Assumed },
): Stored | undefined {
  if (!isRecord(value)) return undefined;
  if (watchTypes.has(textAt(value, 'type')) && isRecord(value['object'])) {
    return /^(?:ADDED|MODIFIED)$/.test(textAt(value, 'type')) ? takeObject(reading, value['object'], from) : undefined;
  }
  const kind = textAt(value, 'kind') || from.assumed.kind;
  const apiVersion = textAt(value, 'apiVersion') || (textAt(value, 'kind') === '' ? from.assumed.apiVersion : '');
  takeVersions(reading, value);
  // An empty list is `items: null` where Go wrote it.
  if (
    kind.endsWith('List') &&
    (Array.isArray(value['items']) || (value['items'] ?? null) === null) &&
    textAt(recordAt(value, 'metadata'), 'name') === ''
  ) {
    takeNestedList(reading, value, from.place);
    return undefined;
  }
  const stored = reading.store.add(value, { kind, apiVersion, namespace: from.place.namespace ?? '' });
  if (stored !== undefined) noteStored(reading, stored);
  return stored;
}

export interface ListTally {
  readonly count: (stored: Stored | undefined) => void;
  readonly seen: (raw: RawRecord, place: Place, assumed: Assumed, cut: boolean) => Parameters<typeof noteList>[1];
}

/** Counts the objects of one list by kind and namespace. */
export function listTally(): ListTally {
  const namespaces = new Map<NonNullable<Stored['kind']>, Map<string, number>>();
  return {
    count: (stored) => {
      if (stored?.kind === undefined || !stored.live) return;
      const held = namespaces.get(stored.kind) ?? new Map<string, number>();
      namespaces.set(stored.kind, held.set(stored.namespace, (held.get(stored.namespace) ?? 0) + 1));
    },
    seen: (raw, place, assumed, cut) => {
      const metadata = recordAt(raw, 'metadata');
      const more = textAt(metadata, 'continue') !== '' || Number(metadata['remainingItemCount'] ?? 0) > 0;
      return { place, kind: resolveKind(assumed.kind, assumed.apiVersion), namespaces, cut: cut || more };
    },
  };
}

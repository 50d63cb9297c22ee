import { groupOf } from '@autodevops/domain/kubernetes/api-version';
import { customObject } from '@autodevops/domain/kubernetes/cluster';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { Metadata } from '@autodevops/domain/kubernetes/metadata';
import { isRecord } from '@autodevops/domain/raw-record';
import type { RawRecord } from '@autodevops/domain/raw-record';
import type { Limits } from '../limits.ts';
import { refuse } from '../source/refuse.ts';
import { modernise } from './modernise.ts';
import { recordAt, textAt } from './record-fields.ts';
import { resolveKind } from './resolve-kind.ts';
import { secretCertificate } from './secret-certificate.ts';

export interface HasMetadata {
  readonly metadata: Metadata;
}

/** The projected objects of a bundle, one per name; of several copies the newest. */
export interface ObjectStore {
  readonly byKind: ReadonlyMap<KindName, ReadonlyMap<string, HasMetadata>>;
  readonly custom: ReadonlyMap<string, CustomObject>;
  /** The API versions in which the objects were written. */
  readonly apiVersions: ReadonlySet<string>;
  /** Takes an object in; what it is and where it lies, or undefined when it is none. */
  readonly add: (raw: RawRecord, identity: Identity) => Stored | undefined;
}

export interface Identity {
  readonly kind: string;
  readonly apiVersion: string;
  /** For namespaced objects that do not name theirs. */
  readonly namespace: string;
}

export interface Stored {
  readonly kind: KindName | undefined;
  readonly namespace: string;
  /** True for what an API server wrote, false for a manifest that may never have been applied. */
  readonly live: boolean;
}

/** Kinds that are answers to a question, not state. */
const noState = /^(?:Table|Status|APIResourceList|APIGroupList|.*Metrics|.*Review|ComponentStatus)$/;

function compareVersions(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** True when `next` says more about the present than `held`. */
function supersedes(next: Metadata, held: Metadata): boolean {
  if (next.uid !== held.uid) {
    if (next.uid === '' || held.uid === '') return held.uid === '';
    return (next.creationTimestamp ?? '') > (held.creationTimestamp ?? '');
  }
  return compareVersions(next.resourceVersion, held.resourceVersion) > 0;
}

function place<T extends HasMetadata>(into: Map<string, T>, key: string, object: T): void {
  const held = into.get(key);
  if (held === undefined || supersedes(object.metadata, held.metadata)) into.set(key, object);
}

function withNamespace(raw: RawRecord, namespace: string): RawRecord {
  const metadata = recordAt(raw, 'metadata');
  if (textAt(metadata, 'namespace') !== '') return raw;
  return { ...raw, metadata: { ...metadata, namespace } };
}

function project(kind: KindName, apiVersion: string, raw: RawRecord): HasMetadata {
  const modern = modernise(kind, apiVersion, raw);
  const object = kinds[kind].shape.read(modern) as HasMetadata;
  if (kind !== 'Secret') return object;
  const certificate = secretCertificate(raw);
  return certificate === undefined ? object : ({ ...object, certificate } as HasMetadata);
}

export function objectStore(limits: Limits): ObjectStore {
  const byKind = new Map<KindName, Map<string, HasMetadata>>();
  const custom = new Map<string, CustomObject>();
  const apiVersions = new Set<string>();
  let added = 0;

  function addKnown(kind: KindName, raw: RawRecord, identity: Identity): Stored {
    const { namespaced } = kinds[kind];
    const object = project(
      kind,
      identity.apiVersion,
      namespaced ? withNamespace(raw, identity.namespace || 'default') : raw,
    );
    let held = byKind.get(kind);
    if (held === undefined) byKind.set(kind, (held = new Map()));
    const { namespace, name, uid, resourceVersion } = object.metadata;
    place(held, `${namespaced ? namespace : ''}/${name}`, object);
    return { kind, namespace: namespaced ? namespace : '', live: uid !== '' || resourceVersion !== '' };
  }

  function addCustom(raw: RawRecord, identity: Identity): Stored {
    const named = { ...raw, kind: identity.kind, apiVersion: identity.apiVersion };
    const object = customObject.read(named);
    const { namespace, name, uid } = object.metadata;
    place(custom, `${groupOf(identity.apiVersion)}/${identity.kind}/${namespace}/${name}`, object);
    return { kind: undefined, namespace, live: uid !== '' };
  }

  return {
    byKind,
    custom,
    apiVersions,
    add: (raw, identity) => {
      const metadata = raw['metadata'];
      if (
        !isRecord(metadata) ||
        textAt(metadata, 'name') === '' ||
        identity.kind === '' ||
        noState.test(identity.kind)
      ) {
        return undefined;
      }
      if (++added > limits.objects) throw refuse(`it holds more than ${limits.objects} objects`);
      if (identity.apiVersion !== '' && apiVersions.size < 1000) apiVersions.add(identity.apiVersion);
      const kind = resolveKind(identity.kind, identity.apiVersion);
      return kind === undefined ? addCustom(raw, identity) : addKnown(kind, raw, identity);
    },
  };
}

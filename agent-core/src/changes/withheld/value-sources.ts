import type { Manifest, WithheldValue } from '@autodevops/domain/change/operation';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { ObjectName } from '@autodevops/domain/ports/cluster-objects';
import type { Live } from '../../scarlet/action.ts';
import { ownedBy } from '../../scarlet/targets/controller.ts';
import { fieldAt, pointer } from '../../scarlet/patches/field-patch.ts';
import type { FieldPath } from '../../scarlet/patches/field-patch.ts';
import { textLeaves } from '../../scarlet/secrets/secret-texts.ts';
import type { SecretPlace } from './secret-places.ts';

/** An object from which a value can be read when it is needed. */
export interface ValueSource {
  readonly object: Manifest;
  /** Its values may be changed: they count only while its generation is the same. */
  readonly pinned: boolean;
}

type From = Omit<WithheldValue, 'at'>;

function refOf({ apiVersion, kind, metadata }: Manifest): ObjectRef {
  return {
    apiVersion,
    kind,
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    uid: String(metadata['uid'] ?? ''),
  };
}

/** How many keys at the end of two paths are the same. */
function commonEnd(a: FieldPath, b: FieldPath): number {
  const most = Math.min(a.length, b.length);
  let count = 0;
  while (count < most && String(a.at(-1 - count)) === String(b.at(-1 - count))) count += 1;
  return count;
}

function generationOf({ metadata }: Manifest): number | undefined {
  return typeof metadata['generation'] === 'number' ? metadata['generation'] : undefined;
}

function inSource({ object, pinned }: ValueSource, { path, value }: SecretPlace): From | undefined {
  const ref = refOf(object);
  const generation = pinned ? generationOf(object) : undefined;
  if (ref.uid === '' || (pinned && generation === undefined)) return undefined;
  const places = textLeaves(object)
    .filter((leaf) => leaf.value === value)
    .map((leaf) => ({ pointer: pointer(leaf.path), end: commonEnd(leaf.path, path) }));
  const [best] = places.toSorted((a, b) => b.end - a.end || (a.pointer < b.pointer ? -1 : 1));
  return best === undefined
    ? undefined
    : { object: ref, path: best.pointer, ...(generation === undefined ? {} : { generation }) };
}

/** Where the value of a place stands, in the first of the sources that holds it. */
export function sourceOf(place: SecretPlace, sources: readonly ValueSource[]): From | undefined {
  for (const source of sources) {
    const found = inSource(source, place);
    if (found !== undefined) return found;
  }
  return undefined;
}

const revisionKinds: Readonly<Record<string, { readonly kind: string; readonly number: FieldPath }>> = {
  Deployment: { kind: 'ReplicaSet', number: ['metadata', 'annotations', 'deployment.kubernetes.io/revision'] },
  StatefulSet: { kind: 'ControllerRevision', number: ['revision'] },
  DaemonSet: { kind: 'ControllerRevision', number: ['revision'] },
};

/** Controllers never change the template that a revision keeps; only they write them. Newest first. */
async function revisionSources(workload: Manifest, live: Live): Promise<readonly ValueSource[]> {
  const of = revisionKinds[workload.kind];
  if (of === undefined || !workload.apiVersion.startsWith('apps/')) return [];
  const found = await ownedBy(workload, { apiVersion: 'apps/v1', kind: of.kind }, live);
  const number = (object: Manifest): number => Number(fieldAt(object, of.number)) || 0;
  return found.toSorted((a, b) => number(b) - number(a)).map((object) => ({ object, pinned: false }));
}

/**
 * Where values of an operation on `changed` can be read from later: the revisions of a workload, and what the request is
 * about. For the way back the object that is changed itself is no source: its values are other ones by then.
 */
export async function valueSources(
  { changed, asked, back }: { readonly changed: ObjectName; readonly asked: ObjectName; readonly back: boolean },
  live: Live,
): Promise<readonly ValueSource[]> {
  const object = await live.cluster.get(changed, { signal: live.signal });
  const revisions = object === undefined ? [] : await revisionSources(object, live);
  const itself = asked.kind === changed.kind && asked.name === changed.name && asked.namespace === changed.namespace;
  if (itself && back) return revisions;
  const target = itself ? object : await live.cluster.get(asked, { signal: live.signal });
  return target === undefined ? revisions : [...revisions, { object: target, pinned: true }];
}

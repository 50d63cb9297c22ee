import type { ProposedChange } from '@autodevops/domain/diagnosis';
import { refByName } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { nearMatches } from '../../reading/near-match.ts';
import type { StuckPod } from '../../reading/pods/starting/stuck-pod.ts';
import { templateOwner } from '../../reading/workloads/template-owner.ts';
import { keysOf, published } from './lack.ts';
import type { Lack } from './lack.ts';

type Source = Pick<Lack, 'kind' | 'name' | 'key'>;

/** Keys that are there and may have been meant: of the object itself, of one whose name is nearly the same, of the other kind of that name. */
function meantSources(snapshot: Snapshot, namespace: string, { kind, name, key }: Source): readonly Source[] {
  const held = (source: Omit<Source, 'key'>): readonly string[] =>
    keysOf(snapshot, source.kind, namespace, source.name) ?? [];
  if (snapshot.get(kind, namespace, name) !== undefined) {
    return nearMatches(key, held({ kind, name })).map((near) => ({ kind, name, key: near }));
  }
  const other = kind === 'ConfigMap' ? ('Secret' as const) : ('ConfigMap' as const);
  const alike = nearMatches(
    name,
    snapshot.listIn(kind, namespace).map((object) => object.metadata.name),
  );
  const candidates = [{ kind: other, name }, ...alike.map((near) => ({ kind, name: near }))];
  return candidates.filter((source) => held(source).includes(key)).map((source) => ({ ...source, key }));
}

/** To take a variable from where its value is, if there is just one variable and just one such place. */
function rightSource(snapshot: Snapshot, { pod }: StuckPod, lack: Lack): readonly ProposedChange[] {
  const target = templateOwner(snapshot, pod);
  const [reference, another] = lack.references;
  if (target === undefined || reference === undefined || another !== undefined || reference.variable === '') return [];
  const [meant, ambiguous] = meantSources(snapshot, pod.metadata.namespace, reference);
  if (meant === undefined || ambiguous !== undefined) return [];
  const source = { name: meant.name, key: meant.key };
  const params = {
    container: reference.container,
    name: reference.variable,
    ...(meant.kind === 'ConfigMap' ? { configMapKey: source } : { secretKey: source }),
  };
  return [{ action: 'set-environment', target, params, risk: 'medium' }];
}

/** To make a ConfigMap that is not there, with what a person says that it holds. A Secret is never made here. */
function missingMap({ pod }: StuckPod, { kind, name, key, references }: Lack): readonly ProposedChange[] {
  if (kind !== 'ConfigMap' || key !== '' || published.has(name)) return [];
  const keys = [...new Set(references.map((reference) => reference.key).filter((wanted) => wanted !== ''))];
  return [
    {
      action: 'create-configmap',
      target: refByName('ConfigMap', pod.metadata.namespace, name),
      params: { keys },
      risk: 'medium',
      asks: ['data'],
    },
  ];
}

/** What gives a stuck pod what it lacks. */
export function repairsOf(snapshot: Snapshot, stuck: StuckPod, lack: Lack): readonly ProposedChange[] {
  return [...rightSource(snapshot, stuck, lack), ...missingMap(stuck, lack)];
}

import { kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sourcesOf } from '../reader/list-source.ts';
import type { RawObject } from './follow.ts';
import { createSharingReader } from './sharing-reader.ts';

const base = {
  metadata: {
    name: 'web', namespace: 'shop', uid: 'u', resourceVersion: '1', labels: { app: 'web', tier: 'front' }, annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}', note: 'n' },
    ownerReferences: [{ kind: 'ReplicaSet', name: 'web-1', uid: 'o', controller: true }], managedFields: [{ manager: 'kubelet', operation: 'Update', time: 't', fieldsV1: {} }],
  },
  type: 'Opaque', data: { a: 'x', b: 'y' }, reason: 'Failed', message: 'm', involvedObject: { kind: 'Pod', name: 'web' }, subsets: [{ addresses: [{ ip: '1' }] }],
  spec: { nodeName: 'n', containers: [{ name: 'a', image: 'i', env: [{ name: 'E', value: 'v' }], command: ['c', 'd'], ports: [{ containerPort: 1 }] }, { name: 'b' }], replicas: 2, selector: { matchLabels: { app: 'web' } } },
  status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }], containerStatuses: [{ name: 'a', restartCount: 0, state: { running: { startedAt: 't' } } }], capacity: { cpu: '1' } },
};

type Path = readonly (string | number)[];

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key]))].filter((one) => one.length > 0);
}

function changed(value: unknown, [key, ...rest]: Path, to: unknown): unknown {
  if (key === undefined) return to;
  if (typeof value !== 'object' || value === null) return value;
  const copy = structuredClone(value) as Record<string | number, unknown>;
  const inner = changed(copy[key], rest, to);
  if (inner === undefined) delete copy[key];
  else copy[key] = inner;
  return copy;
}

const change = fc.record({ path: fc.constantFrom(...pathsIn(base)), to: fc.oneof(fc.constantFrom(undefined, null, '', 'other', 0, 7, true, [], {}), fc.constant([{ name: 'z' }, 3]), fc.constant({ app: 'other', n: 1 })) });
const raw = fc.array(change, { maxLength: 4 }).map((changes) => JSON.parse(JSON.stringify(changes.reduce<unknown>((value, { path, to }) => changed(value, path, to), base))) as unknown);

function asObject(value: unknown): RawObject {
  const { metadata } = value as { metadata?: unknown };
  return typeof metadata === 'object' && metadata !== null ? (value as RawObject) : { ...(value as object), metadata: {} };
}

describe('objects that are read beside similar ones', () => {
  it('are what they are when read alone, and leave the others as they were', () => {
    const some: readonly KindName[] = ['Pod', 'Deployment', 'Node', 'Endpoints', 'ConfigMap', 'Secret', 'Event', 'Service', 'HorizontalPodAutoscaler', 'Lease', 'ValidatingWebhookConfiguration'];
    fc.assert(
      fc.property(fc.constantFrom(...some), fc.array(raw, { minLength: 2, maxLength: 6 }), fc.boolean(), (kind, raws, sameObject) => {
        const source = sourcesOf(kind, kinds[kind].versions[0] ?? 'v1')[0];
        if (source === undefined) throw new Error('no source');
        const read = createSharingReader();
        let before: object | undefined;
        const objects: object[] = [];
        for (const one of raws.map(asObject)) {
          before = read({ kind, source, raw: structuredClone(one), before: sameObject ? before : undefined });
          objects.push(before);
        }
        expect(objects).toEqual(raws.map((one) => source.read(structuredClone(asObject(one)))));
      }),
      { numRuns: 500 },
    );
  });

  it('share what has not changed', () => {
    const read = createSharingReader();
    const [source] = sourcesOf('Pod', 'v1');
    if (source === undefined) throw new Error('no source');
    const first = read({ kind: 'Pod', source, raw: structuredClone(base), before: undefined }) as { spec: unknown; status: { conditions: unknown } };
    expect(read({ kind: 'Pod', source, raw: structuredClone(base), before: first })).toBe(first);
    const next = read({ kind: 'Pod', source, raw: asObject(changed(base, ['status', 'phase'], 'Failed')), before: first }) as typeof first;
    expect([next.spec === first.spec, next.status.conditions === first.status.conditions, next.status === first.status]).toEqual([true, true, false]);
  });
});

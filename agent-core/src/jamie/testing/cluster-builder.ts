import type { Finding } from '@autodevops/domain/finding';
import { kindNames, kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { refByName } from '@autodevops/domain/object-ref';
import { Snapshot } from '@autodevops/domain/snapshot';

export const noon = '2026-01-01T12:00:00.000Z';

/** A snapshot in which every kind was seen, out of raw objects. */
export function snapshotOf(...raw: { kind: KindName; [field: string]: unknown }[]): Snapshot {
  const objects: Record<string, unknown[]> = Object.fromEntries(kindNames.map((kind) => [kind, []]));
  for (const object of raw) objects[object.kind]?.push(kinds[object.kind].shape.read(object));
  return new Snapshot({ capturedAt: noon, objects });
}

interface PodWish {
  readonly name: string;
  readonly owner?: string;
  readonly labels?: Record<string, string>;
  readonly ready?: boolean;
}

export function podOf(wish: PodWish): { kind: 'Pod'; [field: string]: unknown } {
  const owners =
    wish.owner === undefined
      ? []
      : [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: wish.owner, uid: `uid-${wish.owner}`, controller: true }];
  return {
    kind: 'Pod',
    metadata: {
      name: wish.name,
      namespace: 'shop',
      uid: `uid-${wish.name}`,
      labels: wish.labels ?? {},
      ownerReferences: owners,
    },
    spec: { containers: [{ name: 'app', image: 'app:1' }] },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: wish.ready === true ? 'True' : 'False' }] },
  };
}

export function statefulSetOf(name: string): { kind: 'StatefulSet'; [field: string]: unknown } {
  return { kind: 'StatefulSet', metadata: { name, namespace: 'shop', uid: `uid-${name}` } };
}

/** A finding at an object of namespace `shop`, with usual values. */
export function findingAt(kind: KindName, name: string, said: Partial<Finding> = {}): Finding {
  const object = refByName(kind, kinds[kind].namespaced ? 'shop' : '', name);
  return {
    code: `test.${name}`,
    object,
    severity: 'critical',
    confidence: 'high',
    standing: 'current',
    cause: `${name} is broken.`,
    since: noon,
    evidence: [{ source: 'status', object, quote: `${name} broken`, time: noon }],
    nextSteps: ['Mend it.'],
    avoid: [],
    changes: [],
    because: [],
    generic: false,
    facet: '',
    ...said,
  };
}

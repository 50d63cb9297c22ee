import { z } from 'zod';
import type { Manifest } from '@autodevops/domain/change/operation';
import { apiVersionOf } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { Live } from '../../action.ts';
import { manifestName } from '../../targets/manifest-name.ts';

/** Kinds that controllers make for an object of their own. */
const dependentKinds: readonly KindName[] = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'Pod',
  'Service',
  'Ingress',
  'ConfigMap',
  'Secret',
  'PersistentVolumeClaim',
];
const Owners = z.array(z.looseObject({ uid: z.string() })).catch([]);

/** What Argo CD and Flux write of the objects that they keep. */
const Kept = z.looseObject({
  status: z
    .looseObject({
      resources: z
        .array(z.looseObject({ kind: z.string(), namespace: z.string().optional(), name: z.string() }))
        .catch([])
        .default([]),
      inventory: z
        .looseObject({
          entries: z
            .array(z.looseObject({ id: z.string() }))
            .catch([])
            .default([]),
        })
        .catch({ entries: [] })
        .default({ entries: [] }),
    })
    .catch({ resources: [], inventory: { entries: [] } })
    .default({ resources: [], inventory: { entries: [] } }),
});

async function dependents(object: Manifest, live: Live): Promise<readonly string[]> {
  const { uid, namespace = '' } = object.metadata;
  const lists = await Promise.all(
    dependentKinds.map((kind) =>
      live.cluster.list({ apiVersion: apiVersionOf(kind), kind, namespace }, { signal: live.signal }),
    ),
  );
  return lists
    .flat()
    .filter((other) => Owners.parse(other.metadata['ownerReferences'] ?? []).some((owner) => owner.uid === uid))
    .map(manifestName);
}

/** Objects of the cluster that the finalizer's owner would still look after; what lies outside of it nobody lists. */
export async function guardedThings(object: Manifest, live: Live): Promise<readonly string[]> {
  const { resources, inventory } = Kept.parse(object).status;
  const kept = [
    ...resources.map(({ kind, namespace = '', name }) => `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`),
    ...inventory.entries.map(({ id }) => id),
  ];
  return [...new Set([...kept, ...(await dependents(object, live))])];
}

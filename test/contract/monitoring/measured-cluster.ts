import { Snapshot } from '../../../packages/domain/src/snapshot.ts';
import { partsFrom } from '../../../packages/testkit/src/fixture.ts';

interface Workload {
  readonly name: string;
  readonly kind?: 'Deployment' | 'StatefulSet';
  /** Variables of its container. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The only pod of a workload, as `workloadsIn` calls it. */
export function podOf({ name, kind = 'Deployment' }: Workload): string {
  return kind === 'StatefulSet' ? `${name}-0` : `${name}-7c9d8f6b5-x2x9z`;
}

function objectsOf(namespace: string, workload: Workload, created: string, address: string): readonly object[] {
  const { name, kind = 'Deployment', environment = {} } = workload;
  const labels = { app: name };
  const template = {
    metadata: { labels },
    spec: {
      containers: [
        {
          name,
          image: `${name}:1`,
          ports: [{ containerPort: 8080 }],
          env: Object.entries(environment).map(([key, value]) => ({ name: key, value })),
        },
      ],
    },
  };
  const owner = (ownerKind: string, ownerName: string) => ({
    apiVersion: 'apps/v1',
    kind: ownerKind,
    name: ownerName,
    uid: `${ownerKind}-${namespace}-${ownerName}`,
    controller: true,
  });
  const meta = (ownKind: string, ownName: string, owners: readonly object[] = []) => ({
    name: ownName,
    namespace,
    uid: `${ownKind}-${namespace}-${ownName}`,
    creationTimestamp: created,
    labels,
    ownerReferences: owners,
  });
  const replicas = { replicas: 1, readyReplicas: 1, availableReplicas: 1, updatedReplicas: 1, observedGeneration: 1 };
  const set = `${name}-7c9d8f6b5`;
  const pod = podOf(workload);
  return [
    {
      apiVersion: 'apps/v1',
      kind,
      metadata: { ...meta(kind, name), generation: 1 },
      spec: { replicas: 1, serviceName: name, selector: { matchLabels: labels }, template },
      status: replicas,
    },
    ...(kind === 'Deployment'
      ? [
          {
            apiVersion: 'apps/v1',
            kind: 'ReplicaSet',
            metadata: meta('ReplicaSet', set, [owner(kind, name)]),
            spec: { replicas: 1, selector: { matchLabels: labels }, template },
            status: replicas,
          },
        ]
      : []),
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: meta('Pod', pod, [kind === 'Deployment' ? owner('ReplicaSet', set) : owner(kind, name)]),
      spec: { ...template.spec, nodeName: 'worker' },
      status: {
        phase: 'Running',
        podIP: address,
        startTime: created,
        conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: created }],
        containerStatuses: [{ name, ready: true, restartCount: 0, state: { running: { startedAt: created } } }],
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: meta('Service', name),
      spec: { type: 'ClusterIP', clusterIP: '10.96.0.9', selector: labels, ports: [{ port: 8080, targetPort: 8080 }] },
    },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { ...meta('EndpointSlice', `${name}-a`), labels: { 'kubernetes.io/service-name': name } },
      addressType: 'IPv4',
      ports: [{ port: 8080 }],
      endpoints: [
        { addresses: [address], conditions: { ready: true }, targetRef: { kind: 'Pod', name: pod, namespace } },
      ],
    },
  ];
}

/** A namespace in which every object is well: what is wrong stands in metrics alone. */
export function wellCluster(namespace: string, workloads: readonly Workload[], now: number): Snapshot {
  const created = new Date(now - 24 * 3_600_000).toISOString();
  const node = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'worker', uid: 'worker', creationTimestamp: created },
    status: {
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: created }],
      addresses: [{ type: 'InternalIP', address: '10.0.0.7' }],
    },
  };
  return new Snapshot(
    partsFrom(
      [
        node,
        ...workloads.flatMap((workload, index) => objectsOf(namespace, workload, created, `10.244.0.${index + 2}`)),
      ],
      new Date(now).toISOString(),
    ),
  );
}

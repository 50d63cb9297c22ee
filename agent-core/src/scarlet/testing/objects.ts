import type { Manifest } from '@autodevops/domain/change/operation';
import type { ObjectName } from '@autodevops/domain/ports/cluster-objects';

type Fields = Readonly<Record<string, unknown>>;

/** The name of an object in namespace `shop`, or of a cluster-scoped one. */
export function named(apiVersion: string, kind: string, name: string, namespace = 'shop'): ObjectName {
  return { apiVersion, kind, namespace, name };
}
export const deploymentName = named('apps/v1', 'Deployment', 'web');
export const statefulSetName = named('apps/v1', 'StatefulSet', 'db');
export const daemonSetName = named('apps/v1', 'DaemonSet', 'agent');
export const cronJobName = named('batch/v1', 'CronJob', 'report');
export const nodeName = (name: string): ObjectName => named('v1', 'Node', name, '');
export const podName = (name: string): ObjectName => named('v1', 'Pod', name);

/** An object as the server has it. */
export function object(
  { apiVersion, kind, namespace, name }: ObjectName,
  parts: Fields = {},
  metadata: Fields = {},
): Manifest {
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace === '' ? {} : { namespace }),
      uid: `uid-${name}`,
      resourceVersion: '10',
      generation: 3,
      ...metadata,
    },
    ...parts,
  };
}

export function ownedBy({ apiVersion, kind, name }: ObjectName): Fields {
  return { ownerReferences: [{ apiVersion, kind, name, uid: `uid-${name}`, controller: true }] };
}

export function container(fields: Fields = {}): Fields {
  return { name: 'app', image: 'shop/web:2', ...fields };
}

export function template(containers: readonly Fields[] = [container()], app = 'web'): Fields {
  return { metadata: { labels: { app } }, spec: { containers } };
}

interface WorkloadParts {
  readonly spec?: Fields;
  readonly containers?: readonly Fields[];
  readonly status?: Fields;
  readonly metadata?: Fields;
}

const settledStatus = {
  observedGeneration: 3,
  replicas: 3,
  updatedReplicas: 3,
  readyReplicas: 3,
  availableReplicas: 3,
};

/** Deployment shop/web with three settled replicas. */
export function deployment({ spec, containers, status, metadata }: WorkloadParts = {}): Manifest {
  return object(
    deploymentName,
    {
      spec: { replicas: 3, selector: { matchLabels: { app: 'web' } }, template: template(containers), ...spec },
      status: { ...settledStatus, ...status },
    },
    metadata,
  );
}

/** StatefulSet shop/db with three settled replicas. */
export function statefulSet({ spec, containers, status }: WorkloadParts = {}): Manifest {
  return object(statefulSetName, {
    spec: { replicas: 3, selector: { matchLabels: { app: 'db' } }, template: template(containers, 'db'), ...spec },
    status: { ...settledStatus, ...status },
  });
}

/** DaemonSet shop/agent, wanted on two nodes. */
export function daemonSet({ spec, containers }: WorkloadParts = {}): Manifest {
  return object(daemonSetName, {
    spec: { selector: { matchLabels: { app: 'agent' } }, template: template(containers, 'agent'), ...spec },
    status: { observedGeneration: 3, desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2 },
  });
}

/** CronJob shop/report. */
export function cronJob({ spec, containers, status }: WorkloadParts = {}): Manifest {
  return object(cronJobName, {
    spec: {
      schedule: '0 3 * * *',
      suspend: false,
      jobTemplate: { metadata: { labels: { app: 'report' } }, spec: { template: template(containers, 'report') } },
      ...spec,
    },
    status: { ...status },
  });
}

interface PodParts {
  readonly owner?: ObjectName;
  readonly ready?: boolean;
  readonly node?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly spec?: Fields;
  readonly status?: Fields;
  readonly metadata?: Fields;
}

/** A running pod of namespace `shop`. */
export function pod(
  name: string,
  { owner, ready = true, node, labels = { app: 'web' }, spec, status, metadata }: PodParts = {},
): Manifest {
  return object(
    podName(name),
    {
      spec: { containers: [container()], ...(node === undefined ? {} : { nodeName: node }), ...spec },
      status: { phase: 'Running', conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }], ...status },
    },
    { labels, ...(owner === undefined ? {} : ownedBy(owner)), ...metadata },
  );
}

export function replicaSet(name: string, revision: number, { containers, status }: WorkloadParts = {}): Manifest {
  const own = template(containers);
  const labels = { app: 'web', 'pod-template-hash': name };
  return object(
    named('apps/v1', 'ReplicaSet', name),
    {
      spec: {
        replicas: 0,
        selector: { matchLabels: labels },
        template: { ...own, metadata: { creationTimestamp: null, labels } },
      },
      status: { replicas: 0, ...status },
    },
    { ...ownedBy(deploymentName), annotations: { 'deployment.kubernetes.io/revision': String(revision) } },
  );
}

/** Service shop/web, which sends port 80 to the pods of an app. */
export const serviceName = named('v1', 'Service', 'web');
export function service({ spec }: WorkloadParts = {}): Manifest {
  return object(serviceName, {
    spec: {
      type: 'ClusterIP',
      selector: { app: 'web' },
      ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }],
      ...spec,
    },
  });
}

/** The endpoints of shop/web, all ready. */
export function endpointSlice(pods: readonly string[]): Manifest {
  return object(
    named('discovery.k8s.io/v1', 'EndpointSlice', 'web-x1'),
    {
      addressType: 'IPv4',
      endpoints: pods.map((name, index) => ({
        addresses: [`10.0.0.${index + 1}`],
        conditions: { ready: true },
        targetRef: { kind: 'Pod', name, namespace: 'shop', uid: `uid-${name}` },
      })),
      ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
    },
    { labels: { 'kubernetes.io/service-name': 'web' } },
  );
}

/** A ready node with four cores and 8 GiB. */
export function node(name: string, { spec, status, metadata }: WorkloadParts = {}): Manifest {
  return object(
    nodeName(name),
    {
      spec: { ...spec },
      status: {
        conditions: [{ type: 'Ready', status: 'True' }],
        allocatable: { cpu: '4', memory: '8Gi', pods: '110' },
        ...status,
      },
    },
    metadata,
  );
}

/** A PodDisruptionBudget over the pods of an app. */
export function budget(
  name: string,
  app: string,
  status: { readonly disruptionsAllowed: number; readonly currentHealthy?: number; readonly expectedPods?: number },
): Manifest {
  return object(named('policy/v1', 'PodDisruptionBudget', name), {
    spec: { maxUnavailable: 1, selector: { matchLabels: { app } } },
    status: { observedGeneration: 3, currentHealthy: 3, expectedPods: 3, ...status },
  });
}

interface JobParts extends WorkloadParts {
  readonly ended?: 'Complete' | 'Failed';
}

/** Job of namespace `shop` with the labels and the selector that its controller gives it. */
export function job(name: string, { ended, spec, containers, status, metadata }: JobParts = {}): Manifest {
  const own = {
    'batch.kubernetes.io/controller-uid': `uid-${name}`,
    'controller-uid': `uid-${name}`,
    'batch.kubernetes.io/job-name': name,
    'job-name': name,
  };
  const plain = template(containers, 'import');
  return object(
    named('batch/v1', 'Job', name),
    {
      spec: {
        backoffLimit: 2,
        selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': `uid-${name}` } },
        template: { ...plain, metadata: { labels: { app: 'import', ...own } } },
        ...spec,
      },
      status: {
        ...(ended === undefined
          ? {}
          : {
              conditions: [
                { type: ended, status: 'True', ...(ended === 'Failed' ? { reason: 'BackoffLimitExceeded' } : {}) },
              ],
            }),
        ...status,
      },
    },
    { labels: { app: 'import', ...own }, ...metadata },
  );
}

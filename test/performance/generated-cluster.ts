/**
 * A cluster of any size as raw API objects, as heavy as real ones: pods of about 9 kB with two managers, probes,
 * variables and conditions. Everything is healthy but one Deployment in so many, whose image does not exist.
 */
export interface GeneratedCluster {
  /** API path of each list, its kind and its items. */
  readonly lists: readonly {
    readonly path: string;
    readonly kind: string;
    readonly apiVersion: string;
    readonly items: readonly object[];
  }[];
}

const start = Date.parse('2026-01-01T00:00:00Z');

function time(index: number): string {
  return new Date(start + index * 1000).toISOString().replace('.000', '');
}

function managedFields(index: number): object[] {
  const fields: Record<string, object> = {};
  for (let i = 0; i < 24; i += 1) {
    fields[`f:field-number-${i}`] = { '.': {}, 'f:valueFrom': { 'f:configMapKeyRef': {} }, 'f:name': {} };
  }
  const entry = (manager: string, operation: string): object => ({
    manager,
    operation,
    apiVersion: 'v1',
    time: time(index),
    fieldsType: 'FieldsV1',
    fieldsV1: { 'f:spec': { 'f:containers': fields } },
  });
  return [entry('kube-controller-manager', 'Update'), entry('kubelet', 'Update')];
}

function containerOf(name: string, image: string): object {
  return {
    name,
    image,
    imagePullPolicy: 'IfNotPresent',
    command: ['/bin/server', '--listen', ':8080'],
    env: Array.from({ length: 12 }, (_, i) => ({ name: `SETTING_${i}`, value: `value-${i}-of-${name}` })),
    ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
    resources: { limits: { cpu: '500m', memory: '256Mi' }, requests: { cpu: '100m', memory: '128Mi' } },
    readinessProbe: {
      httpGet: { path: '/ready', port: 8080, scheme: 'HTTP' },
      periodSeconds: 10,
      timeoutSeconds: 1,
      successThreshold: 1,
      failureThreshold: 3,
    },
    livenessProbe: {
      httpGet: { path: '/live', port: 8080, scheme: 'HTTP' },
      periodSeconds: 10,
      timeoutSeconds: 1,
      successThreshold: 1,
      failureThreshold: 3,
    },
    volumeMounts: [
      { name: 'config', mountPath: '/etc/app' },
      { name: 'kube-api-access', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true },
    ],
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  };
}

function meta(kind: string, name: string, index: number, more: object = {}): object {
  return {
    name,
    namespace: `team-${index % 40}`,
    uid: `${kind}-${index}-0000-0000-0000-000000000000`,
    resourceVersion: String(100_000 + index),
    creationTimestamp: time(index),
    labels: { app: `app-${Math.floor(index / 10)}`, tier: 'backend' },
    managedFields: managedFields(index),
    ...more,
  };
}

export interface PodPlace {
  readonly index: number;
  readonly broken: boolean;
}

/** Pod number `index` of its Deployment (ten pods each). */
export function generatedPod({ index, broken }: PodPlace, revision = 0): object {
  const group = Math.floor(index / 10);
  const owner = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    name: `app-${group}-5d9c7f6b8`,
    uid: `ReplicaSet-${group}-0000-0000-0000-000000000000`,
    controller: true,
    blockOwnerDeletion: true,
  };
  const base = meta('Pod', `app-${group}-5d9c7f6b8-${index}`, index, {
    ownerReferences: [owner],
    resourceVersion: String(100_000 + index + revision),
  });
  const conditions = ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map(
    (type) => ({
      type,
      status: broken && type.endsWith('Ready') ? 'False' : 'True',
      lastProbeTime: null,
      lastTransitionTime: time(index + 5),
    }),
  );
  const waiting = {
    waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling image "registry.example/app:9.9": not found' },
  };
  const status = (name: string): object => ({
    name,
    image: 'registry.example/app:1.0',
    imageID: `sha256:${'a'.repeat(64)}`,
    ready: !broken,
    started: !broken,
    restartCount: 0,
    state: broken ? waiting : { running: { startedAt: time(index + 4) } },
    lastState: {},
  });
  return {
    metadata: {
      ...base,
      namespace: `team-${group % 40}`,
      generateName: `app-${group}-5d9c7f6b8-`,
      labels: { app: `app-${group}`, tier: 'backend', 'pod-template-hash': '5d9c7f6b8' },
    },
    spec: {
      nodeName: `node-${index % 100}`,
      serviceAccountName: 'default',
      containers: [
        containerOf('app', broken ? 'registry.example/app:9.9' : 'registry.example/app:1.0'),
        containerOf('proxy', 'registry.example/proxy:2.1'),
      ],
      volumes: [{ name: 'config', configMap: { name: 'app-config', defaultMode: 420 } }],
      tolerations: [
        { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
      ],
      restartPolicy: 'Always',
      dnsPolicy: 'ClusterFirst',
      schedulerName: 'default-scheduler',
    },
    status: {
      phase: broken ? 'Pending' : 'Running',
      conditions,
      hostIP: '10.0.0.1',
      podIP: `10.1.${index % 250}.${index % 200}`,
      startTime: time(index),
      qosClass: 'Burstable',
      containerStatuses: [status('app'), status('proxy')],
    },
  };
}

/** Where nothing else is wanted, one Deployment in so many is broken. */
export const usuallyBroken = 200;

/** Whether Deployment number `group` is one of those that are broken. */
export function isBroken(group: number, oneIn = usuallyBroken): boolean {
  return group % oneIn === 7 % oneIn;
}

/** What makes pods of each group: its Deployment, its ReplicaSet, and the Service in front of them. */
function workloadsOf(
  groups: number,
  oneIn: number,
): { readonly deployments: object[]; readonly replicaSets: object[]; readonly services: object[] } {
  const each = (kind: string, make: (group: number, metadata: object) => object): object[] =>
    Array.from({ length: groups }, (_, group) =>
      make(
        group,
        meta(kind, kind === 'ReplicaSet' ? `app-${group}-5d9c7f6b8` : `app-${group}`, group, {
          namespace: `team-${group % 40}`,
          labels: { app: `app-${group}` },
        }),
      ),
    );
  const spec = (group: number): object => ({
    replicas: 10,
    selector: { matchLabels: { app: `app-${group}` } },
    template: {
      metadata: { labels: { app: `app-${group}` } },
      spec: { containers: [containerOf('app', 'registry.example/app:1.0')] },
    },
  });
  const counts = (group: number): object => ({
    replicas: 10,
    readyReplicas: isBroken(group, oneIn) ? 0 : 10,
    availableReplicas: isBroken(group, oneIn) ? 0 : 10,
    updatedReplicas: 10,
    observedGeneration: 1,
  });
  const owner = (group: number): object => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name: `app-${group}`,
    uid: `Deployment-${group}-0000-0000-0000-000000000000`,
    controller: true,
  });
  return {
    deployments: each('Deployment', (group, metadata) => ({ metadata, spec: spec(group), status: counts(group) })),
    replicaSets: each('ReplicaSet', (group, metadata) => ({
      metadata: {
        ...metadata,
        annotations: { 'deployment.kubernetes.io/revision': '1' },
        ownerReferences: [owner(group)],
      },
      spec: spec(group),
      status: counts(group),
    })),
    services: each('Service', (group, metadata) => ({
      metadata,
      spec: {
        type: 'ClusterIP',
        clusterIP: '10.2.0.1',
        selector: { app: `app-${group}` },
        ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }],
      },
      status: { loadBalancer: {} },
    })),
  };
}

const started = { type: 'Normal', reason: 'Started', message: 'Started container app' };
const notPulled = {
  type: 'Warning',
  reason: 'Failed',
  message:
    'Failed to pull image "registry.example/app:9.9": rpc error: code = NotFound desc = failed to pull and unpack image "registry.example/app:9.9": not found',
};

/** What the kubelet said last of pod number `index` of `pods`. */
function eventOf(index: number, pods: number, oneIn: number): object {
  const group = Math.floor(index / 10);
  const namespace = `team-${group % 40}`;
  const last = time(pods + index);
  return {
    metadata: { name: `app-${group}.${index}`, namespace, uid: `event-${index}`, creationTimestamp: time(index) },
    involvedObject: {
      apiVersion: 'v1',
      kind: 'Pod',
      namespace,
      name: `app-${group}-5d9c7f6b8-${index}`,
      uid: `Pod-${index}-0000-0000-0000-000000000000`,
    },
    ...(isBroken(group, oneIn) ? notPulled : started),
    count: 1,
    firstTimestamp: last,
    lastTimestamp: last,
    source: { component: 'kubelet', host: `node-${index % 100}` },
  };
}

function nodeOf(index: number, heartbeat: string): object {
  return {
    metadata: {
      name: `node-${index}`,
      uid: `node-${index}`,
      creationTimestamp: time(0),
      labels: { 'kubernetes.io/hostname': `node-${index}`, 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64' },
    },
    spec: {},
    status: {
      capacity: { cpu: '64', memory: '256Gi', pods: '250' },
      allocatable: { cpu: '63', memory: '250Gi', pods: '250' },
      conditions: [
        {
          type: 'Ready',
          status: 'True',
          reason: 'KubeletReady',
          message: 'kubelet is posting ready status',
          lastHeartbeatTime: heartbeat,
          lastTransitionTime: time(0),
        },
      ],
      nodeInfo: {
        kubeletVersion: 'v1.36.3',
        containerRuntimeVersion: 'containerd://2.4.2',
        osImage: 'Linux',
        kernelVersion: '6.1',
        architecture: 'amd64',
        operatingSystem: 'linux',
      },
    },
  };
}

function namespaceOf(index: number): object {
  return {
    metadata: { name: `team-${index}`, uid: `namespace-${index}`, creationTimestamp: time(0) },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  };
}

/** `pods` pods, a tenth as many Deployments and ReplicaSets, a Service each, one event a pod, a hundred nodes. */
export function generateCluster(pods: number, oneIn = usuallyBroken): GeneratedCluster {
  const { deployments, replicaSets, services } = workloadsOf(Math.ceil(pods / 10), oneIn);
  const ofPods = (make: (index: number) => object): object[] => Array.from({ length: pods }, (_, index) => make(index));
  return {
    lists: [
      {
        path: '/api/v1/pods',
        kind: 'PodList',
        apiVersion: 'v1',
        items: ofPods((index) => generatedPod({ index, broken: isBroken(Math.floor(index / 10), oneIn) })),
      },
      {
        path: '/api/v1/events',
        kind: 'EventList',
        apiVersion: 'v1',
        items: ofPods((index) => eventOf(index, pods, oneIn)),
      },
      { path: '/api/v1/services', kind: 'ServiceList', apiVersion: 'v1', items: services },
      {
        path: '/api/v1/namespaces',
        kind: 'NamespaceList',
        apiVersion: 'v1',
        items: Array.from({ length: 40 }, (_, index) => namespaceOf(index)),
      },
      {
        path: '/api/v1/nodes',
        kind: 'NodeList',
        apiVersion: 'v1',
        items: Array.from({ length: 100 }, (_, index) => nodeOf(index, time(pods))),
      },
      { path: '/apis/apps/v1/deployments', kind: 'DeploymentList', apiVersion: 'apps/v1', items: deployments },
      { path: '/apis/apps/v1/replicasets', kind: 'ReplicaSetList', apiVersion: 'apps/v1', items: replicaSets },
    ],
  };
}

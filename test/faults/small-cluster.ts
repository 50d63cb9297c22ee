import type { Recording } from '../../packages/kube/src/replay/replay-server.ts';

type Raw = Readonly<Record<string, unknown>>;

/** A moment as the API writes it: seconds from now. */
export function moment(seconds: number): string {
  return `${new Date(Date.now() + seconds * 1000).toISOString().slice(0, 19)}Z`;
}

const hour = 3600;
const image = { image: 'registry.example/web:1', imageID: 'registry.example/web@sha256:1' };

function condition(type: string, status = 'True'): Raw {
  return { type, status, lastTransitionTime: moment(-5 * hour), lastHeartbeatTime: moment(-10) };
}

/** A running pod. */
export function runningPod(name: string, namespace = 'shop'): Raw {
  const started = moment(-5 * hour);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, uid: `uid-${name}`, labels: { app: 'web' }, creationTimestamp: started },
    spec: { nodeName: 'node-1', containers: [{ name: 'web', image: image.image }] },
    status: {
      phase: 'Running',
      podIP: '10.0.0.9',
      startTime: started,
      conditions: ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'].map((type) => condition(type)),
      containerStatuses: [
        {
          name: 'web',
          ...image,
          ready: true,
          started: true,
          restartCount: 0,
          state: { running: { startedAt: started } },
        },
      ],
    },
  };
}

/** A pod whose container crashes over and over; its log says why. */
export function crashingPod(name: string, namespace = 'shop'): Raw {
  const pod = runningPod(name, namespace);
  const last = { terminated: { exitCode: 1, reason: 'Error', startedAt: moment(-90), finishedAt: moment(-60) } };
  const waiting = {
    waiting: { reason: 'CrashLoopBackOff', message: `back-off 5m0s restarting failed container=web pod=${name}` },
  };
  return {
    ...pod,
    status: {
      phase: 'Running',
      startTime: moment(-hour),
      conditions: [condition('PodScheduled'), condition('Ready', 'False'), condition('ContainersReady', 'False')],
      containerStatuses: [
        { name: 'web', ...image, ready: false, started: false, restartCount: 9, state: waiting, lastState: last },
      ],
    },
  };
}

/** An event about a pod. */
export function podEvent(
  name: string,
  pod: string,
  { reason = 'BackOff', message = 'Back-off restarting failed container web', namespace = 'shop' } = {},
): Raw {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace, creationTimestamp: moment(-300) },
    involvedObject: { apiVersion: 'v1', kind: 'Pod', namespace, name: pod, uid: `uid-${pod}` },
    type: 'Warning',
    reason,
    message,
    count: 3,
    firstTimestamp: moment(-300),
    lastTimestamp: moment(-30),
    source: { component: 'kubelet' },
  };
}

export function namespaceObject(name: string): Raw {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, uid: `uid-${name}`, creationTimestamp: moment(-100 * hour) },
    status: { phase: 'Active' },
  };
}

const node: Raw = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name: 'node-1',
    uid: 'uid-node-1',
    creationTimestamp: moment(-100 * hour),
    labels: { 'kubernetes.io/hostname': 'node-1' },
  },
  spec: {},
  status: {
    capacity: { cpu: '8', memory: '16Gi', pods: '110' },
    allocatable: { cpu: '8', memory: '16Gi', pods: '110' },
    conditions: [
      condition('Ready'),
      condition('MemoryPressure', 'False'),
      condition('DiskPressure', 'False'),
      condition('PIDPressure', 'False'),
    ],
    nodeInfo: {
      kubeletVersion: 'v1.36.3',
      containerRuntimeVersion: 'containerd://2.1.0',
      architecture: 'amd64',
      operatingSystem: 'linux',
    },
  },
};

/** A node, the usual namespaces and what is handed in; nothing is wrong with the rest. */
export function smallCluster(objects: readonly Raw[] = [runningPod('web-1')], logs: Recording['logs'] = []): Recording {
  const namespaces = ['default', 'kube-system', 'shop'].map(namespaceObject);
  return { objects: [node, ...namespaces, ...objects], logs, serverVersion: 'v1.36.3' };
}

import { kindNames, kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { ClusterReader } from '@autodevops/domain/ports/cluster';
import { Snapshot } from '@autodevops/domain/snapshot';
import type { SnapshotParts } from '@autodevops/domain/snapshot';
import type { Surroundings } from '../surroundings.ts';

export const capturedAt = '2026-01-01T12:00:00.000Z';

function pod(name: string, waiting: boolean): object {
  const state = waiting
    ? { waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling image "web:2"' } }
    : { running: { startedAt: '2026-01-01T08:00:00Z' } };
  return {
    metadata: { name, namespace: 'shop', uid: name, creationTimestamp: '2026-01-01T08:00:00Z', labels: { app: 'web' } },
    spec: { nodeName: 'node-1', containers: [{ name: 'web', image: 'web:2' }] },
    status: {
      phase: waiting ? 'Pending' : 'Running',
      conditions: [
        {
          type: 'Ready',
          status: waiting ? 'False' : 'True',
          reason: '',
          message: '',
          lastTransitionTime: '2026-01-01T08:00:10Z',
        },
      ],
      containerStatuses: [{ name: 'web', image: 'web:2', ready: !waiting, restartCount: 0, state }],
    },
  };
}

function pullEvent(): object {
  return {
    metadata: { name: 'web-0.1', namespace: 'shop' },
    involvedObject: { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web-0', uid: 'web-0' },
    type: 'Warning',
    reason: 'Failed',
    message:
      'Failed to pull image "web:2": rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/web:2": failed to resolve reference "docker.io/library/web:2": docker.io/library/web:2: not found',
    count: 4,
    firstTimestamp: '2026-01-01T11:40:00Z',
    lastTimestamp: '2026-01-01T11:59:00Z',
  };
}

const node = {
  metadata: { name: 'node-1', uid: 'node-1', creationTimestamp: '2025-12-01T00:00:00Z' },
  status: {
    conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady', message: '' }],
    allocatable: { cpu: '4', memory: '8Gi', pods: '110' },
  },
};

/** A node, a namespace and a pod, whose image exists or does not; every kind counts as seen. */
export function tinyCluster(state: 'healthy' | 'sick'): SnapshotParts {
  const raw: Partial<Record<KindName, readonly object[]>> = {
    Pod: [pod('web-0', state === 'sick')],
    Event: state === 'sick' ? [pullEvent()] : [],
    Namespace: ['shop', 'default', 'kube-system'].map((name) => ({ metadata: { name }, status: { phase: 'Active' } })),
    Node: [node],
  };
  const objects = Object.fromEntries(
    kindNames.map((kind) => [kind, (raw[kind] ?? []).map((o) => kinds[kind].shape.read(o))]),
  );
  return { cluster: 'tiny', capturedAt, objects };
}

export function readerOf(parts: () => SnapshotParts): ClusterReader {
  return {
    source: 'tiny',
    snapshot: (_, { signal }) => {
      signal.throwIfAborted();
      return Promise.resolve(new Snapshot(parts()));
    },
    logs: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  };
}

export interface Fake {
  readonly surroundings: Surroundings;
  readonly out: () => string;
  readonly err: () => string;
  readonly kept: string[];
}

function absent(): Promise<never> {
  return Promise.reject(new Error('not in this test'));
}

/** Surroundings that touch nothing; what is printed can be read back. */
export function fakeSurroundings(changed: Partial<Surroundings> = {}): Fake {
  const [out, err, kept]: [string[], string[], string[]] = [[], [], []];
  const facts = { isTTY: false, columns: undefined, rows: undefined, env: { LANG: 'en_US.UTF-8' }, platform: 'linux' };
  const surroundings: Surroundings = {
    stdout: { write: (text) => out.push(text), facts },
    stderr: { write: (text) => err.push(text), facts },
    machine: {
      nodeVersion: 'v22.1.0',
      programVersion: (program) => Promise.resolve(program === 'docker' ? '27.0.1' : undefined),
    },
    version: '9.9.9',
    now: () => Date.parse(capturedAt),
    open: () => Promise.resolve(readerOf(() => tinyCluster('sick'))),
    follow: () => Promise.reject(new Error('not in this test')),
    capture: () => Promise.resolve({ path: '/x.tar.gz', objects: 3, logs: 1, bytes: 2048, blindSpots: [] }),
    contextFacts: () =>
      Promise.resolve({ context: 'dev', server: 'https://127.0.0.1:6443', contexts: ['dev', 'prod'] }),
    permissions: () =>
      Promise.resolve([
        { resource: 'pods', group: '', verb: 'list', allowed: true },
        { resource: 'secrets', group: '', verb: 'list', allowed: false },
      ]),
    answers: () => Promise.resolve(true),
    readFile: () => Promise.reject(new Error('not in this test')),
    agents: absent,
    keeping: absent,
    local: absent,
    slack: absent,
    environment: {},
    canAsk: false,
    question: absent,
    keepDetails: (reference, details) => {
      kept.push(`${reference} ${details}`);
      return Promise.resolve('/state/errors.log');
    },
    ...changed,
  };
  return { surroundings, out: () => out.join(''), err: () => err.join(''), kept };
}

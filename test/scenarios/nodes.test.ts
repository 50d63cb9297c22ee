import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../packages/domain/src/diagnosis.ts';
import { openCluster } from '../../packages/kube/src/reader/cluster-reader.ts';
import { ensureKind } from '../bed/fixtures.ts';
import type { KindBed } from '../bed/fixtures.ts';
import { ClusterHand } from './cluster-hand.ts';
import { survey, told } from './judge.ts';
import { workload } from './node-workload.ts';

/** What harms a whole cluster, on one that only this file changes. Each test leaves it healthy for the next. */
let bed: KindBed;
let hand: ClusterHand;
let worker: string;
let other: string;

const open = () => openCluster({ kubeconfig: bed.kubeconfigPath });

/** Looks until the answer is as wanted, or the time is over; the last answer. */
async function lookUntil(seconds: number, isWanted: (answer: Diagnosis) => boolean): Promise<Diagnosis> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = (await survey(open))();
    if (isWanted(answer) || Date.now() > end) return answer;
    await new Promise((resolve) => setTimeout(resolve, 3000));
  }
}

async function expectFirst(code: string, object: string, seconds = 120): Promise<Diagnosis> {
  const isFirst = ({ causes: [first] }: Diagnosis): boolean =>
    first?.code === code && `${first.object.kind}/${first.object.name}` === object;
  const answer = await lookUntil(seconds, isFirst);
  expect(isFirst(answer), `wanted ${code} ${object}, was told\n${told(answer)}`).toBe(true);
  return answer;
}

async function expectHealthy(seconds = 150): Promise<void> {
  const answer = await lookUntil(seconds, ({ verdict }) => verdict === 'healthy');
  expect(answer.verdict, told(answer)).toBe('healthy');
}

/** Applies manifests in a namespace of their own, runs the test, and takes them away. */
async function within(namespace: string, manifests: readonly string[], test: () => Promise<void>): Promise<void> {
  await hand.createNamespaces([namespace]);
  try {
    await hand.must(['-n', namespace, 'apply', '-f', '-'], manifests.join('---\n'));
    await test();
  } finally {
    await hand.run(['delete', 'namespace', namespace, '--timeout=90s']);
  }
}

beforeAll(async () => {
  bed = await ensureKind({ name: 'autodevops-nodes' });
  hand = new ClusterHand(await bed.kubectl(), bed.kubeconfigPath);
  [worker = '', other = ''] = bed.workers;
});

afterAll(async () => {
  await bed?.stop();
});

describe('a cluster with nothing wrong', () => {
  it('is healthy', () => expectHealthy());
});

describe('a node whose kubelet has stopped', () => {
  it('is one cause, with its pods as symptoms, and healthy after its start', async () => {
    await within('shop', [workload('web', { replicas: 6 }), workload('api', { replicas: 4 })], async () => {
      await hand.settle('shop');
      try {
        await bed.stopNode(worker);
        const answer = await expectFirst('node.not-ready.kubelet-silent', `Node/${worker}`, 180);
        expect(answer.causes.length, told(answer)).toBe(1);
        expect(
          answer.causes[0]?.symptoms.some((symptom) => symptom.object.namespace === 'shop'),
          told(answer),
        ).toBe(true);
      } finally {
        await bed.startNode(worker);
      }
      await expectHealthy();
    });
  });
});

describe('cordoned nodes', () => {
  it('leave a new pod without a place, and are only information by themselves', async () => {
    try {
      await hand.must(['cordon', worker, other]);
      await expectHealthy();
      await within('shop', [workload('web')], async () => {
        await expectFirst('pod.unschedulable.cordoned', 'Deployment/web');
      });
    } finally {
      await hand.must(['uncordon', worker, other]);
    }
    await expectHealthy();
  });
});

describe('a drain that a budget does not allow', () => {
  const budget =
    'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web}\nspec:\n  maxUnavailable: 0\n  selector: {matchLabels: {app: web}}\n';

  it('names the budget', async () => {
    await within('shop', [workload('web', { replicas: 2 }), budget], async () => {
      await hand.settle('shop');
      try {
        const { code } = await hand.run([
          'drain',
          worker,
          other,
          '--ignore-daemonsets',
          '--pod-selector=app=web',
          '--timeout=8s',
        ]);
        expect(code).not.toBe(0);
        await expectFirst('pdb.blocks-drain', 'PodDisruptionBudget/web');
      } finally {
        await hand.must(['uncordon', worker, other]);
      }
    });
    await expectHealthy();
  });
});

describe('a tainted node', () => {
  it('misses the pod of a DaemonSet that does not tolerate it, which is only information', async () => {
    try {
      await hand.must(['taint', 'node', worker, 'room=closed:NoSchedule']);
      await within('shop', [workload('agent', { kind: 'DaemonSet' })], async () => {
        const isTold = ({ information }: Diagnosis): boolean =>
          information.some(({ code, object }) => code === 'daemonset.missing-by-taint' && object.name === 'agent');
        const answer = await lookUntil(60, isTold);
        expect(isTold(answer), told(answer)).toBe(true);
        await expectHealthy();
      });
    } finally {
      await hand.must(['taint', 'node', worker, 'room-']);
    }
    await expectHealthy();
  });
});

describe('a cluster DNS without pods', () => {
  it('is the first cause, before those who cannot resolve names', async () => {
    try {
      await within(
        'shop',
        [
          workload('web', {
            command: 'nslookup cache.shop.svc.cluster.local || { echo "Error: getaddrinfo EAI_AGAIN cache"; exit 1; }',
          }),
        ],
        async () => {
          await hand.must(['-n', 'kube-system', 'scale', 'deployment', 'coredns', '--replicas=0']);
          await expectFirst('dns.coredns.scaled-to-zero', 'Deployment/coredns');
        },
      );
    } finally {
      await hand.must(['-n', 'kube-system', 'scale', 'deployment', 'coredns', '--replicas=2']);
    }
    await expectHealthy();
  });
});

describe('a pod of higher priority', () => {
  const urgent = 'apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: urgent}\nvalue: 1000\n';

  it('takes the place of another, which is told', async () => {
    const large = { requests: 'cpu: 1500m' };
    await within('shop', [workload('batch', { ...large, replicas: 2 })], async () => {
      await hand.settle('shop');
      try {
        await hand.must(
          ['-n', 'shop', 'apply', '-f', '-'],
          [urgent, workload('web', { ...large, priorityClass: 'urgent' })].join('---\n'),
        );
        await expectFirst('pod.preempted', 'Deployment/batch');
      } finally {
        await hand.run(['delete', 'priorityclass', 'urgent']);
      }
    });
    await expectHealthy();
  });
});

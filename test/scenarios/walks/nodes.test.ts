import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '../../../packages/domain/src/change/change.ts';
import { openCluster } from '../../../packages/kube/src/reader/cluster-reader.ts';
import { ask, told } from '../judge.ts';
import { causeIn, comesTrue, request, walkScene } from './walk-scene.ts';
import type { WalkScene } from './walk-scene.ts';
import { budget, deployment } from './workloads.ts';

/** Nodes are everybody's, so these walks come one after another, and each leaves them open, even where it fails. */
let scene: WalkScene;
let worker: string;
let other: string;

beforeAll(async () => {
  scene = await walkScene({ cluster: 'autodevops-walks' });
  [worker = '', other = ''] = scene.bed.workers;
});

afterEach(async () => {
  await scene.hand.must(['uncordon', worker, other]);
});
afterAll(async () => {
  await scene?.close();
});

async function isCordoned(name: string): Promise<boolean> {
  return (await scene.read('Node', '', name))?.spec['unschedulable'] === true;
}

const soon = (): { signal: AbortSignal } => ({ signal: AbortSignal.timeout(60_000) });

async function expectWell(namespace: string): Promise<void> {
  const look = async () => await ask(() => openCluster({ kubeconfig: scene.bed.kubeconfigPath }), namespace);
  await comesTrue('Jamie finds it well', async () => (await look()).verdict === 'healthy', 60).catch(
    async (error: unknown) => {
      throw new Error(told(await look()), { cause: error });
    },
  );
}

describe('cordon and uncordon', () => {
  it('a node is closed, and opened again by taking that back', async () => {
    const change = await scene.carryOut([request('cordon', ['Node', '', worker])]);
    expect(change.state, change.says).toBe('succeeded');
    expect(await isCordoned(worker)).toBe(true);
    const back = await scene.takeBack(change);
    expect(back.state, back.says).toBe('succeeded');
    expect(await isCordoned(worker)).toBe(false);
  }, 120_000);

  it('a pod whose only node is closed gets its place by what Jamie proposes', async () => {
    await scene.hand.must(['cordon', worker]);
    const namespace = await scene.namespace(
      deployment('web', { pod: { nodeSelector: { 'kubernetes.io/hostname': worker } } }),
    );
    const { cause, proposals } = await causeIn(scene, namespace, 'pod.unschedulable.cordoned');
    const change = await scene.carryOut(
      proposals.filter(({ action, target }) => action === 'uncordon' && target.name === worker),
      cause,
    );
    expect(change.state, change.says).toBe('succeeded');
    expect(change.says).toContain(`"${cause.title}" on`);
    await expectWell(namespace);
    await scene.hand.must(['delete', 'namespace', namespace, '--timeout=60s']);
  }, 120_000);
});

/** What Jamie proposes for the worker: of what lies in no namespace an answer about the whole cluster tells. */
async function proposedForWorker(): Promise<Awaited<ReturnType<typeof causeIn>>> {
  let found: Awaited<ReturnType<typeof causeIn>> | undefined;
  await comesTrue('the condition of the worker is told', async () => {
    const { fixes } = await scene.agent.client.fixes({ body: {} }, soon());
    found = fixes.find(({ cause: { code, object } }) => code === 'node.problem.condition' && object.name === worker);
    return found !== undefined;
  });
  return found ?? expect.fail('it was there a moment ago');
}

/** As a problem detector on the node would tell of its machine (github.com/kubernetes/node-problem-detector). */
async function tellOfDisk(isReadOnly: boolean): Promise<void> {
  const now = new Date().toISOString();
  const condition = {
    type: 'ReadonlyFilesystem',
    status: isReadOnly ? 'True' : 'False',
    reason: isReadOnly ? 'FilesystemIsReadOnly' : 'FilesystemIsNotReadOnly',
    message: isReadOnly ? 'Remounting filesystem read-only' : 'Filesystem is not read-only',
    lastHeartbeatTime: now,
    lastTransitionTime: now,
  };
  const patch = JSON.stringify({ status: { conditions: [condition] } });
  await scene.hand.must(['patch', 'node', worker, '--subresource=status', '--type=strategic', '-p', patch]);
}

describe('a node that reports an ill disk', () => {
  afterEach(() => tellOfDisk(false));

  it('is closed while nothing runs on it, and is no trouble then', async () => {
    const namespace = await scene.namespace();
    await comesTrue(
      'nothing but what belongs to the node is on the worker',
      async () => (await evictable()) === 0,
      120,
    );
    await tellOfDisk(true);
    const { cause, proposals } = await proposedForWorker();
    expect(proposals.map(({ action, target }) => `${action} ${target.name}`)).toEqual([`cordon ${worker}`]);
    const change = await scene.carryOut(proposals, cause);
    expect(change.state, change.says).toBe('succeeded');
    expect(change.says).toContain(`"${cause.title}" on`);
    expect(await isCordoned(worker)).toBe(true);
    await expectWell(namespace);
  }, 240_000);

  it('is emptied of what runs on it by what Jamie proposes', async () => {
    await scene.hand.must(['cordon', other]);
    const namespace = await scene.namespace(deployment('web', { replicas: 2 }));
    await scene.hand.settle(namespace);
    await scene.hand.must(['uncordon', other]);
    await onlyOurs(namespace);
    await tellOfDisk(true);
    const { cause, proposals } = await proposedForWorker();
    expect(proposals.map(({ action, target }) => `${action} ${target.name}`)).toEqual([`drain ${worker}`]);
    const change = await scene.carryOut(proposals, cause);
    expect(change.state, change.says).toBe('succeeded');
    expect(change.says).toContain(`"${cause.title}" on`);
    expect(await places(namespace)).toEqual([other, other]);
    await expectWell(namespace);
  }, 240_000);
});

/** Two pods on the worker under a budget that lets neither go. */
async function twoHeldPods(): Promise<string> {
  await scene.hand.must(['cordon', other]);
  const namespace = await scene.namespace(deployment('web', { replicas: 2 }), budget('web', 2));
  await scene.hand.settle(namespace);
  await scene.hand.must(['uncordon', other]);
  await comesTrue(
    'the budget counts its pods',
    async () => (await scene.read('PodDisruptionBudget', namespace, 'web'))?.status['currentHealthy'] === 2,
  );
  return namespace;
}

/** Which nodes the pods of a walk are on; those that are ending do not count. */
async function places(namespace: string): Promise<readonly string[]> {
  const list = JSON.parse(await scene.hand.must(['-n', namespace, 'get', 'pods', '-o', 'json'])) as {
    readonly items: readonly {
      readonly metadata: { readonly deletionTimestamp?: string };
      readonly spec: { readonly nodeName?: string };
    }[];
  };
  return list.items
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .map(({ spec }) => spec.nodeName ?? '');
}

/** What earlier files left is on its way out: a drain would speak of it too. */
async function onlyOurs(namespace: string): Promise<void> {
  await comesTrue(
    'nothing else is leaving the worker',
    async () => {
      const text = await scene.hand.must([
        'get',
        'pods',
        '-A',
        '--field-selector',
        `spec.nodeName=${worker}`,
        '-o',
        'jsonpath={range .items[*]}{.metadata.namespace} {end}',
      ]);
      return text
        .trim()
        .split(' ')
        .every((place) => place === namespace || !/^n[0-9a-z]+(-\d+)?$/.test(place));
    },
    120,
  );
}

/** How many pods on the worker a drain would evict. */
async function evictable(): Promise<number> {
  const list = JSON.parse(
    await scene.hand.must(['get', 'pods', '-A', '--field-selector', `spec.nodeName=${worker}`, '-o', 'json']),
  ) as {
    readonly items: readonly {
      readonly metadata: { readonly ownerReferences?: readonly { readonly kind: string }[] };
    }[];
  };
  return list.items.filter(({ metadata: { ownerReferences = [] } }) =>
    ownerReferences.every(({ kind }) => kind !== 'DaemonSet' && kind !== 'Node'),
  ).length;
}

async function drained(): Promise<Change> {
  return await scene.agent.propose([request('drain', ['Node', '', worker])]);
}

/** Agreed to, and held up by the budget at the first pod. */
async function held(change: Change): Promise<void> {
  await comesTrue(
    'the drain waits for the budget',
    async () => {
      const { state, steps } = await scene.agent.client.change({ params: { id: change.id } }, soon());
      return state === 'executing' && steps.some(({ step, outcome }) => step.operation > 0 && outcome === undefined);
    },
    30,
  );
}

function timesDone({ steps }: Change): readonly string[] {
  return steps
    .filter(({ step, outcome }) => step.direction === 'forward' && outcome === 'done')
    .map(({ step }) => `${step.action}/${step.operation}`);
}

describe('the drain of a node whose pods a budget holds', () => {
  it('waits, goes on after a restart when the budget lets it, and leaves a node that can be opened again', async () => {
    const namespace = await twoHeldPods();
    await onlyOurs(namespace);
    const change = await drained();
    expect(change.decision?.tier, 'a drain that a budget holds up is of high risk').toBe('two');
    expect(change.plan.facts.disruptionsAllowed).toBe(0);
    expect(change.plan.facts.notes.join(' ')).toContain(
      `PodDisruptionBudget ${namespace}/web allows none even with all 2 pods healthy`,
    );
    await scene.agree(change);
    await held(change);
    expect(await isCordoned(worker)).toBe(true);
    expect(await places(namespace)).toEqual([worker, worker]);
    await scene.restart();
    await held(change);
    await scene.hand.must(['-n', namespace, 'scale', 'deployment/web', '--replicas=4']);
    const ended = await scene.agent.follow(change.id);
    expect(ended.state, ended.says).toBe('succeeded');
    expect(ended.says).toContain('is cordoned and empty');
    expect(timesDone(ended)).toEqual([...new Set(timesDone(ended))]);
    await comesTrue(
      'all pods have a place elsewhere',
      async () => (await places(namespace)).toSorted().join() === [other, other, other, other].join(),
    );
    const opened = await scene.carryOut([request('uncordon', ['Node', '', worker])]);
    expect(opened.state, opened.says).toBe('succeeded');
    expect(await isCordoned(worker)).toBe(false);
    await expectWell(namespace);
  }, 240_000);

  it('is turned round by a person who has waited long enough: the node is open, and no pod has gone', async () => {
    const namespace = await twoHeldPods();
    const uids = async (): Promise<string> =>
      await scene.hand.must(['-n', namespace, 'get', 'pods', '-o', 'jsonpath={.items[*].metadata.uid}']);
    const before = await uids();
    await onlyOurs(namespace);
    const change = await drained();
    const ending = scene.settle(change);
    await held(change);
    await scene.agent.client.undo({ params: { id: change.id }, body: { why: 'Not today.' } }, soon());
    const ended = await ending;
    expect(ended.state, ended.says).toBe('undone');
    expect(await isCordoned(worker)).toBe(false);
    expect(await uids()).toBe(before);
  }, 180_000);
});

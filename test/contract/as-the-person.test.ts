import { userInfo } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startControlPlane } from '../bed/fixtures.ts';
import type { Bed } from '../bed/fixtures.ts';
import { ClusterHand } from '../scenarios/cluster-hand.ts';
import { repairAgent } from '../scenarios/repair-agent.ts';
import type { RepairAgent } from '../scenarios/repair-agent.ts';
import { refusalOf } from '../scenarios/unsafe-requests.ts';

const namespace = 'shop';
const user = 'ann@example.com';
const settings = (name: string): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data: { mode: 'slow' },
});
/** What Ann may do, and no more: one of the two ConfigMaps is hers. */
const rights = [
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'ann' },
    rules: [{ apiGroups: [''], resources: ['configmaps'], resourceNames: ['own'], verbs: ['patch'] }],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'ann' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'ann' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }],
  },
];
const options = {
  get signal() {
    return AbortSignal.timeout(60_000);
  },
};

let bed: Bed;
let hand: ClusterHand;
let agent: RepairAgent;

beforeAll(async () => {
  bed = await startControlPlane();
  hand = new ClusterHand(await bed.kubectl(), bed.kubeconfigPath);
  await hand.createNamespaces([namespace]);
  await hand.must(
    ['-n', namespace, 'apply', '-f', '-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [settings('own'), settings('other'), ...rights] }),
  );
  agent = await repairAgent(bed.kubeconfigPath, {
    actAs: { who: 'requester', groups: {} },
    pace: { lease: 4000, poll: 200, settle: 500, again: 500 },
  });
  await agent.client.putPerson(
    {
      body: {
        id: 'ann',
        name: 'Ann',
        accounts: [`local:${userInfo().username}`, `kubernetes:${user}`],
        roles: ['operator', 'approver', 'admin'],
      },
    },
    options,
  );
});

afterAll(async () => {
  await agent?.close();
  await bed?.stop();
});

function annotating(name: string): Parameters<RepairAgent['propose']>[0] {
  return [
    {
      action: 'annotate-object',
      target: { apiVersion: 'v1', kind: 'ConfigMap', namespace, name, uid: '' },
      params: { annotations: { 'example.com/seen': 'yes' } },
    },
  ];
}

async function annotationsOf(name: string): Promise<string> {
  return await hand.must(['-n', namespace, 'get', 'configmap', name, '-o', 'jsonpath={.metadata.annotations}']);
}

describe('an agent that acts as who asks, on a real API server', () => {
  it('explains what this person may do, by a rehearsal with their rights', async () => {
    const { plan, decision } = await agent.client.explainDecision(
      { body: { requests: [...annotating('own')], reason: 'What would happen?' } },
      options,
    );
    expect(plan.diff.map(({ path, after }) => [path, after])).toEqual([
      ['metadata.annotations[example.com/seen]', '"yes"'],
    ]);
    expect(decision.tier).not.toBe('forbidden');
    expect(await annotationsOf('own')).not.toContain('example.com/seen');
  });

  it('refuses to explain or propose what this person may not, although the agent itself may', async () => {
    for (const asked of [
      agent.client.explainDecision(
        { body: { requests: [...annotating('other')], reason: 'What would happen?' } },
        options,
      ),
      agent.propose(annotating('other')),
    ]) {
      const refused = await refusalOf(asked);
      expect(refused.code).toBe('change.refused');
      expect(refused.message).toContain(`The API server would refuse it.`);
      expect(refused.message).toContain(user);
    }
    expect(await annotationsOf('other')).not.toContain('example.com/seen');
  });

  it('does it with their rights, and no longer when these are taken away after the yes', async () => {
    const change = await agent.propose(annotating('own'));
    await hand.must(['-n', namespace, 'delete', 'rolebinding', 'ann']);
    const refused = await refusalOf(
      agent.client.approve({ params: { id: change.id }, body: { digest: change.digest } }, options),
    );
    expect(refused.message).toContain(user);
    expect(await annotationsOf('own')).not.toContain('example.com/seen');
    await hand.must(
      ['-n', namespace, 'apply', '-f', '-'],
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: rights }),
    );
    const again = await agent.propose(annotating('own'));
    await agent.client.approve({ params: { id: again.id }, body: { digest: again.digest } }, options);
    const done = await agent.follow(again.id);
    expect(done.state, done.says).toBe('succeeded');
    expect(await annotationsOf('own')).toContain('example.com/seen');
  });
});

import { describe, expect, it } from 'vitest';
import type { Actor } from '@autodevops/domain/change/actor';
import type { Manifest } from '@autodevops/domain/change/operation';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { readChange } from '../journal/journal.ts';
import { propose } from './propose.ts';
import { changeScene, deployment, pod, refusalOf, request, signal } from '../testing/change-scene.ts';
import { ann, bob, decisionOf } from '../testing/samples.ts';

const resize = [request('resize', 'web', { replicas: 3 })];
const automation: Actor = {
  kind: 'automation',
  account: 'automation:undo',
  person: '',
  name: 'undo',
  roles: [],
  surface: 'automation',
};

describe('a proposal', () => {
  it('is planned, rehearsed and decided, and changes nothing', async () => {
    const { propose, cluster } = await changeScene();
    const change = await propose(resize);
    expect(change).toMatchObject({
      id: 'chg-000000000001',
      state: 'waiting',
      says: 'One more person must agree.',
      requester: ann,
    });
    expect(change.plan.diff).toMatchObject([{ path: 'spec.replicas', before: '1', after: '3' }]);
    expect(change.plan.facts).toMatchObject({ reversible: true, managedBy: [], workloads: ['Deployment/shop/web'] });
    expect(change.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(cluster.effects).toEqual([]);
  });

  it('is written to the audit log with what was seen and what decided', async () => {
    const { propose, codes, audited } = await changeScene();
    await propose(resize);
    expect(await codes()).toEqual(['CHG001', 'CHG002']);
    expect((await audited('CHG001'))[0]).toMatchObject({
      actor: { account: 'slack:ann' },
      success: true,
      says: 'Will resize web to 3.',
      details: {
        actions: [{ action: 'resize', target: 'Deployment shop/web', operations: ['patch Deployment shop/web'] }],
        seen: { fields: ['Deployment shop/web spec.replicas'] },
      },
    });
    expect((await audited('CHG002'))[0]).toMatchObject({
      actor: { kind: 'agent' },
      onBehalfOf: 'slack:ann',
      details: { tier: 'one', rules: ['default'] },
    });
  });

  it('gives the same change for the same key, however often and at once', async () => {
    const scene = await changeScene();
    const sent = {
      requests: resize,
      requester: ann,
      reason: { text: 'x' },
      idempotencyKey: 'same',
      direct: false,
      signal: new AbortController().signal,
    };
    const all = await Promise.all([1, 2, 3].map(async () => await propose(sent, scene.desk)));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect((await scene.store.changes.list({ limit: 10 })).length).toBe(1);
  });

  it('is written in the end when its lease was lost on the way, and once', async () => {
    const scene = await changeScene();
    let lost = 2;
    const leases = {
      ...scene.store.leases,
      acquire: async (name: string, holder: string, milliseconds: number) => {
        const lease = await scene.store.leases.acquire(name, holder, milliseconds);
        // As if its time had passed before the proposal was written.
        return lease === undefined || lost-- <= 0 ? lease : { ...lease, fence: lease.fence - 1 };
      },
    };
    const sent = {
      requests: resize,
      requester: ann,
      reason: { text: 'x' },
      idempotencyKey: 'one',
      direct: false,
      signal,
    };
    const change = await propose(sent, { ...scene.desk, store: { ...scene.store, leases } });
    expect(change.state).toBe('waiting');
    expect((await scene.store.changes.list({ limit: 10 })).map(({ id }) => id)).toEqual([change.id]);
  });

  it('is refused for a key that was used for something else', async () => {
    const { propose } = await changeScene({ objects: [deployment(), deployment('api')] });
    await propose(resize, { idempotencyKey: 'k' });
    expect(
      (await refusalOf(propose([request('resize', 'api', { replicas: 2 })], { idempotencyKey: 'k' }))).message,
    ).toContain('used for another request');
  });

  it('plans a later action on top of an earlier one', async () => {
    const { propose } = await changeScene();
    const { plan } = await propose([
      request('resize', 'web', { replicas: 3 }),
      request('resize', 'web', { replicas: 5 }),
    ]);
    expect(plan.actions.map(({ operations: [operation] }) => operation)).toMatchObject([
      { steps: [{ value: 1 }, { value: 3 }] },
      { steps: [{ value: 3 }, { value: 5 }] },
    ]);
    expect(plan.diff).toMatchObject([{ path: 'spec.replicas', before: '1', after: '5' }]);
  });

  it('notes that a disruption budget is in the way for now', async () => {
    const budget: Manifest = {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { minAvailable: 1, selector: { matchLabels: { app: 'web' } } },
      status: { disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 1, expectedPods: 1, observedGeneration: 1 },
    };
    const { propose } = await changeScene({ objects: [pod('web-1'), budget] });
    const { plan } = await propose([request('kick', 'web-1', {}, 'Pod')]);
    expect(plan.facts.disruptionsAllowed).toBe(0);
    expect(plan.facts.notes.join(' ')).toContain('A PodDisruptionBudget does not let Pod shop/web-1 go at this moment');
  });
});

describe('a refused request', () => {
  it('is thrown with its sentence and audited, and leaves no change', async () => {
    const { propose, store, audited } = await changeScene();
    const error = await refusalOf(propose([request('resize', 'web', { replicas: 1 })]));
    expect(error).toMatchObject({ code: 'change.refused', message: 'Deployment shop/web has that many already.' });
    expect(await audited('DNY001')).toMatchObject([
      { success: false, says: error.message, details: { requests: ['resize Deployment shop/web'] } },
    ]);
    expect(await store.changes.list({ limit: 10 })).toEqual([]);
  });

  it('is no denial where no action reads it: it is thrown, and not audited', async () => {
    const { propose, store, codes } = await changeScene();
    expect(await refusalOf(propose([request('shell', 'web', { command: 'ls' })]))).toMatchObject({
      code: 'change.invalid',
      exit: 64,
    });
    expect(await codes()).toEqual([]);
    expect(await store.changes.list({ limit: 10 })).toEqual([]);
  });

  it('is refused by the floor with the rule that refuses', async () => {
    const { propose, audited, store } = await changeScene({
      decide: decisionOf('forbidden', {
        voices: [{ rule: 'floor.system-namespaces', tier: 'forbidden', why: 'It is of the system.' }],
      }),
    });
    expect(await refusalOf(propose(resize))).toMatchObject({
      message: 'It is of the system. So says rule floor.system-namespaces of the built-in floor.',
      remedy: expect.stringContaining('No policy, no yes and no broken glass lifts this.'),
    });
    expect(await audited('DNY001')).toHaveLength(1);
    expect(await store.changes.list({ limit: 10 })).toEqual([]);
  });

  it('is kept as forbidden when a rule of the policy forbids it, which people may change', async () => {
    const { propose } = await changeScene({ decide: decisionOf('forbidden') });
    expect(await propose(resize)).toMatchObject({
      state: 'forbidden',
      says: expect.stringMatching(
        /^It is forbidden\. So says the default where no rule of the policy speaks\. Write a rule for it/,
      ),
    });
  });

  it('is refused when the API server would refuse it', async () => {
    const { propose } = await changeScene({
      allow: (resource, verb) => !(resource === 'deployments' && verb === 'patch'),
    });
    expect((await refusalOf(propose(resize))).message).toMatch(
      /^The API server would refuse it\. Deployment shop\/web may not be changed so/,
    );
  });

  it('is not done when the refusal cannot be written', async () => {
    const scene = await changeScene();
    const store = scene.store.again({
      beforeWrite: () => {
        throw new Error('disk full');
      },
    });
    await expect(
      propose(
        {
          requests: [request('resize', 'web', { replicas: 1 })],
          requester: ann,
          reason: { text: '' },
          idempotencyKey: 'k',
          direct: false,
          signal: new AbortController().signal,
        },
        { ...scene.desk, store },
      ),
    ).rejects.toThrow('disk full');
  });
});

describe('an object that a tool keeps', () => {
  const kept = deployment('web', 1, {
    annotations: { 'argocd.argoproj.io/tracking-id': 'shop-web:apps/Deployment:shop/web' },
  });
  const application: Manifest = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'shop-web', namespace: 'argocd' },
    spec: { source: { repoURL: 'https://git.example/shop.git', path: 'deploy/web' } },
  };

  it('is not patched behind its back, and the remedy names the place in Git', async () => {
    const { propose } = await changeScene({ objects: [kept, application] });
    const error = await refusalOf(propose(resize));
    expect(error.message).toBe('Argo CD (shop-web) keeps Deployment shop/web and would put a change back.');
    expect(error.remedy).toContain('deploy/web of https://git.example/shop.git');
  });

  it('may be asked for directly, which the policy then knows', async () => {
    const asked: unknown[] = [];
    const { propose } = await changeScene({
      objects: [kept, application],
      decide: async ({ facts }) => {
        asked.push(facts.managedBy);
        return decisionOf('two');
      },
    });
    expect((await propose(resize, { direct: true })).state).toBe('waiting');
    expect(asked).toEqual([[{ tool: 'argocd', owner: 'shop-web' }]]);
  });
});

describe('changes that meet', () => {
  it('on the same object: the later is refused while the earlier one is agreed to', async () => {
    const { propose, approve } = await changeScene();
    await approve(await propose(resize));
    expect((await refusalOf(propose([request('resize', 'web', { replicas: 5 })]))).message).toBe(
      'Change chg-000000000001 is approved and touches Deployment/shop/web too.',
    );
  });

  it('on the same object: a waiting one gives way to the same person, not to another', async () => {
    const { propose, store } = await changeScene();
    await propose(resize);
    expect(
      (await refusalOf(propose([request('resize', 'web', { replicas: 4 })], { requester: bob }))).message,
    ).toContain('is waiting and touches');
    const second = await propose([request('resize', 'web', { replicas: 5 })]);
    expect((await store.changes.read('chg-000000000001')).at(-1)).toMatchObject({ type: 'superseded', by: second.id });
  });

  it('on the same object: nothing gives way to one that cannot be written', async () => {
    const scene = await changeScene();
    const first = await scene.propose(resize);
    const { changes } = scene.store;
    const full = {
      ...scene.store,
      changes: {
        ...changes,
        append: async (record: Parameters<typeof changes.append>[0]) => {
          if (record.after === 0) throw new AutoDevOpsError('store.full', 'There is no room left.', '');
          await changes.append(record);
        },
      },
    };
    const proposal = {
      requests: [request('resize', 'web', { replicas: 5 })],
      requester: ann,
      reason: { text: 'Ann wants it.' },
      idempotencyKey: 'another',
      direct: false,
      signal,
    };
    await expect(propose(proposal, { ...scene.desk, store: full })).rejects.toMatchObject({ code: 'store.full' });
    expect((await readChange(changes, first.id)).change.state).toBe('waiting');
  });

  it("on the same object: an automation's gives way to a person's", async () => {
    const { propose } = await changeScene();
    await propose(resize, { requester: automation });
    expect((await propose(resize, { requester: bob })).state).toBe('waiting');
  });

  it('behind the same Service: the later is refused', async () => {
    const service: Manifest = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'front', namespace: 'shop' },
      spec: { selector: { tier: 'front' }, ports: [{ port: 80 }] },
    };
    const both = [pod('web-1'), pod('api-1', 'api')].map((one) => ({
      ...one,
      metadata: { ...one.metadata, labels: { tier: 'front' } },
    }));
    const { propose } = await changeScene({ objects: [...both, service], decide: decisionOf('auto') });
    await propose([request('kick', 'web-1', {}, 'Pod')]);
    expect((await refusalOf(propose([request('kick', 'api-1', {}, 'Pod')]))).message).toContain(
      'touches Service shop/front too',
    );
  });

  it('at the same moment: one is kept', async () => {
    const { propose } = await changeScene();
    const both = await Promise.allSettled([
      propose(resize, { requester: ann }),
      propose([request('resize', 'web', { replicas: 5 })], { requester: bob }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('nowhere: both are kept', async () => {
    const { propose } = await changeScene({ objects: [deployment(), deployment('api')] });
    await propose(resize);
    expect((await propose([request('resize', 'api', { replicas: 3 })], { requester: bob })).state).toBe('waiting');
  });
});

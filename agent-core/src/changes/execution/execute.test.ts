import { describe, expect, it } from 'vitest';
import type { Change, ChangeEvent } from '@autodevops/domain/change/change';
import type { Manifest } from '@autodevops/domain/change/operation';
import type { ActionRequest } from '@autodevops/domain/change/plan';
import type { Cause } from '@autodevops/domain/diagnosis';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { readChange } from '../journal/journal.ts';
import { turnKillSwitch } from '../governing/kill-switch.ts';
import { becauseOf, causeOn, changeScene, deployment, diagnosisOf, pod, refusalOf, request } from '../testing/change-scene.ts';
import type { ChangeScene, SceneOptions } from '../testing/change-scene.ts';
import { ann, bob, decisionOf, noon } from '../testing/samples.ts';
import { takeBack } from '../approving/withdraw.ts';

const resize = [request('resize', 'web', { replicas: 3 })];
const three = [request('make', 'settings', { value: 'x' }, 'ConfigMap'), request('resize', 'web', { replicas: 3 }), request('stamp', 'api')];

function replicasIn(objects: readonly Manifest[], name = 'web'): unknown {
  return (objects.find((object) => object.kind === 'Deployment' && object.metadata.name === name)?.['spec'] as { replicas?: unknown } | undefined)?.replicas;
}

/** Jamie sees that web is too small until it has three replicas. */
function tooSmall(objects: readonly Manifest[]): readonly Cause[] {
  return replicasIn(objects) === 3 ? [] : [causeOn('workload.too-small', { kind: 'Deployment', name: 'web' })];
}

async function approved(requests: readonly ActionRequest[] = resize, options: SceneOptions = {}, reason = becauseOf('workload.too-small')): Promise<ChangeScene & { readonly change: Change }> {
  const scene = await changeScene({ objects: [deployment(), deployment('api')], causes: tooSmall, ...options });
  const change = await scene.approve(await scene.propose(requests, { reason }));
  return { ...scene, change };
}

async function typesOf({ store, change }: Pick<ChangeScene, 'store'> & { readonly change: Change }): Promise<ChangeEvent['type'][]> {
  return (await store.changes.read(change.id)).map(({ type }) => type);
}

describe('an approved change', () => {
  it('is done, verified by what Jamie sees, and recorded before and after', async () => {
    const scene = await approved();
    const done = await scene.execute(scene.change.id);
    expect(done).toMatchObject({ state: 'succeeded', says: '3 of 3 are wanted. workload.too-small on Deployment shop/web has gone, and nothing got worse.' });
    expect(replicasIn(scene.cluster.all())).toBe(3);
    expect(await typesOf(scene)).toEqual(['proposed', 'decided', 'approved', 'execution-began', 'step-intended', 'step-ended', 'verification-began', 'verified']);
    expect(await scene.codes()).toEqual(['CHG001', 'CHG002', 'CHG003', 'CHG008', 'CHG009', 'CHG010', 'CHG011']);
  });

  it('is written to the audit log before it is sent', async () => {
    const scene = await approved();
    const seen: string[] = [];
    const send: ChangeScene['cluster']['send'] = async (operation, options) => {
      if (!options.dryRun) seen.push((await scene.codes()).at(-1) ?? '');
      return await scene.cluster.send(operation, options);
    };
    await scene.execute(scene.change.id, { ground: { ...scene.desk.ground, cluster: { ...scene.cluster, send } } });
    expect(seen).toEqual(['CHG009']);
  });

  it('is not sent when that cannot be written', async () => {
    const scene = await approved();
    let writes = 0;
    const store = scene.store.again({ now: scene.clock.now, beforeWrite: (part) => {
      if (part === 'changes' && ++writes === 2) throw new AutoDevOpsError('store.full', 'The disk is full.', 'Make room.');
    } });
    expect((await refusalOf(scene.execute(scene.change.id, { store }))).code).toBe('store.full');
    expect(scene.cluster.effects).toEqual([]);
  });

  it('carries out its steps in order, and its audit rows name them', async () => {
    const scene = await approved(three);
    expect((await scene.execute(scene.change.id)).state).toBe('succeeded');
    expect(scene.cluster.effects.map(({ operation }) => operation.verb)).toEqual(['create', 'patch', 'patch']);
    expect((await scene.audited('CHG009')).map(({ details }) => details['operation'])).toEqual(['create ConfigMap shop/settings', 'patch Deployment shop/web', 'patch Deployment shop/api']);
  });

  it('takes the moment of its plan for now when it is planned again', async () => {
    const scene = await approved([request('stamp', 'web')], {}, { text: 'x' });
    scene.clock.pass(600_000);
    expect((await scene.execute(scene.change.id)).state).toBe('succeeded');
    expect(scene.cluster.all().find(({ metadata }) => metadata.name === 'web')?.metadata['annotations']).toMatchObject({ stamp: '2026-01-01T12:00:00.000Z' });
  });

  it('is not done again once it has ended', async () => {
    const scene = await approved();
    await scene.execute(scene.change.id);
    expect(await refusalOf(scene.execute(scene.change.id))).toMatchObject({ code: 'change.wrong-state', message: expect.stringContaining('has come to its end: it is succeeded') });
    expect(scene.cluster.effects).toHaveLength(1);
  });

  it('goes on where a controller reports on the object all the time', async () => {
    const scene = await approved();
    let reports = 0;
    const get: ChangeScene['cluster']['get'] = async (name, options) => {
      const found = await scene.cluster.get(name, options);
      if (found?.kind === 'Deployment' && reports++ < 6) scene.cluster.put({ ...found, status: { replicas: reports } });
      return found;
    };
    const done = await scene.execute(scene.change.id, { ground: { ...scene.desk.ground, cluster: { ...scene.cluster, get } } });
    expect(done.state).toBe('succeeded');
    expect(scene.cluster.effects).toHaveLength(1);
  });
});

describe('what is not begun', () => {
  it('is what nobody has agreed to', async () => {
    const scene = await changeScene();
    const { id } = await scene.propose(resize);
    expect(await refusalOf(scene.execute(id))).toMatchObject({ code: 'change.wrong-state', message: expect.stringContaining('is waiting') });
  });

  const stale: Readonly<Record<string, (scene: ChangeScene) => Parameters<ChangeScene['execute']>[1]>> = {
    'what is no longer what was agreed to, because the object changed': ({ cluster }) => { cluster.put(deployment('web', 2)); return {}; },
    'what reaches further now': ({ cluster }) => {
      cluster.put(pod('web-1'));
      return {};
    },
    'what the policy would now judge more strictly': () => ({ decide: async () => decisionOf('two') }),
    'what another policy decides now': () => ({ decide: async () => decisionOf('one', { policyVersion: 'policy-2' }) }),
    'what is not what was stored': () => ({ digest: (text) => `other ${text.length}` }),
  };
  for (const [name, change] of Object.entries(stale)) {
    it(`is ${name}`, async () => {
      const scene = await approved();
      const error = await refusalOf(scene.execute(scene.change.id, change(scene)));
      expect(error.code).toBe('change.stale');
      expect((await readChange(scene.store.changes, scene.change.id)).change).toMatchObject({ state: 'failed', says: expect.stringMatching(/^Nothing was changed: /) });
      expect(scene.cluster.effects).toEqual([]);
    });
  }

  it('is what somebody agreed to who may not any more', async () => {
    const scene = await approved(resize, { decide: decisionOf('one', { roles: ['sre'] }) });
    await scene.store.people.put({ id: 'bob', name: 'bob', accounts: ['slack:bob'], roles: [] }, { code: 'PPL001', time: '', actor: ann, onBehalfOf: '', subject: 'bob', success: true, says: '', details: {} });
    expect((await refusalOf(scene.execute(scene.change.id))).message).toContain('The yes of bob no longer counts');
  });

  it('is what has expired', async () => {
    const scene = await approved();
    scene.clock.pass(3_600_000);
    expect((await scene.execute(scene.change.id)).state).toBe('expired');
    expect(scene.cluster.effects).toEqual([]);
  });

  it('may be begun later when the cluster cannot be read now', async () => {
    const scene = await approved();
    const down = async (): Promise<never> => { throw new AutoDevOpsError('cluster.unreachable', 'Nobody answers.', 'Wait.'); };
    expect((await refusalOf(scene.execute(scene.change.id, { ground: { ...scene.desk.ground, cluster: { ...scene.cluster, get: down } } }))).code).toBe('cluster.unreachable');
    expect((await scene.execute(scene.change.id)).state).toBe('succeeded');
  });
});

describe('a change that does not help', () => {
  it('is undone, and says so', async () => {
    const scene = await approved(resize, { causes: () => [causeOn('workload.too-small', { kind: 'Deployment', name: 'web' })] });
    const undone = await scene.execute(scene.change.id);
    expect(undone).toMatchObject({ state: 'undone', says: 'It did not help: workload.too-small on Deployment shop/web is still there. It was taken back: everything is set as it was before.' });
    expect(replicasIn(scene.cluster.all())).toBe(1);
    expect((await scene.codes()).slice(-4)).toEqual(['CHG012', 'CHG009', 'CHG010', 'CHG014']);
  });

  it('is undone when something else gets worse where it reaches', async () => {
    const scene = await approved(resize, { causes: (objects) => [...tooSmall(objects), ...(replicasIn(objects) === 3 ? [causeOn('quota.full', { kind: 'ResourceQuota', name: 'all' })] : [])] });
    expect(await scene.execute(scene.change.id)).toMatchObject({ state: 'undone', says: expect.stringContaining('quota.full on ResourceQuota shop/all is there now and was not before') });
  });

  it('is not blamed for what was there before, lies elsewhere or began earlier', async () => {
    const others = [causeOn('old', { kind: 'Deployment', name: 'db' }), causeOn('far', { kind: 'Deployment', name: 'x' }, { object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'other', name: 'x', uid: '' } })];
    const late = causeOn('earlier', { kind: 'Deployment', name: 'q' }, { since: new Date(noon - 60_000).toISOString() });
    const scene = await approved(resize, { causes: (objects) => [...tooSmall(objects), ...(replicasIn(objects) === 3 ? [...others, late] : others.slice(0, 1))] });
    expect((await scene.execute(scene.change.id)).state).toBe('succeeded');
  });

  it('is undone backwards, the last step first', async () => {
    const plan = [request('make', 'settings', { value: 'x' }, 'ConfigMap'), request('resize', 'web', { replicas: 3 }), request('resize', 'api', { replicas: 2 })];
    const scene = await approved(plan, { causes: () => tooSmall([]) });
    expect((await scene.execute(scene.change.id)).state).toBe('undone');
    expect(scene.cluster.effects.slice(3).map(({ operation }) => (operation.verb === 'delete' || operation.verb === 'patch' ? `${operation.verb} ${operation.target.name}` : ''))).toEqual(['patch api', 'patch web', 'delete settings']);
    expect(scene.cluster.all().some(({ kind }) => kind === 'ConfigMap')).toBe(false);
  });

  it('fails with the reason where nothing can take it back', async () => {
    const scene = await approved([request('stamp', 'web')], { causes: () => tooSmall([]) });
    expect(await scene.execute(scene.change.id)).toMatchObject({ state: 'failed', says: expect.stringContaining('Did stamp web. This stays: A stamp does no harm.') });
  });

  it('fails when somebody changed it since, rather than take their work back', async () => {
    const scene = await approved(resize, { causes: (objects) => (replicasIn(objects) === 1 ? [] : [causeOn('workload.too-small', { kind: 'Deployment', name: 'web' })]) });
    const working = scene.execute(scene.change.id);
    await scene.clock.wait(20_000, new AbortController().signal);
    scene.cluster.put(deployment('web', 7));
    expect(await working).toMatchObject({ state: 'failed', says: expect.stringContaining('It could not be taken back, and a person has to look: Deployment shop/web was changed by somebody else meanwhile.') });
    expect(replicasIn(scene.cluster.all())).toBe(7);
  });

  it('has to look good for a while before that is believed', async () => {
    let looks = 0;
    const scene = await approved(resize, { causes: (objects) => (replicasIn(objects) === 3 && looks++ % 2 === 0 ? [] : tooSmall([])) });
    expect((await scene.execute(scene.change.id)).state).toBe('undone');
  });

  it('is not concluded from what cannot be seen any more', async () => {
    const scene = await approved();
    const diagnose: typeof scene.desk.diagnose = async () => diagnosisOf(tooSmall(scene.cluster.all()), replicasIn(scene.cluster.all()) === 3 ? ['pods of shop'] : []);
    expect(await scene.execute(scene.change.id, { diagnose })).toMatchObject({ state: 'undone', says: expect.stringContaining('It could not be seen: pods of shop') });
  });
});

describe('a step that cannot be taken', () => {
  it('ends the change with nothing done when it is the first', async () => {
    const scene = await approved();
    scene.cluster.failNext({ done: false, error: new AutoDevOpsError('cluster.invalid', 'The webhook says no.', 'Ask it.') });
    expect(await scene.execute(scene.change.id)).toMatchObject({ state: 'failed', says: 'Nothing was changed: The webhook says no.' });
  });

  it('takes back what was done before it', async () => {
    const scene = await approved(three);
    const send: ChangeScene['cluster']['send'] = async (operation, options) => {
      if (!options.dryRun && operation.verb === 'patch') throw new AutoDevOpsError('cluster.forbidden', 'Not allowed.', 'Ask.');
      return await scene.cluster.send(operation, options);
    };
    const undone = await scene.execute(scene.change.id, { ground: { ...scene.desk.ground, cluster: { ...scene.cluster, send } } });
    expect(undone).toMatchObject({ state: 'undone', says: 'It could not be finished (step 2 of 3): Not allowed. It was taken back: everything is set as it was before.' });
    expect(scene.cluster.effects.map(({ operation }) => operation.verb)).toEqual(['create', 'delete']);
  });

  it('is tried again while it may pass', async () => {
    const scene = await approved();
    scene.cluster.failNext({ done: false });
    scene.cluster.failNext({ done: false, error: new AutoDevOpsError('cluster.too-many-requests', 'Slower.', 'Wait.') });
    expect((await scene.execute(scene.change.id)).state).toBe('succeeded');
    expect(scene.cluster.effects).toHaveLength(1);
  });

  it('waits for a disruption budget as long as the action has patience', async () => {
    const budget: Manifest = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'web', namespace: 'shop' }, spec: { minAvailable: 1, selector: { matchLabels: { app: 'web' } } }, status: { disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 1, expectedPods: 1, observedGeneration: 1 } };
    const options = { objects: [pod('web-1'), budget], causes: () => [] };
    const kick = [request('kick', 'web-1', {}, 'Pod')];
    const blocked = await approved(kick, options, { text: 'x' });
    expect(await blocked.execute(blocked.change.id)).toMatchObject({ state: 'failed', says: expect.stringMatching(/^Nothing was changed: Pod shop\/web-1 may not be evicted now/) });
    expect(blocked.clock.now() - noon).toBeGreaterThanOrEqual(60_000);
    const freed = await approved(kick, options, { text: 'x' });
    const working = freed.execute(freed.change.id);
    await freed.clock.wait(20_000, new AbortController().signal);
    freed.cluster.put({ ...budget, status: { ...(budget['status'] as object), disruptionsAllowed: 1 } });
    expect((await working).state).toBe('succeeded');
    expect(freed.cluster.effects).toHaveLength(1);
    expect((await typesOf(freed)).filter((type) => type === 'step-intended')).toHaveLength(1);
  });
});

describe('an answer that does not come', () => {
  it('is looked for: what was done is not done again', async () => {
    const scene = await approved();
    scene.cluster.failNext({ done: true });
    expect((await scene.execute(scene.change.id)).state).toBe('succeeded');
    expect(scene.cluster.effects).toHaveLength(1);
  });

  it('is looked for: what was not done is sent again', async () => {
    const scene = await approved();
    scene.cluster.failNext({ done: false, error: new AutoDevOpsError('cluster.outcome-unknown', 'No answer.', 'Look.') });
    expect((await scene.execute(scene.change.id)).state).toBe('succeeded');
    expect(scene.cluster.effects).toHaveLength(1);
  });

  it('leaves what cannot be told unknown, says so, and does nothing more', async () => {
    const scene = await approved(three);
    const send: ChangeScene['cluster']['send'] = async (operation, options) => {
      if (options.dryRun || operation.verb !== 'patch') return await scene.cluster.send(operation, options);
      scene.cluster.put(deployment('web', 9));
      throw new AutoDevOpsError('cluster.outcome-unknown', 'No answer came.', 'Look.');
    };
    const ended = await scene.execute(scene.change.id, { ground: { ...scene.desk.ground, cluster: { ...scene.cluster, send } } });
    expect(ended).toMatchObject({ state: 'unknown', says: expect.stringMatching(/^It cannot be told whether a step was done, and it is not tried again: No answer came\. .*neither what it was nor what was set\. 1 other step was done\. A person has to look\.$/) });
    expect(scene.cluster.effects).toHaveLength(1);
    expect(await scene.audited('CHG016')).toMatchObject([{ success: false }]);
  });
});

describe('the kill switch', () => {
  it('lets nothing begin', async () => {
    const scene = await approved();
    await turnKillSwitch(scene.store.settings, { on: true, actor: ann, why: '', now: noon });
    expect((await refusalOf(scene.execute(scene.change.id))).code).toBe('change.stopped');
    expect((await refusalOf(scene.execute(scene.change.id, { stopped: () => true }))).code).toBe('change.stopped');
    expect(scene.cluster.effects).toEqual([]);
  });

  it('lets no further step begin, within two seconds, and the change goes on when it is off', async () => {
    const scene = await approved(three);
    const send: ChangeScene['cluster']['send'] = async (operation, options) => {
      const answer = await scene.cluster.send(operation, options);
      if (!options.dryRun) await turnKillSwitch(scene.store.settings, { on: true, actor: ann, why: '', now: noon });
      return answer;
    };
    expect((await refusalOf(scene.execute(scene.change.id, { ground: { ...scene.desk.ground, cluster: { ...scene.cluster, send } } }))).code).toBe('change.stopped');
    expect(scene.cluster.effects).toHaveLength(1);
    await turnKillSwitch(scene.store.settings, { on: false, actor: ann, why: '', now: noon });
    expect((await scene.execute(scene.change.id)).state).toBe('succeeded');
    expect(scene.cluster.effects).toHaveLength(3);
  });

  it('ends a wait within two seconds', async () => {
    const scene = await approved(resize, { causes: () => tooSmall([]) });
    const working = refusalOf(scene.execute(scene.change.id));
    await scene.clock.wait(5000, new AbortController().signal);
    const before = scene.clock.now();
    await turnKillSwitch(scene.store.settings, { on: true, actor: ann, why: '', now: noon });
    expect((await working).code).toBe('change.stopped');
    expect(scene.clock.now() - before).toBeLessThanOrEqual(2000);
    expect(replicasIn(scene.cluster.all())).toBe(3);
  });
});

describe('a person who wants it taken back', () => {
  it('while it is being looked at, is heard', async () => {
    const scene = await approved();
    const working = scene.execute(scene.change.id, { pace: { ...scene.desk.pace, settle: 50_000 } });
    await scene.clock.wait(10_000, new AbortController().signal);
    await takeBack({ id: scene.change.id, actor: bob, why: 'The shop is down.' }, scene.desk);
    expect(await working).toMatchObject({ state: 'undone', says: 'The shop is down. It was taken back: everything is set as it was before.' });
    expect(await scene.audited('CHG013')).toMatchObject([{ actor: { person: 'bob' } }]);
  });

  it('while a step waits, is heard before it is taken', async () => {
    const scene = await approved();
    for (let times = 0; times < 5; times += 1) scene.cluster.failNext({ done: false });
    const working = scene.execute(scene.change.id);
    await scene.clock.wait(8000, new AbortController().signal);
    await takeBack({ id: scene.change.id, actor: bob, why: 'Stop.' }, scene.desk);
    expect(await working).toMatchObject({ state: 'undone', says: 'Stop. Nothing had been done yet.' });
    expect(scene.cluster.effects).toEqual([]);
  });
});

describe('what is done outside of the API server', () => {
  const images = (has: boolean): { loads: number; has: () => Promise<boolean>; load: () => Promise<void> } => {
    const state = { loads: 0, has: async () => has || state.loads > 0, load: async () => void state.loads++ };
    return state;
  };

  it('loads an image into the nodes', async () => {
    const scene = await approved([request('load', 'web', { image: 'app:2' })], { causes: () => [] }, { text: 'x' });
    const nodes = images(false);
    expect((await scene.execute(scene.change.id, { ground: { ...scene.desk.ground, images: nodes } })).state).toBe('succeeded');
    expect(nodes.loads).toBe(1);
  });

  it('is refused with a sentence where this agent cannot', async () => {
    const scene = await approved([request('load', 'web', { image: 'app:2' })], { causes: () => [] }, { text: 'x' });
    expect(await scene.execute(scene.change.id)).toMatchObject({ state: 'failed', says: 'Nothing was changed: This agent has no nodes whose images it could load.' });
  });

  it('opens a Git change and withdraws it when it did not help', async () => {
    const scene = await approved([request('open-change', 'web', { branch: 'fix' })], { causes: () => tooSmall([]) });
    const calls: string[] = [];
    const git = { repositories: ['shop'], read: async () => undefined, find: async () => undefined, open: async () => { calls.push('open'); return { commit: 'c', branch: 'fix', page: '' }; }, withdraw: async () => void calls.push('withdraw') };
    expect((await scene.execute(scene.change.id, { ground: { ...scene.desk.ground, git } })).state).toBe('undone');
    expect(calls).toEqual(['open', 'withdraw']);
  });
});

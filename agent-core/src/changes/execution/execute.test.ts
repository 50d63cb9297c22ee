import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { readChange } from '../journal/journal.ts';
import { causeOn, changeScene, deployment, diagnosisOf, pod, refusalOf, request } from '../testing/change-scene.ts';
import type { ChangeScene } from '../testing/change-scene.ts';
import { ann, decisionOf, noon } from '../testing/samples.ts';
import { approved, replicasIn, resize, three, tooSmall, typesOf } from './testing/approved-change.ts';

describe('an approved change', () => {
  it('is done, verified by what Jamie sees, and recorded before and after', async () => {
    const scene = await approved();
    const done = await scene.execute(scene.change.id);
    expect(done).toMatchObject({
      state: 'succeeded',
      says: '3 of 3 are wanted. workload.too-small on Deployment shop/web has gone, and nothing got worse.',
    });
    expect(replicasIn(scene.cluster.all())).toBe(3);
    expect(await typesOf(scene)).toEqual([
      'proposed',
      'decided',
      'approved',
      'execution-began',
      'step-intended',
      'step-ended',
      'verification-began',
      'verified',
    ]);
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
    const store = scene.store.again({
      now: scene.clock.now,
      beforeWrite: (part) => {
        if (part === 'changes' && ++writes === 2) {
          throw new AutoDevOpsError('store.full', 'The disk is full.', 'Make room.');
        }
      },
    });
    expect((await refusalOf(scene.execute(scene.change.id, { store }))).code).toBe('store.full');
    expect(scene.cluster.effects).toEqual([]);
  });

  it('carries out its steps in order, and its audit rows name them', async () => {
    const scene = await approved(three);
    expect((await scene.execute(scene.change.id)).state).toBe('succeeded');
    expect(scene.cluster.effects.map(({ operation }) => operation.verb)).toEqual(['create', 'patch', 'patch']);
    expect((await scene.audited('CHG009')).map(({ details }) => details['operation'])).toEqual([
      'create ConfigMap shop/settings',
      'patch Deployment shop/web',
      'patch Deployment shop/api',
    ]);
  });

  it('takes the moment of its plan for now when it is planned again', async () => {
    const scene = await approved([request('stamp', 'web')], {}, { text: 'x' });
    scene.clock.pass(600_000);
    expect((await scene.execute(scene.change.id)).state).toBe('succeeded');
    expect(scene.cluster.all().find(({ metadata }) => metadata.name === 'web')?.metadata['annotations']).toMatchObject({
      stamp: '2026-01-01T12:00:00.000Z',
    });
  });

  it('is not done again once it has ended', async () => {
    const scene = await approved();
    await scene.execute(scene.change.id);
    expect(await refusalOf(scene.execute(scene.change.id))).toMatchObject({
      code: 'change.wrong-state',
      message: expect.stringContaining('has come to its end: it is succeeded'),
    });
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
    const done = await scene.execute(scene.change.id, {
      ground: { ...scene.desk.ground, cluster: { ...scene.cluster, get } },
    });
    expect(done.state).toBe('succeeded');
    expect(scene.cluster.effects).toHaveLength(1);
  });
});

describe('what is not begun', () => {
  it('is what nobody has agreed to', async () => {
    const scene = await changeScene();
    const { id } = await scene.propose(resize);
    expect(await refusalOf(scene.execute(id))).toMatchObject({
      code: 'change.wrong-state',
      message: expect.stringContaining('is waiting'),
    });
  });

  const stale: Readonly<Record<string, (scene: ChangeScene) => Parameters<ChangeScene['execute']>[1]>> = {
    'what is no longer what was agreed to, because the object changed': ({ cluster }) => {
      cluster.put(deployment('web', 2));
      return {};
    },
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
      expect((await readChange(scene.store.changes, scene.change.id)).change).toMatchObject({
        state: 'failed',
        says: expect.stringMatching(/^Nothing was changed: /),
      });
      expect(scene.cluster.effects).toEqual([]);
    });
  }

  it('is what somebody agreed to who may not any more', async () => {
    const scene = await approved(resize, { decide: decisionOf('one', { roles: ['sre'] }) });
    await scene.store.people.put(
      { id: 'bob', name: 'bob', accounts: ['slack:bob'], roles: [] },
      { code: 'PPL001', time: '', actor: ann, onBehalfOf: '', subject: 'bob', success: true, says: '', details: {} },
    );
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
    const down = async (): Promise<never> => {
      throw new AutoDevOpsError('cluster.unreachable', 'Nobody answers.', 'Wait.');
    };
    expect(
      (
        await refusalOf(
          scene.execute(scene.change.id, {
            ground: { ...scene.desk.ground, cluster: { ...scene.cluster, get: down } },
          }),
        )
      ).code,
    ).toBe('cluster.unreachable');
    expect((await scene.execute(scene.change.id)).state).toBe('succeeded');
  });
});

describe('a change that does not help', () => {
  it('is undone, and says so', async () => {
    const scene = await approved(resize, {
      causes: () => [causeOn('workload.too-small', { kind: 'Deployment', name: 'web' })],
    });
    const undone = await scene.execute(scene.change.id);
    expect(undone).toMatchObject({
      state: 'undone',
      says: 'It did not help: "workload.too-small" on Deployment shop/web is still there. It was taken back: everything is set as it was before.',
    });
    expect(replicasIn(scene.cluster.all())).toBe(1);
    expect((await scene.codes()).slice(-4)).toEqual(['CHG012', 'CHG009', 'CHG010', 'CHG014']);
  });

  it('is undone when something else gets worse where it reaches', async () => {
    const scene = await approved(resize, {
      causes: (objects) => [
        ...tooSmall(objects),
        ...(replicasIn(objects) === 3 ? [causeOn('quota.full', { kind: 'ResourceQuota', name: 'all' })] : []),
      ],
    });
    expect(await scene.execute(scene.change.id)).toMatchObject({
      state: 'undone',
      says: expect.stringContaining('"quota.full" on ResourceQuota shop/all is there now and was not before'),
    });
  });

  it('is not blamed for what was there before, lies elsewhere or began earlier', async () => {
    const others = [
      causeOn('old', { kind: 'Deployment', name: 'db' }),
      causeOn(
        'far',
        { kind: 'Deployment', name: 'x' },
        { object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'other', name: 'x', uid: '' } },
      ),
    ];
    const late = causeOn(
      'earlier',
      { kind: 'Deployment', name: 'q' },
      { since: new Date(noon - 60_000).toISOString() },
    );
    const scene = await approved(resize, {
      causes: (objects) => [
        ...tooSmall(objects),
        ...(replicasIn(objects) === 3 ? [...others, late] : others.slice(0, 1)),
      ],
    });
    expect((await scene.execute(scene.change.id)).state).toBe('succeeded');
  });

  it('is undone backwards, the last step first', async () => {
    const plan = [
      request('make', 'settings', { value: 'x' }, 'ConfigMap'),
      request('resize', 'web', { replicas: 3 }),
      request('resize', 'api', { replicas: 2 }),
    ];
    const scene = await approved(plan, { causes: () => tooSmall([]) });
    expect((await scene.execute(scene.change.id)).state).toBe('undone');
    expect(
      scene.cluster.effects
        .slice(3)
        .map(({ operation }) =>
          operation.verb === 'delete' || operation.verb === 'patch' ? `${operation.verb} ${operation.target.name}` : '',
        ),
    ).toEqual(['patch api', 'patch web', 'delete settings']);
    expect(scene.cluster.all().some(({ kind }) => kind === 'ConfigMap')).toBe(false);
  });

  it('fails with the reason where nothing can take it back', async () => {
    const scene = await approved([request('stamp', 'web')], { causes: () => tooSmall([]) });
    expect(await scene.execute(scene.change.id)).toMatchObject({
      state: 'failed',
      says: expect.stringContaining('Did stamp web. This stays: A stamp does no harm.'),
    });
  });

  it('fails when somebody changed it since, rather than take their work back', async () => {
    const scene = await approved(resize, {
      causes: (objects) =>
        replicasIn(objects) === 1 ? [] : [causeOn('workload.too-small', { kind: 'Deployment', name: 'web' })],
    });
    const working = scene.execute(scene.change.id);
    await scene.clock.wait(20_000, new AbortController().signal);
    scene.cluster.put(deployment('web', 7));
    expect(await working).toMatchObject({
      state: 'failed',
      says: expect.stringContaining(
        'It could not be taken back, and a person has to look: Deployment shop/web was changed by somebody else meanwhile.',
      ),
    });
    expect(replicasIn(scene.cluster.all())).toBe(7);
  });

  it('has to look good for a while before that is believed', async () => {
    let looks = 0;
    const scene = await approved(resize, {
      causes: (objects) => (replicasIn(objects) === 3 && looks++ % 2 === 0 ? [] : tooSmall([])),
    });
    expect((await scene.execute(scene.change.id)).state).toBe('undone');
  });

  it('has to look good for as long as has passed, whatever the clock was set to', async () => {
    let looks = 0;
    let setForwards = (): void => {};
    const scene = await approved(resize, {
      causes: (objects) => {
        if (replicasIn(objects) !== 3) return tooSmall(objects);
        looks += 1;
        if (looks === 1) setForwards();
        return looks <= 2 ? [] : tooSmall([]);
      },
    });
    setForwards = () => scene.clock.setForwards(20_000);
    const pace = { ...scene.desk.pace, lease: 60_000 };
    expect((await scene.execute(scene.change.id, { pace })).state).toBe('undone');
  });

  it('is not concluded from what cannot be seen any more', async () => {
    const scene = await approved();
    const diagnose: typeof scene.desk.diagnose = async () =>
      diagnosisOf(tooSmall(scene.cluster.all()), replicasIn(scene.cluster.all()) === 3 ? ['pods of shop'] : []);
    expect(await scene.execute(scene.change.id, { diagnose })).toMatchObject({
      state: 'undone',
      says: expect.stringContaining('It could not be seen: pods of shop'),
    });
  });
});

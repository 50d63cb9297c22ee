import { describe, expect, it } from 'vitest';
import { turnKillSwitch } from '../governing/kill-switch.ts';
import { refusalOf } from '../testing/change-scene.ts';
import type { ChangeScene } from '../testing/change-scene.ts';
import { ann, bob, noon } from '../testing/samples.ts';
import { takeBack } from '../approving/withdraw.ts';
import { approved, replicasIn, resize, three, tooSmall } from './testing/approved-change.ts';

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
    expect(
      (
        await refusalOf(
          scene.execute(scene.change.id, { ground: { ...scene.desk.ground, cluster: { ...scene.cluster, send } } }),
        )
      ).code,
    ).toBe('change.stopped');
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
    expect(await working).toMatchObject({
      state: 'undone',
      says: 'The shop is down. It was taken back: everything is set as it was before.',
    });
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

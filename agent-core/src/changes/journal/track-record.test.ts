import { describe, expect, it } from 'vitest';
import { trackRecord } from './track-record.ts';
import { changeScene, request } from '../testing/change-scene.ts';
import type { ChangeScene, SceneOptions } from '../testing/change-scene.ts';
import { bob, decisionOf } from '../testing/samples.ts';
import { reject } from '../approving/withdraw.ts';

const resize = (replicas: number) => [request('resize', 'web', { replicas })];
const all = '2000-01-01T00:00:00.000Z';

/** A decision beside which a policy on trial was asked. */
function decisions(
  ...tiers: readonly (readonly ['auto' | 'one' | 'two', 'auto' | 'one' | 'two' | 'forbidden'])[]
): NonNullable<SceneOptions['decide']> {
  let asked = 0;
  return async () => {
    const [tier, shadow] = tiers[Math.min(asked++, tiers.length - 1)] ?? ['one', 'one'];
    return decisionOf(tier, { shadow: { tier: shadow, policyVersion: 'trial-1' } });
  };
}

async function outcomes({ store }: ChangeScene, since = all): Promise<readonly string[]> {
  return (await trackRecord(store.changes, { since, onTrial: undefined })).outcomes.map(({ outcome }) => outcome);
}

describe('the record of what changes came to', () => {
  it("counts what was carried out, and a person's no", async () => {
    const scene = await changeScene({ decide: decisionOf('one') });
    const done = await scene.propose(resize(2));
    await scene.approve(done);
    await scene.execute(done.id);
    await reject({ id: (await scene.propose(resize(3))).id, actor: bob, why: 'No.' }, scene.desk);
    expect(await outcomes(scene)).toEqual(['rejected', 'succeeded']);
  });

  it('does not count what still waits, gave way, or was stale before anything was done', async () => {
    const scene = await changeScene({ decide: decisionOf('one') });
    await scene.propose(resize(3));
    const stale = await scene.propose(resize(4));
    await scene.approve(stale);
    scene.cluster.put({
      ...scene.cluster.all()[0],
      metadata: { name: 'web', namespace: 'shop', uid: 'uid-of-another' },
    } as Parameters<typeof scene.cluster.put>[0]);
    await expect(scene.execute(stale.id)).rejects.toThrow('is no longer what was agreed to');
    expect(await outcomes(scene)).toEqual([]);
  });

  it('reaches back only as far as it is asked for', async () => {
    const scene = await changeScene({ decide: decisionOf('auto') });
    await scene.execute((await scene.propose(resize(2))).id);
    expect(await outcomes(scene)).toEqual(['succeeded']);
    expect(await outcomes(scene, new Date(scene.clock.now() + 1).toISOString())).toEqual([]);
  });
});

describe('the record of a policy on trial', () => {
  it('tells how often it was asked, and would have been stricter or looser', async () => {
    const scene = await changeScene({
      decide: decisions(['one', 'two'], ['one', 'auto'], ['one', 'one'], ['one', 'forbidden']),
    });
    for (const replicas of [2, 3, 4, 5]) await scene.propose(resize(replicas));
    expect((await trackRecord(scene.store.changes, { since: all, onTrial: 'trial-1' })).trial).toEqual({
      decisions: 4,
      stricter: 2,
      looser: 1,
    });
  });

  it('begins anew with another version, and is nothing where none is on trial', async () => {
    const scene = await changeScene({ decide: decisions(['one', 'two']) });
    await scene.propose(resize(2));
    for (const onTrial of ['trial-2', undefined]) {
      expect((await trackRecord(scene.store.changes, { since: all, onTrial })).trial).toEqual({
        decisions: 0,
        stricter: 0,
        looser: 0,
      });
    }
  });
});

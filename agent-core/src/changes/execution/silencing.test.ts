import { describe, expect, it } from 'vitest';
import type { ActionRequest } from '@autodevops/domain/change/plan';
import { planAction, verifyAction } from '../../scarlet/plan-action.ts';
import { alertNamed, alertsInMemory } from '../../scarlet/testing/alerts-in-memory.ts';
import type { AlertsInMemory } from '../../scarlet/testing/alerts-in-memory.ts';
import { approve } from '../approving/approve.ts';
import { propose } from '../approving/propose.ts';
import { changeScene, signal } from '../testing/change-scene.ts';
import type { ChangeScene, Desk } from '../testing/change-scene.ts';
import { ann, bob } from '../testing/samples.ts';
import { undoRequests, withUndo } from '../undoing/undo-change.ts';
import { execute } from './execute.ts';

const target = { apiVersion: 'alertmanager/v2', kind: 'Alert', namespace: 'shop', name: 'WebIsSlow', uid: '' };
const wish: ActionRequest = {
  action: 'alertmanager-silence-create',
  target,
  params: { minutes: 30, why: 'The load test runs.' },
};

interface Scene {
  readonly scene: ChangeScene;
  readonly alerts: AlertsInMemory;
  readonly done: (requests: readonly ActionRequest[], key: string) => ReturnType<typeof execute>;
}

async function silencingScene(): Promise<Scene> {
  const scene = await changeScene({ objects: [] });
  const alerts = alertsInMemory([alertNamed('WebIsSlow', { namespace: 'shop', pod: 'web-1' })], () =>
    scene.clock.now(),
  );
  const desk: Desk = {
    ...scene.desk,
    ground: {
      cluster: scene.cluster,
      alerts,
      planner: withUndo({ plan: planAction, verify: verifyAction }, scene.store.changes, scene.desk.diagnose),
    },
  };
  const done: Scene['done'] = async (requests, key) => {
    const change = await propose(
      { requests, requester: ann, reason: { text: 'Ann wants it.' }, idempotencyKey: key, direct: false, signal },
      desk,
    );
    await approve({ id: change.id, digest: change.digest, actor: bob, signal }, desk);
    return await execute(change.id, desk, signal);
  };
  return { scene, alerts, done };
}

const states = async ({ alerts }: Scene): Promise<readonly string[]> =>
  (await alerts.silences({ signal })).map(({ state }) => state);

describe('silences', () => {
  it('last as long as was agreed, from the moment in which they are made', async () => {
    const made = await silencingScene();
    const change = await made.done([wish], 'k1');
    expect(change, change.says).toMatchObject({ state: 'succeeded' });
    const [silence] = made.alerts.made;
    expect(Date.parse(silence?.endsAt ?? '') - Date.parse(silence?.startsAt ?? '')).toBe(30 * 60_000);
    expect(silence).toMatchObject({
      createdBy: 'Scarlet',
      comment: expect.stringMatching(/^The load test runs\. \[autodevops [0-9a-f]{16}\]$/) as unknown,
    });
  });

  it('are taken back by a change of their own', async () => {
    const made = await silencingScene();
    const change = await made.done([wish], 'k1');
    const [undo] = undoRequests(change);
    expect(undo).toMatchObject({
      action: 'alertmanager-silence-expire',
      params: { mark: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown },
    });
    const back = await made.done([undo as ActionRequest], 'k2');
    expect(back, back.says).toMatchObject({ state: 'succeeded' });
    expect(await states(made)).toEqual(['expired']);
  });

  it('are made once, although the answer was lost', async () => {
    const made = await silencingScene();
    made.alerts.failNext = { done: true, code: 'signals.no-answer' };
    const change = await made.done([wish], 'k1');
    expect(change, change.says).toMatchObject({ state: 'succeeded' });
    expect(await states(made)).toEqual(['active']);
  });

  it('are tried again where nobody was there to hear it', async () => {
    const made = await silencingScene();
    made.alerts.failNext = { done: false, code: 'signals.unreachable' };
    const change = await made.done([wish], 'k1');
    expect(change, change.says).toMatchObject({ state: 'succeeded' });
    expect(await states(made)).toEqual(['active']);
  });

  it('are refused once the alert is over', async () => {
    const made = await silencingScene();
    await expect(made.done([{ ...wish, target: { ...target, name: 'Other' } }], 'k1')).rejects.toMatchObject({
      code: 'change.refused',
    });
    expect(made.alerts.made).toEqual([]);
  });
});

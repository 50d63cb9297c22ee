import { describe, expect, it } from 'vitest';
import type { Alert } from '@autodevops/domain/signal';
import type { Json } from '../../patches/field-patch.ts';
import { actionScene, actionSceneWith, noon } from '../../testing/action-scene.ts';
import type { ActionScene } from '../../testing/action-scene.ts';
import { alertNamed, alertsInMemory } from '../../testing/alerts-in-memory.ts';

const slow = alertNamed('WebIsSlow', { namespace: 'shop', pod: 'web-1', severity: 'warning' });
const target = { apiVersion: 'alertmanager/v2', kind: 'Alert', namespace: 'shop', name: 'WebIsSlow' };
const asked = (params: Readonly<Record<string, Json>> = {}, of: object = {}) => ({
  action: 'alertmanager-silence-create',
  target: { ...target, ...of },
  params: { minutes: 30, why: 'The load test runs.', ...params },
});
const sceneOf = (...alerts: readonly Alert[]): ActionScene =>
  actionSceneWith({ alerts: alertsInMemory(alerts, () => noon) });
const matchersOf = async (
  scene: ActionScene,
  params: Readonly<Record<string, Json>> = {},
): Promise<readonly string[]> => {
  const [operation] = (await scene.plan(asked(params))).planned.operations;
  return operation?.verb === 'create-silence'
    ? operation.matchers.map(({ name, value, isRegex, isEqual }) => `${name}${isEqual && !isRegex ? '=' : '?'}${value}`)
    : [];
};

describe('alertmanager-silence-create', () => {
  it('silences what has every label of the alert that was seen, and says so in three tenses', async () => {
    const { planned, draft } = await sceneOf(slow).plan(asked());
    expect(planned.sentences).toEqual({
      will: 'Silence alert WebIsSlow for 30 minutes: alertname="WebIsSlow", namespace="shop", pod="web-1", severity="warning".',
      doing:
        'Silencing alert WebIsSlow for 30 minutes: alertname="WebIsSlow", namespace="shop", pod="web-1", severity="warning".',
      done: 'Silenced alert WebIsSlow for 30 minutes: alertname="WebIsSlow", namespace="shop", pod="web-1", severity="warning".',
    });
    expect(planned.operations).toMatchObject([{ verb: 'create-silence', minutes: 30, comment: 'The load test runs.' }]);
    expect(planned.undo.operations).toEqual(planned.operations);
    expect(draft.notes[0]).toContain('What they speak of is not repaired by it.');
  });

  it('narrows it by the labels that are chosen, never without name and namespace', async () => {
    expect(await matchersOf(sceneOf(slow), { labels: ['severity'] })).toEqual([
      'alertname=WebIsSlow',
      'namespace=shop',
      'severity=warning',
    ]);
    expect(await matchersOf(sceneOf(slow), { labels: [] })).toEqual(['alertname=WebIsSlow', 'namespace=shop']);
  });

  it('takes of several alerts of the name what they have in common', async () => {
    const scene = sceneOf(
      slow,
      alertNamed('WebIsSlow', { namespace: 'shop', pod: 'web-2', severity: 'warning' }),
      alertNamed('WebIsSlow', { namespace: 'bank' }),
    );
    expect(await matchersOf(scene)).toEqual(['alertname=WebIsSlow', 'namespace=shop', 'severity=warning']);
    expect(await scene.refusal(asked({ labels: ['pod'] }))).toBe(
      'Alerts of this name fire with several values of pod.',
    );
  });

  it('has the same mark for the same wish at the same moment', async () => {
    const marks = await Promise.all(
      [asked(), asked(), asked({ why: 'Another.' })].map(async (one) => {
        const [operation] = (await sceneOf(slow).plan(one)).planned.operations;
        return operation?.verb === 'create-silence' ? operation.mark : '';
      }),
    );
    expect(marks[0]).toMatch(/^[0-9a-f]{16}$/);
    expect([marks[1] === marks[0], marks[2] === marks[0]]).toEqual([true, false]);
  });

  it('has been done when the silence is active', async () => {
    const alerts = alertsInMemory([slow], () => noon);
    const scene = actionSceneWith({ alerts });
    const { planned } = await scene.plan(asked());
    expect(await scene.verify(planned)).toEqual({ state: 'waiting', says: 'No silence of WebIsSlow is active yet.' });
    const [operation] = planned.operations;
    if (operation?.verb !== 'create-silence') throw new Error('another operation');
    await alerts.silence(
      {
        matchers: operation.matchers,
        startsAt: new Date(noon).toISOString(),
        endsAt: new Date(noon + 60_000).toISOString(),
        createdBy: 'Scarlet',
        comment: `${operation.comment} [autodevops ${operation.mark}]`,
      },
      { signal: AbortSignal.timeout(1_000) },
    );
    expect((await scene.verify(planned)).says).toBe(
      'Silence 00000000-0000-4000-8000-000000000001 is active until 2026-01-01T12:01:00.000Z.',
    );
  });

  it.each<[string, () => ActionScene, ReturnType<typeof asked>, string]>([
    [
      'an alert that does not fire',
      () => sceneOf(slow),
      asked({}, { name: 'Other' }),
      'No alert Other of namespace shop fires now.',
    ],
    [
      'an alert of another namespace',
      () => sceneOf(slow),
      asked({}, { namespace: 'bank' }),
      'No alert WebIsSlow of namespace bank fires now.',
    ],
    [
      'one that is silenced already',
      () => sceneOf({ ...slow, status: { state: 'suppressed' } }),
      asked(),
      'Alert WebIsSlow is silenced or inhibited already.',
    ],
    ['a label that it does not have', () => sceneOf(slow), asked({ labels: ['node'] }), 'The alert has no label node.'],
    [
      'a value that is not known whole',
      () => sceneOf(alertNamed('WebIsSlow', { namespace: 'shop', url: 'http://a:[redacted]@b' })),
      asked(),
      'The value of label url is not known as it is.',
    ],
    ['an object of Kubernetes', () => sceneOf(slow), asked({}, { apiVersion: 'v1' }), 'v1 has no alerts.'],
    ['without an Alertmanager', () => actionScene(), asked(), 'This agent knows no Alertmanager.'],
  ])('refuses %s', async (_name, scene, request, sentence) => {
    expect(await scene().refusal(request)).toBe(sentence);
  });

  it.each([
    { minutes: 4 },
    { minutes: 1441 },
    { minutes: 30.5 },
    { why: '' },
    { why: 'two\nlines' },
    { labels: ['a=~".*"'] },
    { matchers: [] },
  ])('refuses the parameters %j', async (params) => {
    expect(await sceneOf(slow).refusal(asked(params))).toContain('is not right');
  });
});

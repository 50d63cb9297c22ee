import { describe, expect, it } from 'vitest';
import type { Silence } from '@autodevops/domain/ports/signals';
import type { Json } from '../../patches/field-patch.ts';
import { actionScene, actionSceneWith, noon } from '../../testing/action-scene.ts';
import type { ActionScene } from '../../testing/action-scene.ts';
import { alertsInMemory } from '../../testing/alerts-in-memory.ts';

const id = '0b7d5fa9-2f2f-4b70-9d4e-6f0a9a7d5c11';
const silence: Silence = {
  id,
  state: 'active',
  createdBy: 'Ann',
  comment: 'The load test runs. [autodevops 0123456789abcdef]',
  startsAt: '2026-01-01T11:00:00Z',
  endsAt: '2026-01-01T13:00:00Z',
  matchers: [
    { name: 'alertname', value: 'WebIsSlow', isRegex: false, isEqual: true },
    { name: 'namespace', value: 'shop', isRegex: false, isEqual: true },
  ],
};
const target = { apiVersion: 'alertmanager/v2', kind: 'Alert', namespace: 'shop', name: 'WebIsSlow' };
const asked = (params: Readonly<Record<string, Json>> = { silence: id }, of: object = {}) => ({
  action: 'alertmanager-silence-expire',
  target: { ...target, ...of },
  params,
});

function sceneOf(...silences: readonly Silence[]): ActionScene {
  const alerts = alertsInMemory([], () => noon);
  alerts.made.push(...silences);
  return actionSceneWith({ alerts });
}

describe('alertmanager-silence-expire', () => {
  it('ends a silence, by its id or by its mark, and would make the same again', async () => {
    for (const params of [{ silence: id }, { mark: '0123456789abcdef' }]) {
      const { planned, draft } = await sceneOf(silence).plan(asked(params));
      expect(planned.operations).toMatchObject([
        {
          verb: 'expire-silence',
          silence: id,
          matchers: silence.matchers,
          endsAt: silence.endsAt,
          comment: 'The load test runs.',
        },
      ]);
      expect(planned.sentences.will).toBe(
        'End the silence of alert WebIsSlow that would last until 2026-01-01T13:00:00Z: alertname="WebIsSlow", namespace="shop".',
      );
      expect(planned.undo.operations).toEqual(planned.operations);
      expect(draft.notes).toEqual(['It was made by Ann: The load test runs.']);
    }
  });

  it('shows no secret that somebody wrote into a comment', async () => {
    const { planned, draft } = await sceneOf({
      ...silence,
      comment: 'password=hunter2hunter2',
      createdBy: 'a\u001b[2J',
    }).plan(asked());
    expect(JSON.stringify([planned, draft])).not.toMatch(/hunter2|\u001b/u);
  });

  it('has been done when the silence has ended, or is gone', async () => {
    const { planned } = await sceneOf(silence).plan(asked());
    expect((await sceneOf(silence).verify(planned)).state).toBe('waiting');
    expect((await sceneOf({ ...silence, endsAt: '2026-01-01T11:30:00Z' }).verify(planned)).state).toBe('succeeded');
    expect((await sceneOf().verify(planned)).state).toBe('succeeded');
  });

  it.each<[string, () => ActionScene, ReturnType<typeof asked>, string]>([
    ['one that is not there', () => sceneOf(), asked(), 'There is no such silence.'],
    [
      'one that has ended',
      () => sceneOf({ ...silence, endsAt: '2026-01-01T11:30:00Z' }),
      asked(),
      `Silence ${id} has ended already.`,
    ],
    [
      'one of another alert than people are shown',
      () => sceneOf(silence),
      asked({ silence: id }, { name: 'Other' }),
      'The silence is not one of alert Other of namespace shop: alertname="WebIsSlow", namespace="shop".',
    ],
    ['without an Alertmanager', () => actionScene(), asked(), 'This agent knows no Alertmanager.'],
  ])('refuses %s', async (_name, scene, request, sentence) => {
    expect(await scene().refusal(request)).toBe(sentence);
  });

  it.each([{}, { silence: id, mark: '0123456789abcdef' }, { silence: '../alerts' }])(
    'refuses the parameters %j',
    async (params) => {
      expect(await sceneOf(silence).refusal(asked(params))).toContain('is not right');
    },
  );
});

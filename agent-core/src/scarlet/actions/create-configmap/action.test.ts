import { describe, expect, it } from 'vitest';
import { actionScene } from '../../testing/action-scene.ts';
import type { Asked } from '../../testing/action-scene.ts';
import { container, named, object, pod } from '../../testing/objects.ts';

const settings = named('v1', 'ConfigMap', 'settings');
const asked: Asked = {
  action: 'create-configmap',
  target: settings,
  params: { keys: ['mode'], data: { mode: 'fast', level: '3' } },
  from: 'person',
};
const needing = (key: string) =>
  pod('web-1', {
    spec: {
      containers: [container({ env: [{ name: 'X', valueFrom: { configMapKeyRef: { name: 'settings', key } } }] })],
    },
  });

describe('create-configmap', () => {
  it('makes what is missing, and deletes it on the way back', async () => {
    const scene = actionScene(needing('mode'));
    const { draft } = await scene.plan(asked);
    expect(draft.notes).toEqual(['web-1 names it.']);
    const planned = await scene.carryOut(asked);
    expect(planned.sentences.will).toBe('Create ConfigMap shop/settings with 2 keys: mode, level.');
    expect((await scene.get(settings))['data']).toEqual({ mode: 'fast', level: '3' });
    expect(await scene.verify(planned)).toEqual({
      state: 'succeeded',
      says: 'ConfigMap shop/settings is there with 2 keys.',
    });
    await scene.undo(planned);
    expect(await scene.verify(planned)).toEqual({ state: 'failed', says: 'ConfigMap shop/settings does not exist.' });
  });

  it('says which other keys pods need to start, and when no pod names it', async () => {
    expect((await actionScene(needing('colour')).plan(asked)).draft.notes).toContain(
      'Pods also need colour, and do not start without.',
    );
    expect((await actionScene().plan(asked)).draft.notes).toEqual(['No pod of the namespace names it now.']);
  });

  it('has failed when somebody wrote something else', async () => {
    const scene = actionScene(object(named('v1', 'Namespace', 'shop', '')));
    const planned = await scene.carryOut(asked);
    await scene.alter(settings, { data: { mode: 'slow' } });
    expect((await scene.verify(planned)).state).toBe('failed');
  });

  it.each<[string, Partial<Asked>, string]>([
    [
      'keys without what they hold',
      { params: { keys: ['mode', 'level'] } },
      'What ConfigMap shop/settings is to hold has to come from a person: a value for each of mode, level.',
    ],
    [
      'values that no person gave',
      { from: 'agent' },
      'What ConfigMap shop/settings is to hold has to come from a person.',
    ],
    [
      'a key without its value',
      { params: { keys: ['mode', 'level'], data: { mode: 'fast' } } },
      'There is no value for level.',
    ],
    [
      'a secret',
      { params: { data: { password: 'hunter2hunter2' } } },
      'The value of "password" looks like a secret: it would stand in the record of this change.',
    ],
    ['too much', { params: { data: { file: 'x'.repeat(1024 * 1024) } } }, 'A ConfigMap holds at most 1024 KiB.'],
    [
      "the control plane's own",
      { target: named('v1', 'ConfigMap', 'kube-root-ca.crt') },
      'ConfigMap shop/kube-root-ca.crt is published by the control plane.',
    ],
  ])('refuses %s', async (_name, part, sentence) => {
    expect(await actionScene().refusal({ ...asked, ...part })).toBe(sentence);
  });

  it('refuses to write over one that is there', async () => {
    expect(await actionScene(object(settings, { data: {} })).refusal(asked)).toBe(
      'ConfigMap shop/settings exists already.',
    );
  });

  it('refuses a key that is none', async () => {
    expect(await actionScene().refusal({ ...asked, params: { data: { '../etc': 'x' } } })).toContain('is not right');
  });
});

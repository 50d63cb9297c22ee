import { describe, expect, it } from 'vitest';
import type { Json } from '../../patches/field-patch.ts';
import { fieldAt } from '../../patches/field-patch.ts';
import { actionScene } from '../../testing/action-scene.ts';
import { container, deployment, deploymentName, named, object } from '../../testing/objects.ts';

const web = deployment({
  containers: [
    container({
      env: [
        { name: 'MODE', value: 'slow' },
        { name: 'DB_PASSWORD', value: 'hunter2hunter2' },
      ],
    }),
  ],
});
const settings = object(named('v1', 'ConfigMap', 'settings'), { data: { mode: 'fast' } });
const login = object(named('v1', 'Secret', 'login'), { data: { password: 'aHVudGVyMg==' } });
const envAt = ['spec', 'template', 'spec', 'containers', 0, 'env'];

function asked(params: Readonly<Record<string, Json>>, from: 'person' | 'agent' = 'person') {
  return {
    action: 'set-environment',
    target: deploymentName,
    params: { container: 'app', name: 'MODE', ...params },
    from,
  };
}

describe('set-environment', () => {
  it('changes a variable that is there, without saying its value', async () => {
    const scene = actionScene(web);
    const planned = await scene.carryOut(asked({ value: 'fast' }));
    expect(planned.sentences.will).toBe(
      'Set variable MODE of container "app" of Deployment shop/web to the value that was given.',
    );
    expect(fieldAt(await scene.get(deploymentName), [...envAt, 0])).toEqual({ name: 'MODE', value: 'fast' });
    await scene.undo(planned);
    expect(fieldAt(await scene.get(deploymentName), envAt)).toEqual(fieldAt(web, envAt));
  });

  it('adds one at the end, also where there was none at all', async () => {
    const scene = actionScene(web);
    const planned = await scene.carryOut(asked({ name: 'LEVEL', value: '' }));
    expect(fieldAt(await scene.get(deploymentName), [...envAt, 2])).toEqual({ name: 'LEVEL' });
    await scene.undo(planned);
    expect(fieldAt(await scene.get(deploymentName), envAt)).toHaveLength(2);
    const bare = actionScene(deployment());
    const added = await bare.carryOut(asked({ value: 'fast' }));
    expect(fieldAt(await bare.get(deploymentName), envAt)).toEqual([{ name: 'MODE', value: 'fast' }]);
    await bare.undo(added);
    expect(fieldAt(await bare.get(deploymentName), envAt)).toBeUndefined();
  });

  it('refers to a key that is there', async () => {
    const scene = actionScene(web, settings, login);
    await scene.carryOut(asked({ configMapKey: { name: 'settings', key: 'mode' } }, 'agent'));
    expect(fieldAt(await scene.get(deploymentName), [...envAt, 0])).toEqual({
      name: 'MODE',
      valueFrom: { configMapKeyRef: { name: 'settings', key: 'mode' } },
    });
    await scene.carryOut(asked({ secretKey: { name: 'login', key: 'password' } }, 'agent'));
    expect(fieldAt(await scene.get(deploymentName), [...envAt, 0])).toEqual({
      name: 'MODE',
      valueFrom: { secretKeyRef: { name: 'login', key: 'password' } },
    });
  });

  it('moves a password out of the manifest, at a high risk', async () => {
    const scene = actionScene(web, login);
    const planned = await scene.carryOut(asked({ name: 'DB_PASSWORD', secretKey: { name: 'login', key: 'password' } }));
    expect(planned.risk).toBe('high');
    expect(planned.sentences.will).not.toContain('hunter2');
    expect(fieldAt(await scene.get(deploymentName), [...envAt, 1])).toEqual({
      name: 'DB_PASSWORD',
      valueFrom: { secretKeyRef: { name: 'login', key: 'password' } },
    });
  });

  it('gives pods a Secret that they do not have yet at a high risk, and says so', async () => {
    const scene = actionScene(
      deployment({
        containers: [
          container({ env: [{ name: 'USER', valueFrom: { secretKeyRef: { name: 'login', key: 'user' } } }] }),
        ],
      }),
      login,
    );
    expect(
      (await scene.plan(asked({ name: 'PASS', secretKey: { name: 'login', key: 'password' } }))).planned.risk,
    ).toBe('medium');
    const { planned, draft } = await actionScene(web, login).plan(
      asked({ name: 'PASS', secretKey: { name: 'login', key: 'password' } }),
    );
    expect([planned.risk, draft.notes]).toEqual([
      'high',
      ['The container does not have the variable yet.', 'The pods get at Secret login, which they do not yet.'],
    ]);
  });

  it('gives pods no token of an account', async () => {
    const token = { ...login, type: 'kubernetes.io/service-account-token' };
    expect(await actionScene(web, token).refusal(asked({ secretKey: { name: 'login', key: 'password' } }))).toBe(
      'Secret shop/login is the token of a ServiceAccount: who holds it has its rights.',
    );
  });

  it.each([
    ['the same again', { value: 'slow' }, 'The variable MODE of container "app" of Deployment shop/web is so already.'],
    [
      'a secret in plain',
      { name: 'API_TOKEN', value: 'abcdef0123456789' },
      'The value looks like a secret: it would stand in the manifest and in the record of this change.',
    ],
    [
      'a ConfigMap that is not there',
      { configMapKey: { name: 'none', key: 'mode' } },
      'There is no ConfigMap shop/none.',
    ],
    [
      'a key that is not there',
      { secretKey: { name: 'login', key: 'user' } },
      'There is no key "user" of Secret shop/login.',
    ],
  ])('refuses %s', async (_name, params, sentence) => {
    expect(await actionScene(web, settings, login).refusal(asked(params))).toBe(sentence);
  });

  it('refuses a value that no person gave', async () => {
    expect(await actionScene(web).refusal(asked({ value: 'fast' }, 'agent'))).toBe(
      'The value of a variable has to come from a person.',
    );
  });

  it('refuses two sources at once, none, and a name that is none', async () => {
    expect(
      await actionScene(web).refusal(asked({ value: 'a', secretKey: { name: 'login', key: 'password' } })),
    ).toContain('has to have one of');
    expect(await actionScene(web).refusal(asked({}))).toContain('has to have one of');
    expect(await actionScene(web).refusal(asked({ name: 'A=B', value: 'a' }))).toContain('not the name of a variable');
  });

  it('takes a variable that decides which code runs as a high risk', async () => {
    const { planned, draft } = await actionScene(web).plan(asked({ name: 'LD_PRELOAD', value: '/tmp/x.so' }));
    expect(draft.notes).toContain('LD_PRELOAD decides which code runs.');
    expect(planned.risk).toBe('high');
  });

  it('has succeeded after the rollout, and failed when something put it back', async () => {
    const scene = actionScene(web);
    const planned = await scene.carryOut(asked({ value: 'fast' }));
    expect((await scene.verify(planned)).state).toBe('waiting');
    await scene.alter(deploymentName, {
      status: { observedGeneration: 4, replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3 },
    });
    expect((await scene.verify(planned)).state).toBe('succeeded');
    await scene.undo(planned);
    expect((await scene.verify(planned)).state).toBe('failed');
  });
});

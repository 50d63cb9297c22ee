import { describe, expect, it } from 'vitest';
import { actionScene } from '../testing/action-scene.ts';
import { named, object } from '../testing/objects.ts';
import { newSecrets, secretsNamedIn } from './secret-access.ts';

describe('Secrets that a template gets at', () => {
  it.each([
    ['by a volume', { volumes: [{ secret: { secretName: 'login' } }] }],
    ['by a part of a volume', { volumes: [{ projected: { sources: [{ secret: { name: 'login' } }] } }] }],
    ['by a variable', { containers: [{ env: [{ valueFrom: { secretKeyRef: { name: 'login', key: 'k' } } }] }] }],
    ['by all of its keys', { containers: [{ envFrom: [{ secretRef: { name: 'login' } }] }] }],
    ['by a driver', { volumes: [{ csi: { nodePublishSecretRef: { name: 'login' } } }] }],
  ])('are found %s', (_name, spec) => {
    expect([...secretsNamedIn({ spec })]).toEqual(['login']);
  });

  it.each([
    { volumes: [{ secret: { secretName: '' } }] },
    { volumes: [{ secret: null }] },
    { containers: [{ env: [{ valueFrom: { configMapKeyRef: { name: 'settings', key: 'k' } } }] }] },
    null,
    'login',
  ])('are none in %j', (spec) => {
    expect([...secretsNamedIn(spec)]).toEqual([]);
  });

  it('are found however deep somebody hides them', () => {
    let deep: unknown = { secretRef: { name: 'login' } };
    for (let level = 0; level < 50_000; level += 1) deep = { inner: deep };
    expect([...secretsNamedIn(deep)]).toEqual(['login']);
  });
});

describe('a Secret that pods would get at and do not yet', () => {
  const asking = (name: string): unknown => ({ spec: { volumes: [{ secret: { secretName: name } }] } });
  const secret = (type: string) => object(named('v1', 'Secret', 'login'), { type, data: {} });

  it.each([
    ['kubernetes.io/service-account-token', 'the token of a ServiceAccount'],
    ['bootstrap.kubernetes.io/token', 'a token by which nodes join the cluster'],
    ['helm.sh/release.v1', 'what Helm keeps of a release'],
  ])('is refused where it is a %s', async (type, words) => {
    const { live } = actionScene(secret(type));
    await expect(newSecrets({}, asking('login'), 'shop', live)).rejects.toMatchObject({
      code: 'change.refused',
      message: expect.stringContaining(`Secret shop/login is ${words}`),
    });
  });

  it('is named where it gives no rights of others, or is not there', async () => {
    const { live } = actionScene(secret('Opaque'));
    expect(await newSecrets({}, asking('login'), 'shop', live)).toEqual(['login']);
    expect(await newSecrets({}, asking('other'), 'shop', live)).toEqual(['other']);
  });

  it('is not new where the pods had it, whatever it is', async () => {
    const { live } = actionScene(secret('kubernetes.io/service-account-token'));
    expect(await newSecrets(asking('login'), asking('login'), 'shop', live)).toEqual([]);
  });
});

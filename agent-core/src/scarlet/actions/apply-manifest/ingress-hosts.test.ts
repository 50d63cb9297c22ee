import { describe, expect, it } from 'vitest';
import type { Manifest } from '@autodevops/domain/change/operation';
import { actionScene } from '../../testing/action-scene.ts';
import type { Asked } from '../../testing/action-scene.ts';
import { named, object } from '../../testing/objects.ts';

const name = named('networking.k8s.io/v1', 'Ingress', 'web');

function specFor(hosts: readonly string[]): Readonly<Record<string, { readonly host?: string }[]>> {
  return { rules: hosts.map((host) => (host === '' ? {} : { host })) };
}

function ingress(namespace: string, ...hosts: readonly string[]): Manifest {
  return object({ ...name, namespace }, { spec: specFor(hosts) });
}

function applying(...hosts: readonly string[]): Asked {
  return {
    action: 'apply-manifest',
    target: name,
    params: {
      manifest: {
        apiVersion: name.apiVersion,
        kind: name.kind,
        metadata: { name: name.name, namespace: 'shop' },
        spec: specFor(hosts),
      },
    },
    from: 'person',
  };
}

describe('hosts of an Ingress that is applied', () => {
  it.each([
    ['the host of another namespace', 'shop.example', 'shop.example'],
    ['it in other letters', 'shop.example', 'Shop.Example'],
    ['one that a wildcard of another namespace answers for', '*.example', 'shop.example'],
    ['a wildcard over the host of another namespace', 'shop.example', '*.example'],
  ])('are not taken from others: %s', async (_name, theirs, ours) => {
    expect(await actionScene(ingress('store', theirs)).refusal(applying(ours))).toBe(
      `Ingress store/web answers for ${ours.toLowerCase()} already: the manifest would take its traffic.`,
    );
  });

  it('are told when they are new', async () => {
    const { draft } = await actionScene(ingress('shop', 'old.example'), ingress('store', 'store.example')).plan(
      applying('old.example', 'new.example', ''),
    );
    expect(draft.notes).toEqual(
      expect.arrayContaining([
        'It answers for every host that no other Ingress names.',
        'It answers for new.example, which it does not yet.',
      ]),
    );
    expect(draft.notes.join()).not.toContain('old.example');
  });

  it('stay, where it answered for them before', async () => {
    await actionScene(ingress('shop', 'shop.example'), ingress('store', 'shop.example')).plan(applying('shop.example'));
  });
});

import { expect, it, onTestFinished } from 'vitest';
import { createKubeClient } from '../../http/client.ts';
import { answering } from '../../testing/answering-server.ts';
import { failureOf } from '../../testing/failure-of.ts';
import { discover } from './discovery.ts';

/** A list of API groups as a server of today gives it. */
function groups(...served: readonly { group: string; version: string; resource: string }[]): string {
  return JSON.stringify({
    kind: 'APIGroupDiscoveryList',
    items: served.map(({ group, version, resource }) => ({
      metadata: { name: group },
      versions: [
        { version, resources: [{ resource, responseKind: { kind: 'Widget' }, scope: 'Namespaced', verbs: ['list'] }] },
      ],
    })),
  });
}

async function discovering(...bodies: readonly string[]) {
  const { access } = await answering(bodies.map((body) => ({ status: 200, body })));
  const client = createKubeClient(access);
  onTestFinished(() => client.close());
  return await discover(client);
}

it('what is served is named with the version that the server prefers', async () => {
  const known = await discovering(
    groups({ group: '', version: 'v1', resource: 'pods' }),
    groups({ group: 'shop.example', version: 'v1beta1', resource: 'widgets' }),
  );
  expect(known?.versions.toSorted()).toEqual(['shop.example/v1beta1', 'v1']);
  expect(known?.resources?.map(({ group, plural }) => `${plural}.${group}`).toSorted()).toEqual([
    'pods.',
    'widgets.shop.example',
  ]);
});

it.each([
  ['its resource', { group: 'a.example', version: 'v1', resource: 'widgets?watch=true' }],
  ['its group', { group: '../api/v1/namespaces/shop/services/db:80/proxy', version: 'v1', resource: 'widgets' }],
  ['its version', { group: 'a.example', version: 'v1/x y', resource: 'widgets' }],
])('nothing is asked for under a path that a lying server gives as %s', async (_what, lie) => {
  const honest = { group: 'b.example', version: 'v1', resource: 'widgets' };
  const known = await discovering(groups({ group: '', version: 'v1', resource: 'pods' }), groups(lie, honest));
  expect(known?.resources?.map(({ group }) => group).toSorted()).toEqual(['', 'b.example']);
});

it('a server that goes on telling what it serves is not listened to', async () => {
  const endless = `{"kind":"APIGroupDiscoveryList","items":["${'x'.repeat(33 * 2 ** 20)}"]}`;
  expect((await failureOf(discovering(endless, endless))).message).toContain('larger than 32 MiB');
});

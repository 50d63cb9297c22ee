import { describe, expect, it } from 'vitest';
import { fieldAt } from '../../patches/field-patch.ts';
import { actionScene } from '../../testing/action-scene.ts';
import { deploymentName, endpointSlice, named, pod, service, serviceName } from '../../testing/objects.ts';

const asked = { action: 'patch-service-selector', target: serviceName, params: { selector: { app: 'web' } } };
const wrong = service({ spec: { selector: { app: 'wep', tier: 'front' } } });
const pods = [pod('web-1', { owner: deploymentName }), pod('web-2', { owner: deploymentName, ready: false })];

describe('patch-service-selector', () => {
  it('makes it select what was meant, key by key, and takes that back', async () => {
    const scene = actionScene(wrong, ...pods);
    const { draft } = await scene.plan(asked);
    expect(draft).toMatchObject({ touches: [], notes: ['It will select 2 pods, 1 of them ready.'] });
    const planned = await scene.carryOut(asked);
    expect(planned.sentences.will).toBe('Let Service shop/web select app=web instead of app=wep,tier=front.');
    expect(planned.risk).toBe('medium');
    expect(fieldAt(await scene.get(serviceName), ['spec', 'selector'])).toEqual({ app: 'web' });
    await scene.undo(planned);
    expect(fieldAt(await scene.get(serviceName), ['spec', 'selector'])).toEqual({ app: 'wep', tier: 'front' });
    expect((await scene.verify(planned)).state).toBe('failed');
  });

  it('has succeeded when a selected pod is among the ready endpoints, and not by the endpoints of before', async () => {
    const scene = actionScene(wrong, ...pods, endpointSlice(['old-1']));
    const planned = await scene.carryOut(asked);
    expect(await scene.verify(planned)).toEqual({
      state: 'waiting',
      says: 'Service shop/web has no ready endpoint yet among the 2 pods that it selects.',
    });
    scene.cluster.put(endpointSlice(['web-1']));
    expect(await scene.verify(planned)).toEqual({
      state: 'succeeded',
      says: 'Service shop/web sends to 1 ready pod of 2 pods that it selects.',
    });
  });

  it('takes pods that get nothing any more as touched, and the risk as high', async () => {
    const old = pod('old-1', { labels: { app: 'wep', tier: 'front' }, owner: named('apps/v1', 'Deployment', 'old') });
    const { planned, draft } = await actionScene(wrong, old, ...pods).plan(asked);
    expect(draft.touches.map(({ metadata }) => metadata.name)).toEqual(['old-1']);
    expect(draft.notes).toContain('old-1 gets nothing from it any more.');
    expect(planned.risk).toBe('high');
  });

  it('warns of labels that pods of several controllers have', async () => {
    const { draft } = await actionScene(
      wrong,
      ...pods,
      pod('other-1', { owner: named('apps/v1', 'Deployment', 'other') }),
    ).plan(asked);
    expect(draft.notes).toContain('The pods belong to 2 controllers: see that all of them are meant.');
  });

  it.each([
    ['what is so already', service(), 'Service shop/web selects app=web already.'],
    [
      'an alias',
      service({ spec: { type: 'ExternalName', externalName: 'web.example.com' } }),
      'Service shop/web is an alias of a name outside (type ExternalName): it has no endpoints.',
    ],
    [
      'endpoints kept by hand',
      service({ spec: { selector: {} } }),
      'Service shop/web has no selector: its endpoints are kept by hand or by another program.',
    ],
    [
      'a Service of a progressive delivery',
      service({ spec: { selector: { app: 'web', 'rollouts-pod-template-hash': 'abc' } } }),
      'Argo Rollouts switches Service shop/web by its selector (rollouts-pod-template-hash).',
    ],
  ])('refuses %s', async (_name, present, sentence) => {
    expect(await actionScene(present, ...pods).refusal(asked)).toBe(sentence);
  });

  it('refuses labels that no pod has, or none that is ready in place of ready ones', async () => {
    expect(await actionScene(wrong, pod('done', { status: { phase: 'Succeeded' } })).refusal(asked)).toBe(
      'No pod of namespace shop has app=web: Service shop/web would select nothing.',
    );
    const serving = pod('old-1', { labels: { app: 'wep', tier: 'front' } });
    expect(await actionScene(wrong, serving, pod('web-1', { ready: false })).refusal(asked)).toBe(
      'Service shop/web sends to 1 ready pod now; none that has app=web is ready.',
    );
  });

  it.each([{}, { 'a b': 'c' }, { app: 'web; drop' }, { app: '*' }])(
    'refuses %j, which is no selector',
    async (selector) => {
      expect(await actionScene(wrong, ...pods).refusal({ ...asked, params: { selector } })).toContain(
        'The request for patch-service-selector is not right',
      );
    },
  );
});

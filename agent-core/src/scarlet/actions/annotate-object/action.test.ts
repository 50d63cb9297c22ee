import { describe, expect, it } from 'vitest';
import type { Json } from '../../patches/field-patch.ts';
import { actionScene } from '../../testing/action-scene.ts';
import { service, serviceName } from '../../testing/objects.ts';

function asked(annotations: Readonly<Record<string, Json>>, from: 'person' | 'agent' = 'person') {
  return { action: 'annotate-object', target: serviceName, params: { annotations }, from };
}

describe('annotate-object', () => {
  it('sets an annotation, and takes it back', async () => {
    const scene = actionScene(service());
    const planned = await scene.carryOut(asked({ 'prometheus.io/scrape': 'true' }));
    expect(planned.sentences.done).toBe('Set annotations of Service shop/web: prometheus.io/scrape=true.');
    expect((await scene.get(serviceName)).metadata['annotations']).toMatchObject({ 'prometheus.io/scrape': 'true' });
    expect((await scene.verify(planned)).state).toBe('succeeded');
    await scene.undo(planned);
    expect((await scene.get(serviceName)).metadata['annotations'] ?? {}).not.toHaveProperty(['prometheus.io/scrape']);
    expect(await scene.verify(planned)).toEqual({
      state: 'failed',
      says: 'Service shop/web does not have prometheus.io/scrape=true any more: something put it back.',
    });
  });

  it('takes what a load balancer may listen to as a high risk', async () => {
    const { planned, draft } = await actionScene(service()).plan(asked({ 'nginx.org/server-snippets': 'return 200;' }));
    expect(planned.risk).toBe('high');
    expect(draft.notes).toEqual([
      'What serves Services may act on nginx.org/server-snippets, and open it to others: what it does then is not known here.',
    ]);
    expect((await actionScene(service()).plan(asked({ contact: 'ann' }))).planned.risk).toBe('medium');
  });

  it('warns when something may go by the old value', async () => {
    const scene = actionScene(service());
    await scene.carryOut(asked({ contact: 'ann' }));
    expect((await scene.plan(asked({ contact: 'bob' }))).draft.notes).toEqual([
      'What finds or treats the object by the old value does so no more.',
    ]);
    const planned = await scene.carryOut(asked({ contact: null }));
    expect((await scene.get(serviceName)).metadata['annotations'] ?? {}).not.toHaveProperty('contact');
    expect((await scene.verify(planned)).state).toBe('succeeded');
  });

  it.each([
    ['what a controller of Kubernetes acts on', { 'service.beta.kubernetes.io/aws-load-balancer-type': 'nlb' }],
    [
      'what a program puts into the configuration of an ingress',
      { 'nginx.ingress.kubernetes.io/server-snippet': 'return 200;' },
    ],
    ["kubectl's copy of the object", { 'kubectl.kubernetes.io/last-applied-configuration': '{}' }],
    ['who keeps it', { 'meta.helm.sh/release-name': 'web' }],
    ['what Argo CD tracks by', { 'argocd.argoproj.io/tracking-id': 'web' }],
    ['what Flux goes by', { 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' }],
    ['our own', { 'autodevops.dev/change': 'chg-1' }],
  ])('refuses %s', async (_name, annotations) => {
    expect(await actionScene(service()).refusal(asked(annotations))).toMatch(
      / is kept by Kubernetes or by a tool, which acts on it\.$/,
    );
  });

  it('refuses a secret, and what no person asks for', async () => {
    expect(await actionScene(service()).refusal(asked({ 'example.com/password': 'hunter2hunter2' }))).toContain(
      'looks like a secret',
    );
    expect(await actionScene(service()).refusal(asked({ contact: 'ann' }, 'agent'))).toBe(
      'What annotations say has to come from a person.',
    );
  });

  it.each(['replicator.v1.mittwald.de/replicate-to', 'reflector.v1.k8s.emberstack.com/reflection-auto-namespaces'])(
    'lets no tool copy what it annotates into other namespaces by %s',
    async (key) => {
      expect(await actionScene(service()).refusal(asked({ [key]: '.*' }))).toBe(
        `By ${key} a tool copies the object into other namespaces.`,
      );
    },
  );

  it.each(['eks.amazonaws.com/role-arn', 'iam.gke.io/gcp-service-account', 'azure.workload.identity/client-id'])(
    'makes nobody somebody at a cloud provider by %s',
    async (key) => {
      expect(await actionScene(service()).refusal(asked({ [key]: 'admin' }))).toBe(
        `${key} gives rights outside of the cluster.`,
      );
    },
  );
});

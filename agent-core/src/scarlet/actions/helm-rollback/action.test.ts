import { describe, expect, it } from 'vitest';
import type { Manifest } from '@autodevops/domain/change/operation';
import { actionScene, noon } from '../../testing/action-scene.ts';
import { deployment, deploymentName, named, object, pod } from '../../testing/objects.ts';

const noonSeconds = noon / 1000;
const annotations = { 'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': 'shop' };
const installed = deployment({ metadata: { annotations } });
const asked = { action: 'helm-rollback', target: deploymentName, params: { toRevision: 1 } };

function revision(version: number, status: string, labels: Readonly<Record<string, string>> = {}): Manifest {
  const own = {
    owner: 'helm',
    name: 'web',
    status,
    version: String(version),
    modifiedAt: String(noonSeconds - 3600),
    ...labels,
  };
  return object(
    named('v1', 'Secret', `sh.helm.release.v1.web.v${version}`),
    { type: 'helm.sh/release.v1', data: { release: 'SDRzSUFB' } },
    { labels: own },
  );
}
const [first, second] = [revision(1, 'superseded'), revision(2, 'deployed')];

describe('helm-rollback', () => {
  it('asks Helm for an earlier revision, and comes back to the present one', async () => {
    const { planned, draft } = await actionScene(installed, first, second, pod('web-1')).plan(asked);
    expect(planned.sentences.will).toBe('Roll back Helm release shop/web from revision 2 (deployed) to 1.');
    expect(planned.operations).toEqual([
      { verb: 'helm-rollback', namespace: 'shop', release: 'web', revision: 1, newest: 2 },
    ]);
    expect(planned.undo.operations).toEqual([
      { verb: 'helm-rollback', namespace: 'shop', release: 'web', revision: 2, newest: 3 },
    ]);
    expect(draft.touches.map(({ metadata }) => metadata.name)).toEqual(['web-1']);
    expect(planned.risk).toBe('high');
  });

  it('has no way back to a revision that failed', async () => {
    const { planned } = await actionScene(installed, first, revision(2, 'failed')).plan(asked);
    expect(planned.undo).toEqual({ operations: [], why: 'Revision 2 is failed: there is nothing good to return to.' });
  });

  it('takes an operation that was cut off as one that has ended', async () => {
    expect(
      (await actionScene(installed, first, revision(2, 'pending-upgrade')).plan(asked)).planned.operations,
    ).toHaveLength(1);
  });

  it('goes from the revision that was seen only', async () => {
    const scene = actionScene(installed, first, second);
    expect((await scene.plan({ ...asked, params: { toRevision: 1, ifNewest: 2 } })).planned.operations).toHaveLength(1);
    expect(await scene.refusal({ ...asked, params: { toRevision: 1, ifNewest: 3 } })).toBe(
      'Helm release shop/web is at revision 2, not at 3: somebody has changed it since.',
    );
  });

  it('has succeeded when Helm and the rollout say so', async () => {
    const scene = actionScene(installed, first, second);
    const { planned } = await scene.plan(asked);
    scene.cluster.put(revision(3, 'pending-rollback'));
    expect(await scene.verify(planned)).toEqual({
      state: 'waiting',
      says: 'Revision 3 of Helm release shop/web is pending-rollback.',
    });
    scene.cluster.put(revision(3, 'deployed'));
    expect((await scene.verify(planned)).state).toBe('succeeded');
    scene.cluster.put(revision(3, 'failed'));
    expect((await scene.verify(planned)).state).toBe('failed');
  });

  it.each([
    ['what Helm did not install', [deployment(), first, second], 'Deployment shop/web is of no release of Helm.'],
    [
      'a release that Flux keeps',
      [deployment({ metadata: { annotations, labels: { 'helm.toolkit.fluxcd.io/name': 'web' } } }), first, second],
      'Flux keeps the release shop/web, and would install it anew.',
    ],
    [
      "a release of the control plane's namespace",
      [deployment({ metadata: { annotations: { ...annotations, 'meta.helm.sh/release-namespace': 'kube-system' } } })],
      'The release web is of namespace kube-system, which keeps the cluster up.',
    ],
    ['a revision that is not kept', [installed, second], 'Helm release shop/web keeps no revision 1.'],
    ['where it is', [installed, revision(1, 'deployed')], 'Helm release shop/web is at revision 1 already.'],
    [
      'a revision that failed',
      [installed, revision(1, 'failed'), second],
      'Revision 1 of Helm release shop/web is failed: it never ran well.',
    ],
    [
      'while Helm is at work',
      [installed, first, revision(2, 'pending-upgrade', { modifiedAt: String(noonSeconds - 60) })],
      'Helm is at work on Helm release shop/web (revision 2 is pending-upgrade).',
    ],
    [
      'a release of a name that is an option',
      [deployment({ metadata: { annotations: { ...annotations, 'meta.helm.sh/release-name': '--debug' } } })],
      'Deployment shop/web is of no release of Helm.',
    ],
  ])('refuses %s', async (_name, objects, sentence) => {
    expect(await actionScene(...objects).refusal(asked)).toBe(sentence);
  });

  it('does not take the Secret of another release for one of its own', async () => {
    expect(await actionScene(installed, second, revision(1, 'superseded', { name: 'api' })).refusal(asked)).toBe(
      'Helm release shop/web keeps no revision 1.',
    );
  });
});

import { describe, expect, it } from 'vitest';
import type { Finding } from '@autodevops/domain/finding';
import { refByName } from '@autodevops/domain/object-ref';
import { causesOf } from '../causes/causes-of.ts';
import { findingAt, snapshotOf } from '../testing/cluster-builder.ts';
import { withWayBack } from './way-back.ts';

const set = (number: number, created: string, image: string) => ({
  kind: 'ReplicaSet' as const,
  metadata: {
    name: `web-${number}`,
    namespace: 'shop',
    uid: `web-${number}`,
    creationTimestamp: created,
    annotations: { 'deployment.kubernetes.io/revision': String(number) },
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'web', controller: true }],
  },
  spec: { template: { spec: { containers: [{ name: 'app', image }] } } },
});

function causeWith(code: string, deployment: object = {}, since = '2026-01-01T11:51:00Z') {
  const cluster = snapshotOf(
    { kind: 'Deployment', metadata: { name: 'web', namespace: 'shop', uid: 'web', ...deployment } },
    set(6, '2026-01-01T08:00:00Z', 'web:1.4'),
    set(7, '2026-01-01T11:50:00Z', 'web:1.5'),
  );
  const [cause] = causesOf(cluster, [
    findingAt('Deployment', 'web', { code, since, object: { ...refByName('Deployment', 'shop', 'web'), uid: 'web' } }),
  ]);
  return { steps: cause?.nextSteps ?? [], changes: cause?.changes ?? [] };
}

describe('what began with a revision', () => {
  it('can be undone, and the step names the revision before', () => {
    const { steps, changes } = causeWith('pod.probe.wrong-path');
    expect(changes).toMatchObject([{ action: 'rollout-undo', params: { toRevision: 6 } }]);
    expect(steps).toEqual([
      'Mend it.',
      'If it cannot be repaired at once, go back to revision 6 (app: web:1.4): `kubectl -n shop rollout undo deployment/web --to-revision=6`.',
    ]);
  });

  it('is undone first where only a signal is known of it', () => {
    expect(causeWith('signal.latency.rose').steps[0]).toBe(
      'Go back to revision 6 (app: web:1.4): `kubectl -n shop rollout undo deployment/web --to-revision=6`.',
    );
  });

  it('is undone where it comes from, when something puts it back', () => {
    expect(
      causeWith('pod.probe.wrong-path', { annotations: { 'argocd.argoproj.io/tracking-id': 'x' } }).steps.at(-1),
    ).toBe(
      'If it cannot be repaired at once, go back to revision 6 (app: web:1.4) where it comes from: Argo CD would overwrite an undo made in the cluster.',
    );
    expect(
      causeWith('pod.probe.wrong-path', { labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' } }).steps.at(-1),
    ).toContain('Flux');
  });

  it('is not undone where another template would change nothing', () => {
    expect(causeWith('admission.quota.compute').changes).toEqual([]);
  });
});

const undo = {
  action: 'rollout-undo',
  target: { ...refByName('Deployment', 'shop', 'web'), uid: 'web' },
  params: { toRevision: 6 },
  risk: 'medium' as const,
};

describe('the way back among the steps', () => {
  const cluster = snapshotOf(
    { kind: 'Deployment', metadata: { name: 'web', namespace: 'shop', uid: 'web' } },
    set(6, '2026-01-01T08:00:00Z', 'web:1.4'),
    set(7, '2026-01-01T11:50:00Z', 'web:1.5'),
  );
  const steps = (isDown: boolean, ...told: readonly string[]): string[] =>
    withWayBack(cluster, told, { changes: [undo], isDown, isSignal: false });

  it('follows the whole repair while somebody is served', () => {
    expect(steps(false, 'Mend it.', 'Look again.').at(-1)).toMatch(/^If it cannot be repaired at once, go back/);
  });

  it('follows the first step of the repair when nobody is served, never before it', () => {
    const [first, second, third] = steps(true, 'Mend it.', 'Look again.');
    expect([first, third]).toEqual(['Mend it.', 'Look again.']);
    expect(second).toMatch(/^If it cannot be repaired at once, go back to revision 6/);
  });

  it('is not told twice', () => {
    const told = 'Go back: `kubectl rollout undo deployment/web`.';
    expect(steps(true, told)).toEqual([told]);
  });

  it('stands alone where no repair is known', () => {
    expect(steps(true)).toEqual([expect.stringMatching(/^Go back to revision 6/)]);
  });
});

describe('an undo that a rule proposes', () => {
  const actions = (created: string, said: Partial<Finding>, more: readonly Finding[] = []): string[] => {
    const template = {
      spec: { containers: [{ name: 'app', image: 'web', envFrom: [{ configMapRef: { name: 'settings' } }] }] },
    };
    const settings = {
      kind: 'ConfigMap' as const,
      metadata: {
        name: 'settings',
        namespace: 'shop',
        creationTimestamp: '2025-01-01T00:00:00Z',
        managedFields: [{ manager: 'kubectl-edit', operation: 'Update', time: '2026-01-01T11:45:00Z' }],
      },
    };
    const cluster = snapshotOf(
      { kind: 'Deployment', metadata: { name: 'web', namespace: 'shop', uid: 'web' }, spec: { template } },
      settings,
      set(6, '2025-01-01T00:00:00Z', 'web:1.4'),
      set(7, created, 'web:1.5'),
    );
    const [cause] = causesOf(cluster, [
      findingAt('Deployment', 'web', {
        code: 'pod.crash.exception',
        object: undo.target,
        changes: [undo],
        since: '',
        ...said,
      }),
      ...more,
    ]);
    return (cause?.changes ?? []).map(({ action }) => action);
  };

  it('stands where the revision is new', () => {
    expect(actions('2026-01-01T11:00:00Z', {})).toEqual(['rollout-undo']);
  });

  it('falls where the revision has long been in use', () => {
    expect(actions('2025-11-01T11:00:00Z', {})).toEqual([]);
  });

  it('stands where the rollout of it is stuck, however old', () => {
    const stuck = findingAt('Deployment', 'web', {
      code: 'workload.rollout-stuck',
      object: undo.target,
      generic: true,
    });
    expect(actions('2025-11-01T11:00:00Z', {}, [stuck])).toEqual(['rollout-undo']);
  });

  it('falls where a ConfigMap changed: an old template reads it too', () => {
    expect(actions('2025-11-01T11:00:00Z', { since: '2026-01-01T11:50:00Z' })).toEqual([]);
  });

  it('falls where the whole registry refuses: an old image is refused too', () => {
    expect(actions('2026-01-01T11:00:00Z', { code: 'pod.image.registry-unreachable' })).toEqual([]);
  });

  it('stands where the new revision came to another registry, and the old one serves', () => {
    const at = (image: string) => ({ spec: { template: { spec: { containers: [{ name: 'app', image }] } } } });
    const serving = {
      ...set(6, '2025-01-01T00:00:00Z', 'registry.example/web:1.4'),
      status: { replicas: 1, readyReplicas: 1 },
    };
    const moved = (image: string): string[] => {
      const cluster = snapshotOf(
        { kind: 'Deployment', metadata: { name: 'web', namespace: 'shop', uid: 'web' }, ...at(image) },
        serving,
        set(7, '2026-01-01T11:50:00Z', image),
      );
      const [cause] = causesOf(cluster, [
        findingAt('Deployment', 'web', {
          code: 'pod.image.registry-unresolved',
          object: undo.target,
          changes: [undo],
          since: '',
        }),
      ]);
      return (cause?.changes ?? []).map(({ action }) => action);
    };
    expect(moved('registry.invalid/web:1.5')).toEqual(['rollout-undo']);
    expect(moved('registry.example/web:1.5')).toEqual([]);
  });
});

describe('what began long after a revision', () => {
  it('is not undone with it', () => {
    expect(causeWith('pod.probe.wrong-path', {}, '2026-01-01T11:59:00Z').changes).toHaveLength(1);
    expect(causeWith('pod.probe.wrong-path', {}, '2026-01-01T07:00:00Z').changes).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { ask } from '../testing/ask.ts';
import { patchOf, rulesOf, sending, tierOf } from './testing/asked.ts';

describe('what is lost for good', () => {
  it.each(['PersistentVolumeClaim', 'PersistentVolume', 'Namespace', 'CustomResourceDefinition', 'VolumeSnapshot'])(
    'a %s is neither deleted nor freed of its finalizers',
    (kind) => {
      expect(rulesOf(ask({ kind, verb: 'delete' }))).toContain('floor.data-deletion');
      expect(rulesOf(sending({}, patchOf(kind, '/metadata/finalizers/0')))).toContain('floor.finalizers');
    },
  );

  it.each(['PodDisruptionBudget', 'NetworkPolicy', 'ResourceQuota', 'LimitRange'])('a %s is not deleted', (kind) => {
    expect(rulesOf(ask({ kind, verb: 'delete' }))).toContain('floor.guard-deletion');
  });

  it.each(['create', 'patch', 'apply', 'delete'] as const)('a Secret is not touched by %s', (verb) => {
    expect(rulesOf(ask({ kind: 'Secret', verb }))).toContain('floor.secrets');
  });

  it.each(['/spec/finalizers', '/metadata', '/spec'])('a patch of %s reaches the finalizers of a namespace', (path) => {
    expect(rulesOf(sending({}, patchOf('Namespace', path)))).toContain('floor.finalizers');
  });

  it('finalizers that are only tested stay', () => {
    expect(rulesOf(sending({}, patchOf('Namespace', '/metadata/finalizers', 'test')))).not.toContain(
      'floor.finalizers',
    );
  });

  it('an applied namespace says nothing of its finalizers', () => {
    const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', finalizers: [] } };
    expect(rulesOf(sending({}, { verb: 'apply', object, force: true }))).toContain('floor.finalizers');
  });

  it('a label of a namespace is no loss', () => {
    expect(tierOf(ask({ kind: 'Namespace', namespace: '', name: 'shop' }))).toBe('auto');
  });
});

import { describe, expect, it } from 'vitest';
import type { Operation } from '@autodevops/domain/change/operation';
import { asksApplication } from './argo-application.ts';

const target = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  namespace: 'argocd',
  name: 'web',
  uid: 'u',
  resourceVersion: '1',
};

function patch(paths: readonly string[], changes: Partial<typeof target> = {}): Operation {
  return {
    verb: 'patch',
    target: { ...target, ...changes },
    subresource: '',
    steps: paths.map((path) => ({ op: 'add' as const, path, value: {} })),
  };
}

describe('a patch that asks Argo CD', () => {
  it('writes the operation of an Application and nothing else', () => {
    expect([patch(['/operation']), patch(['/operation/sync', '/operation/initiatedBy'])].map(asksApplication)).toEqual([
      true,
      true,
    ]);
  });

  it('is none that stays readable on the object, nor one of another kind or group', () => {
    const others = [
      patch(['/operation', '/spec/project']),
      patch(['/operationState']),
      patch(['/operation'], { kind: 'Deployment' }),
      patch(['/operation'], { apiVersion: 'app.k8s.io/v1beta1' }),
    ];
    expect(others.map(asksApplication)).toEqual([false, false, false, false]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Operation } from '@autodevops/domain/change/operation';
import { bindingOf, rbac, ruleOf, rulesOf, sending, standingOn, tierOf } from './testing/asked.ts';

describe('permissions', () => {
  it.each(['*', 'escalate', 'bind', 'impersonate'])('the verb %s is never given', (verb) => {
    expect(rulesOf(sending({}, ruleOf('get', verb)))).toContain('floor.broad-permissions');
  });

  it('nobody is bound to cluster-admin or put into system:masters', () => {
    expect(rulesOf(sending({}, bindingOf({ kind: 'User', name: 'ann' }, 'cluster-admin')))).toContain(
      'floor.broad-permissions',
    );
    expect(rulesOf(sending({}, bindingOf({ kind: 'Group', name: 'system:masters' })))).toContain(
      'floor.broad-permissions',
    );
  });

  it.each(['system:authenticated', 'system:unauthenticated', 'system:serviceaccounts'])(
    'nothing is given to everybody by the group %s',
    (name) => {
      expect(rulesOf(sending({}, bindingOf({ kind: 'Group', name })))).toContain('floor.broad-permissions');
    },
  );

  const clusterRole = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    name: 'reader',
    namespace: '',
  };
  it.each<readonly [string, Operation]>([
    [
      'a label on a new one',
      {
        verb: 'create',
        object: {
          ...clusterRole,
          metadata: { name: 'reader', labels: { 'rbac.authorization.k8s.io/aggregate-to-admin': 'true' } },
          rules: [],
        },
      },
    ],
    [
      'a label that is added',
      {
        verb: 'patch',
        target: { ...clusterRole, uid: 'u', resourceVersion: '1' },
        subresource: '',
        steps: [{ op: 'add', path: '/metadata/labels/rbac.authorization.k8s.io~1aggregate-to-edit', value: 'true' }],
      },
    ],
    [
      'labels that are set',
      {
        verb: 'patch',
        target: { ...clusterRole, uid: 'u', resourceVersion: '1' },
        subresource: '',
        steps: [
          { op: 'replace', path: '/metadata/labels', value: { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' } },
        ],
      },
    ],
    [
      'a rule that gathers others',
      {
        verb: 'create',
        object: {
          ...clusterRole,
          metadata: { name: 'reader' },
          aggregationRule: { clusterRoleSelectors: [{ matchLabels: {} }] },
          rules: [],
        },
      },
    ],
  ])('no role becomes a part of others by %s', (_how, operation) => {
    expect(rulesOf(sending({}, operation))).toContain('floor.broad-permissions');
  });

  it.each([
    { kind: 'ServiceAccount', namespace: 'autodevops', name: 'scarlet' },
    { kind: 'User', name: 'system:serviceaccount:autodevops:scarlet' },
    { kind: 'Group', name: 'system:serviceaccounts:autodevops' },
    { kind: 'Group', name: 'system:serviceaccounts' },
    { kind: 'Group', name: 'system:authenticated' },
  ])('the agent gives itself nothing as $kind $name', (subject) => {
    expect(rulesOf(sending({}, bindingOf(subject)))).toContain('floor.own-permissions');
  });

  it("the agent's own account is left alone wherever it lies", () => {
    expect(
      rulesOf(
        standingOn(
          { kind: 'ServiceAccount', name: 'agent' },
          { namespace: 'other', user: 'system:serviceaccount:shop:agent' },
        ),
      ),
    ).toContain('floor.own-permissions');
  });

  it("permissions are left alone while it is not known which are the agent's own", () => {
    const { question, circumstances } = sending({}, ruleOf('get'));
    const { objects: _objects, ...self } = circumstances.self;
    expect(tierOf({ question, circumstances: { ...circumstances, self } })).toBe('forbidden');
    expect(tierOf({ question, circumstances: { ...circumstances, self: { ...circumstances.self, user: '' } } })).toBe(
      'forbidden',
    );
  });

  it('the agent gives nothing to a group that it is in', () => {
    const { question, circumstances } = sending({}, bindingOf({ kind: 'Group', name: 'operators' }));
    expect(tierOf({ question, circumstances })).toBe('one');
    expect(
      tierOf({ question, circumstances: { ...circumstances, self: { ...circumstances.self, groups: ['operators'] } } }),
    ).toBe('forbidden');
  });

  it('what a patch only tests is given to nobody', () => {
    const target = { apiVersion: rbac, kind: 'Role', namespace: 'shop', name: 'r', uid: 'u', resourceVersion: '1' };
    const patch: Operation = {
      verb: 'patch',
      subresource: '',
      target,
      steps: [
        { op: 'test', path: '/rules/0/verbs', value: ['*'] },
        { op: 'replace', path: '/rules/0/verbs', value: ['get'] },
      ],
    };
    expect(tierOf(sending({}, patch))).toBe('one');
  });
});

import { describe, expect, it } from 'vitest';
import { role, roleBinding } from '@autodevops/domain/kubernetes/cluster';
import { isSubjectOf, roleAllows, subjectOfUser } from './rbac.ts';

const access = { verb: 'list', group: '', resource: 'pods', name: '', namespace: 'shop' };
const withRule = (rule: object): boolean => roleAllows(role.read({ rules: [rule] }), access);

describe('rules', () => {
  it('allow what they name, or everything', () => {
    expect(withRule({ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] })).toBe(true);
    expect(withRule({ apiGroups: ['*'], resources: ['*'], verbs: ['*'] })).toBe(true);
    expect(withRule({ apiGroups: ['apps'], resources: ['pods'], verbs: ['list'] })).toBe(false);
    expect(withRule({ apiGroups: [''], resources: ['pods'], verbs: ['list'], resourceNames: ['web'] })).toBe(false);
  });

  it('tell a resource from its sub-resource', () => {
    const logs = { ...access, resource: 'pods/log' };
    expect(roleAllows(role.read({ rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }] }), logs)).toBe(
      false,
    );
    expect(roleAllows(role.read({ rules: [{ apiGroups: [''], resources: ['*/log'], verbs: ['list'] }] }), logs)).toBe(
      true,
    );
  });
});

describe('subjects', () => {
  const binding = (subject: object): boolean =>
    isSubjectOf(
      subjectOfUser('system:serviceaccount:shop:reader'),
      roleBinding.read({ metadata: { namespace: 'shop' }, subjects: [subject] }),
    );

  it('are the account, its groups, or its full user name', () => {
    expect(binding({ kind: 'ServiceAccount', namespace: 'shop', name: 'reader' })).toBe(true);
    expect(binding({ kind: 'User', name: 'system:serviceaccount:shop:reader' })).toBe(true);
    expect(binding({ kind: 'Group', name: 'system:serviceaccounts:shop' })).toBe(true);
    expect(binding({ kind: 'User', name: 'reader' })).toBe(false);
    expect(binding({ kind: 'ServiceAccount', namespace: 'other', name: 'reader' })).toBe(false);
  });
});

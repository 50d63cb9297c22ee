import { expect, it } from 'vitest';
import { role } from '@autodevops/domain/kubernetes/cluster';
import type { Role } from '@autodevops/domain/kubernetes/cluster';
import { nearRule } from './near-rule.ts';

function roleWith(rule: Readonly<Record<string, readonly string[]>>): Role {
  return role.read({ metadata: { name: 'reader' }, rules: [rule] });
}

const access = { verb: 'list', group: 'networking.k8s.io', resource: 'ingresses', name: '', namespace: '' };

it('tells a rule for an API group that does not hold the resource any more', () => {
  const old = roleWith({ apiGroups: ['extensions'], resources: ['ingresses'], verbs: ['get', 'list'] });
  expect(nearRule(old, access)).toBe(
    'grants list on ingresses of the API group "extensions" and not of "networking.k8s.io"',
  );
});

it('tells a rule that lacks the verb', () => {
  const reader = roleWith({ apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: ['get'] });
  expect(nearRule(reader, access)).toBe('grants only get on ingresses');
});

it('tells a rule for pods where a sub-resource is asked for', () => {
  const pods = roleWith({ apiGroups: [''], resources: ['pods'], verbs: ['get', 'create'] });
  expect(nearRule(pods, { verb: 'create', group: '', resource: 'pods/exec', name: '', namespace: 'data' })).toBe(
    'has a rule for pods, which does not hold for pods/exec',
  );
});

it('tells a rule that is for other names only', () => {
  const named = roleWith({ apiGroups: [''], resources: ['secrets'], verbs: ['get'], resourceNames: ['token'] });
  expect(nearRule(named, { verb: 'get', group: '', resource: 'secrets', name: 'password', namespace: 'data' })).toBe(
    'grants get on secrets only for the names token',
  );
});

it('says nothing of rules for something else', () => {
  const other = roleWith({ apiGroups: [''], resources: ['configmaps'], verbs: ['list'] });
  expect(nearRule(other, access)).toBeUndefined();
});

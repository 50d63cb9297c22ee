import type { PolicyRule, Role, RoleBinding } from '@autodevops/domain/kubernetes/cluster';
import type { Snapshot } from '@autodevops/domain/snapshot';

/** Who asks. `groups` as the API server adds them to a service account. */
export interface Subject {
  /** The user's full name: `system:serviceaccount:shop:reader`, `jane`. */
  readonly user: string;
  readonly account: { readonly namespace: string; readonly name: string } | undefined;
}

/** What is asked for. `namespace` is empty at the cluster scope, `resource` may have a sub-resource: `pods/log`. */
export interface Access {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly name: string;
  readonly namespace: string;
}

/** A binding with the role that it grants; `role` is undefined when that does not exist. */
export interface Grant {
  readonly kind: 'RoleBinding' | 'ClusterRoleBinding';
  readonly binding: RoleBinding;
  readonly role: Role | undefined;
}

export function subjectOfUser(user: string): Subject {
  const [prefix, kind, namespace = '', name = ''] = user.split(':');
  const account = prefix === 'system' && kind === 'serviceaccount' && name !== '' ? { namespace, name } : undefined;
  return { user, account };
}

function isNamed(subject: Subject, binding: RoleBinding, given: RoleBinding['subjects'][number]): boolean {
  const { account, user } = subject;
  if (given.kind === 'ServiceAccount') {
    // The API refuses a service account without a namespace, but a RoleBinding out of a file may lack it.
    const namespace = given.namespace ?? binding.metadata.namespace;
    return account !== undefined && given.name === account.name && namespace === account.namespace;
  }
  if (given.kind === 'User') return given.name === user;
  if (given.kind !== 'Group') return false;
  if (given.name === 'system:authenticated') return true;
  return (
    account !== undefined &&
    (given.name === 'system:serviceaccounts' || given.name === `system:serviceaccounts:${account.namespace}`)
  );
}

export function isSubjectOf(subject: Subject, binding: RoleBinding): boolean {
  return binding.subjects.some((given) => isNamed(subject, binding, given));
}

function includes(list: readonly string[], wanted: string): boolean {
  return list.includes('*') || list.includes(wanted);
}

function resourceFits(list: readonly string[], wanted: string): boolean {
  if (includes(list, wanted)) return true;
  const slash = wanted.indexOf('/');
  return slash >= 0 && list.includes(`*${wanted.slice(slash)}`);
}

function ruleAllows(rule: PolicyRule, access: Access): boolean {
  if (
    !includes(rule.verbs, access.verb) ||
    !includes(rule.apiGroups, access.group) ||
    !resourceFits(rule.resources, access.resource)
  ) {
    return false;
  }
  return rule.resourceNames.length === 0 || rule.resourceNames.includes(access.name);
}

export function roleAllows(role: Role | undefined, access: Access): boolean {
  return role !== undefined && role.rules.some((rule) => ruleAllows(rule, access));
}

function roleOf(snapshot: Snapshot, binding: RoleBinding): Role | undefined {
  const { kind, name } = binding.roleRef;
  if (kind === 'ClusterRole') return snapshot.get('ClusterRole', '', name);
  return kind === 'Role' ? snapshot.get('Role', binding.metadata.namespace, name) : undefined;
}

/** Every binding of the cluster with its role. */
export function grants(snapshot: Snapshot): readonly Grant[] {
  const namespaced = snapshot
    .list('RoleBinding')
    .map((binding): Grant => ({ kind: 'RoleBinding', binding, role: roleOf(snapshot, binding) }));
  const wide = snapshot
    .list('ClusterRoleBinding')
    .map((binding): Grant => ({ kind: 'ClusterRoleBinding', binding, role: roleOf(snapshot, binding) }));
  return [...namespaced, ...wide];
}

/** A binding reaches the cluster scope and all namespaces, or only its own namespace. */
export function reaches(grant: Grant, namespace: string): boolean {
  return grant.kind === 'ClusterRoleBinding' || (namespace !== '' && grant.binding.metadata.namespace === namespace);
}

/** True when what decides was seen whole: an absent rule then proves something. */
export function sawRbac(snapshot: Snapshot, namespace: string): boolean {
  return (
    snapshot.saw('ClusterRole') &&
    snapshot.saw('ClusterRoleBinding') &&
    (namespace === '' || (snapshot.saw('Role', namespace) && snapshot.saw('RoleBinding', namespace)))
  );
}

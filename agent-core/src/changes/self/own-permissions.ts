import type { Role, RoleBinding } from '@autodevops/domain/kubernetes/cluster';
import { apiVersionOf, kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { labelSelector } from '@autodevops/domain/kubernetes/metadata';
import { list, object } from '@autodevops/domain/kubernetes/shape';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { ClusterUser, ClusterView } from '@autodevops/domain/ports/cluster-objects';
import { matchesSelector } from '../../reading/selector.ts';

export type OwnObject = Pick<ObjectRef, 'kind' | 'namespace' | 'name'>;

type Permission = 'Role' | 'ClusterRole' | 'RoleBinding' | 'ClusterRoleBinding';

/** What deploy/ puts on every object that it makes. */
const part = ['app.kubernetes.io/part-of', 'autodevops'] as const;
const aggregation = object({ clusterRoleSelectors: list(labelSelector) });

async function read<T>(
  kind: Permission,
  shape: { readonly read: (value: unknown) => T },
  view: ClusterView,
  signal: AbortSignal,
): Promise<readonly T[]> {
  const found = await view.list({ apiVersion: apiVersionOf(kind), kind, namespace: '' }, { signal });
  return found.map((one) => shape.read(one));
}

function refOf(kind: KindName, { metadata: { namespace, name } }: Pick<Role, 'metadata'>): OwnObject {
  return { kind, namespace, name };
}

function means(subject: RoleBinding['subjects'][number], binding: RoleBinding, user: ClusterUser): boolean {
  if (subject.kind === 'ServiceAccount') {
    return user.name === `system:serviceaccount:${subject.namespace ?? binding.metadata.namespace}:${subject.name}`;
  }
  return subject.kind === 'Group' ? user.groups.includes(subject.name) : subject.name === user.name;
}

function isOfProject({ metadata: { labels } }: Pick<Role, 'metadata'>): boolean {
  return labels[part[0]] === part[1];
}

/** The roles that make up these: the API server adds the rules of every ClusterRole that an aggregating one selects. */
function withParts(own: ReadonlySet<string>, roles: readonly Role[]): readonly Role[] {
  const selectors = roles
    .filter(({ metadata }) => own.has(metadata.name))
    .flatMap(({ aggregationRule }) => aggregation.read(aggregationRule).clusterRoleSelectors);
  return roles.filter(
    ({ metadata }) =>
      own.has(metadata.name) || selectors.some((selector) => matchesSelector(selector, metadata.labels)),
  );
}

/**
 * What gives a user its permissions: every binding that means it or a group of its, the roles that these name, and what
 * deploy/ made, bound or not. Throws `cluster.*` when a list of them cannot be read: half of them would be a guess.
 */
export async function ownPermissions(
  user: ClusterUser,
  view: ClusterView,
  signal: AbortSignal,
): Promise<readonly OwnObject[]> {
  const [clusterBindings, bindings, clusterRoles, roles] = await Promise.all([
    read('ClusterRoleBinding', kinds.ClusterRoleBinding.shape, view, signal),
    read('RoleBinding', kinds.RoleBinding.shape, view, signal),
    read('ClusterRole', kinds.ClusterRole.shape, view, signal),
    read('Role', kinds.Role.shape, view, signal),
  ]);
  const isOwn = (binding: RoleBinding): boolean =>
    isOfProject(binding) || binding.subjects.some((subject) => means(subject, binding, user));
  const [ownClusterBindings, ownBindings] = [clusterBindings.filter(isOwn), bindings.filter(isOwn)];
  const named = new Set(
    [...ownClusterBindings, ...ownBindings].flatMap(({ roleRef }) =>
      roleRef.kind === 'ClusterRole' ? [roleRef.name] : [],
    ),
  );
  const inPlace = new Set(
    ownBindings.flatMap(({ roleRef, metadata }) =>
      roleRef.kind === 'Role' ? [`${metadata.namespace}/${roleRef.name}`] : [],
    ),
  );
  return [
    ...ownClusterBindings.map((one) => refOf('ClusterRoleBinding', one)),
    ...ownBindings.map((one) => refOf('RoleBinding', one)),
    ...withParts(
      new Set([...named, ...clusterRoles.filter(isOfProject).map(({ metadata }) => metadata.name)]),
      clusterRoles,
    ).map((one) => refOf('ClusterRole', one)),
    ...roles
      .filter((one) => isOfProject(one) || inPlace.has(`${one.metadata.namespace}/${one.metadata.name}`))
      .map((one) => refOf('Role', one)),
  ];
}

import { refKey, refText } from '@autodevops/domain/object-ref';
import type { Self } from '../question.ts';
import type { Touched } from '../matching/touched-objects.ts';
import { atLeast, forbidFirst, forbidden, untold } from './floor-rule.ts';
import type { FloorRule, FloorVerdict, Ground } from './floor-rule.ts';
import { namesWrittenBy, textsIn, writtenBy } from './written-values.ts';

const rbacGroup = 'rbac.authorization.k8s.io';
const serviceAccountUser = /^system:serviceaccount:([^:]+):([^:]+)$/;
/** Verbs, roles and groups that are every permission, or the way to it: kubernetes.io, "RBAC good practices". */
const everything = ['*', 'escalate', 'bind', 'impersonate', 'cluster-admin', 'system:masters'];
/** Groups and users that everybody is, whoever they are. */
const everybody = ['system:authenticated', 'system:unauthenticated', 'system:anonymous', 'system:serviceaccounts'];
/** By these a role becomes a part of others, or others a part of it, without a word in them: kubernetes.io, "Aggregated ClusterRoles". */
const aggregation = /^(?:aggregationRule|rbac\.authorization\.k8s\.io\/aggregate-to-.+)$/;

function isPermission({ group, kind }: Touched): boolean {
  return group === rbacGroup || (group === '' && kind === 'ServiceAccount');
}

/** Names by which a subject of a binding can mean the agent. */
function namesOf({ user, groups = [] }: Self): readonly string[] {
  if (user === '') return [];
  const [, namespace, name] = serviceAccountUser.exec(user) ?? [];
  const ofAccount =
    namespace === undefined || name === undefined
      ? []
      : [name, 'system:serviceaccounts', `system:serviceaccounts:${namespace}`];
  return [user, ...ofAccount, 'system:authenticated', ...groups];
}

function isOwnAccount({ kind, namespace, name }: Touched, { user }: Self): boolean {
  return kind === 'ServiceAccount' && user === `system:serviceaccount:${namespace}:${name}`;
}

function judgeOwn({ touched, circumstances: { self } }: Ground): FloorVerdict | undefined {
  const own = new Set(self.objects?.map(refKey));
  const names = namesOf(self);
  const mine = touched.find((object) => {
    if (own.has(refKey(object)) || isOwnAccount(object, self)) return true;
    const texts = object.group === rbacGroup ? textsIn(writtenBy(object.operation)) : undefined;
    return texts !== undefined && names.some((name) => texts.has(name));
  });
  if (mine !== undefined) return forbidden(`${refText(mine)} holds the agent's own permissions or policy.`);
  const doubtful = self.objects === undefined || self.user === '' ? touched.find(isPermission) : undefined;
  return doubtful === undefined
    ? undefined
    : untold('forbidden', `It is not known whether ${refText(doubtful)} holds the agent's own permissions.`);
}

function judgeBroad({ touched }: Ground): FloorVerdict | undefined {
  const rbac = touched.filter(({ group }) => group === rbacGroup);
  const writes = (object: Touched, names: readonly string[]): boolean => {
    const texts = textsIn(writtenBy(object.operation));
    return names.some((name) => texts.has(name));
  };
  return (
    forbidFirst(
      rbac.filter((object) => writes(object, everything)),
      (object) => `${refText(object)} would give every permission, or the way to it.`,
    ) ??
    forbidFirst(
      rbac.filter((object) => writes(object, everybody)),
      (object) => `${refText(object)} would give it to everybody.`,
    ) ??
    forbidFirst(
      rbac.filter(({ operation }) => [...namesWrittenBy(operation)].some((name) => aggregation.test(name))),
      (object) => `${refText(object)} would be added to other roles, or others to it.`,
    )
  );
}

/** Who may do what: never the agent's own, never everything, never unasked. */
export const permissions: readonly FloorRule[] = [
  {
    id: 'floor.own-permissions',
    what: "An object is touched that holds the agent's own permissions or its policy, or a permission is given to the agent or a group that it is in. Where its own are not known, any could be.",
    says: 'forbidden',
    instead: 'Let an administrator change what the agent may do.',
    judge: judgeOwn,
  },
  {
    id: 'floor.broad-permissions',
    what: `A role or binding is written with one of ${[...everything, ...everybody].map((name) => `\`${name}\``).join(', ')}, or so that it is aggregated with others.`,
    says: 'forbidden',
    instead: 'Ask for the one verb, resource and subject that is missing (action add-rbac-rule).',
    judge: judgeBroad,
  },
  {
    id: 'floor.permissions',
    what: 'A role, a binding or a ServiceAccount is touched.',
    says: 'one',
    instead: 'Let another person agree.',
    judge: ({ touched }) => {
      const object = touched.find(isPermission);
      return object === undefined ? undefined : atLeast('one', `${refText(object)} says who may do what.`);
    },
  },
];

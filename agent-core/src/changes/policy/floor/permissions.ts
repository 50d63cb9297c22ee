import { refKey, refText } from '@autodevops/domain/object-ref';
import type { Self } from '../question.ts';
import type { Touched } from '../touched-objects.ts';
import { atLeast, forbidFirst, forbidden, untold } from './floor-rule.ts';
import type { FloorRule, FloorVerdict, Ground } from './floor-rule.ts';
import { textsIn, writtenBy } from './written-values.ts';

const rbacGroup = 'rbac.authorization.k8s.io';
const serviceAccountUser = /^system:serviceaccount:([^:]+):([^:]+)$/;
/** Verbs, roles and groups that are every permission, or the way to it: kubernetes.io, "RBAC good practices". */
const everything = ['*', 'escalate', 'bind', 'impersonate', 'cluster-admin', 'system:masters'];

function isPermission({ group, kind }: Touched): boolean {
  return group === rbacGroup || (group === '' && kind === 'ServiceAccount');
}

/** Names by which a subject of a binding can mean the agent. */
function namesOf({ user, groups = [] }: Self): readonly string[] {
  if (user === '') return [];
  const [, namespace, name] = serviceAccountUser.exec(user) ?? [];
  const ofAccount = namespace === undefined || name === undefined ? [] : [name, 'system:serviceaccounts', `system:serviceaccounts:${namespace}`];
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
  return doubtful === undefined ? undefined : untold('forbidden', `It is not known whether ${refText(doubtful)} holds the agent's own permissions.`);
}

function judgeBroad({ touched }: Ground): FloorVerdict | undefined {
  const broad = touched.filter((object) => {
    if (object.group !== rbacGroup) return false;
    const texts = textsIn(writtenBy(object.operation));
    return everything.some((name) => texts.has(name));
  });
  return forbidFirst(broad, (object) => `${refText(object)} would give every permission, or the way to it.`);
}

/** Who may do what: never the agent's own, never everything, never unasked. */
export const permissions: readonly FloorRule[] = [
  {
    id: 'floor.own-permissions',
    what: 'An object is touched that holds the agent\'s own permissions or its policy, or a permission is given to the agent or a group that it is in. Where its own are not known, any could be.',
    says: 'forbidden',
    judge: judgeOwn,
  },
  {
    id: 'floor.broad-permissions',
    what: `A role or binding is written with one of ${everything.map((name) => `\`${name}\``).join(', ')}.`,
    says: 'forbidden',
    judge: judgeBroad,
  },
  {
    id: 'floor.permissions',
    what: 'A role, a binding or a ServiceAccount is touched.',
    says: 'one',
    judge: ({ touched }) => {
      const object = touched.find(isPermission);
      return object === undefined ? undefined : atLeast('one', `${refText(object)} says who may do what.`);
    },
  },
];

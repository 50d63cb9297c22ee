import type { CodeEntry } from '@autodevops/domain/finding';
import type { RoleBinding } from '@autodevops/domain/kubernetes/cluster';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { editDistance, nearMatches } from '../../reading/near-match.ts';
import { grants, isSubjectOf, reaches, roleAllows, sawRbac, subjectOfUser } from '../../reading/platform/rbac.ts';
import type { Access, Grant, Subject } from '../../reading/platform/rbac.ts';
import type { Refusal } from './forbidden-line.ts';
import { nearRule } from './near-rule.ts';
import { missingRule, notBound, refused, roleMissing, wrongAccount, wrongScope, wrongSubject } from './codes.ts';

export interface Reason {
  readonly code: CodeEntry;
  /** How the sentence goes on after "... is refused because". */
  readonly because: string;
  /** What to look at beside the line itself. */
  readonly shown: { readonly object: ObjectRef; readonly path: string; readonly text: string } | undefined;
  readonly nextSteps: readonly string[];
}

type GivenSubject = RoleBinding['subjects'][number];

function subjectText(given: GivenSubject): string {
  return given.kind === 'ServiceAccount'
    ? `ServiceAccount ${given.namespace ?? '(no namespace)'}/${given.name}`
    : `${given.kind} ${given.name}`;
}

/** Bindings are written by hand and copied between namespaces; these are the slips that happen. */
function isSlip(subject: Subject, given: GivenSubject): boolean {
  const { account } = subject;
  if (account === undefined) return given.kind === 'User' && editDistance(given.name, subject.user, 2) <= 2;
  if (given.kind === 'User') return given.name === account.name;
  if (given.kind !== 'ServiceAccount') return false;
  if (given.name === account.name) return given.namespace !== account.namespace;
  return (
    given.namespace === account.namespace &&
    editDistance(given.name, account.name, 2) <= Math.min(2, Math.floor(account.name.length / 3))
  );
}

function bindingRef(grant: Grant): ObjectRef {
  return refTo(grant.kind, grant.binding);
}

function bindingName(grant: Grant): string {
  const { namespace, name } = grant.binding.metadata;
  return `${grant.kind} ${namespace === '' ? name : `${namespace}/${name}`}`;
}

interface Case {
  readonly snapshot: Snapshot;
  readonly subject: Subject;
  readonly access: Access;
  readonly all: readonly Grant[];
}

function missingRole({ snapshot, subject, access, all }: Case): Reason | undefined {
  const seen = (grant: Grant): boolean =>
    snapshot.saw(grant.binding.roleRef.kind === 'Role' ? 'Role' : 'ClusterRole', grant.binding.metadata.namespace);
  const grant = all.find(
    (g) =>
      g.role === undefined &&
      g.binding.roleRef.name !== '' &&
      seen(g) &&
      reaches(g, access.namespace) &&
      isSubjectOf(subject, g.binding),
  );
  if (grant === undefined) return undefined;
  const { kind, name } = grant.binding.roleRef;
  const there =
    kind === 'Role' ? snapshot.listIn('Role', grant.binding.metadata.namespace) : snapshot.list('ClusterRole');
  const meant =
    there.find((role) => roleAllows(role, access) && nearMatches(name, [role.metadata.name]).length > 0) ??
    (kind === 'Role' ? there.find((role) => roleAllows(role, access)) : undefined);
  return {
    code: roleMissing,
    because: `${bindingName(grant)} refers to ${kind} "${name}", which does not exist${meant === undefined ? '' : `; ${kind} "${meant.metadata.name}" has the rule`}`,
    shown: { object: bindingRef(grant), path: 'roleRef', text: `roleRef: ${kind} ${name}` },
    nextSteps: [
      meant === undefined
        ? `Create ${kind} "${name}", or delete ${bindingName(grant)} and make it anew with a role that exists.`
        : `Delete ${bindingName(grant)} and make it anew with roleRef ${kind} "${meant.metadata.name}": the roleRef of a binding cannot be changed.`,
    ],
  };
}

/** A binding for an account of the same namespace that is not there was meant for one that is. */
function isDangling({ snapshot, subject: { account } }: Case, given: GivenSubject): boolean {
  return (
    account !== undefined &&
    account.name !== 'default' &&
    given.kind === 'ServiceAccount' &&
    given.namespace === account.namespace &&
    snapshot.lacks('ServiceAccount', account.namespace, given.name)
  );
}

function otherSubject(at: Case): Reason | undefined {
  const { subject, access, all } = at;
  for (const grant of all) {
    if (!reaches(grant, access.namespace) || !roleAllows(grant.role, access)) continue;
    const index = grant.binding.subjects.findIndex((s) => isSlip(subject, s) || isDangling(at, s));
    const given = grant.binding.subjects[index];
    if (given === undefined) continue;
    return {
      code: wrongSubject,
      because: `${bindingName(grant)}, which grants this, names ${subjectText(given)} instead`,
      shown: { object: bindingRef(grant), path: `subjects[${index}]`, text: subjectText(given) },
      nextSteps: [
        `Correct subjects[${index}] of ${bindingName(grant)} to ${subject.account === undefined ? `User ${subject.user}` : `ServiceAccount ${subject.account.namespace}/${subject.account.name}`}.`,
      ],
    };
  }
  return undefined;
}

function otherScope({ subject, access, all }: Case): Reason | undefined {
  const grant = all.find(
    (g) =>
      g.kind === 'RoleBinding' &&
      !reaches(g, access.namespace) &&
      roleAllows(g.role, access) &&
      isSubjectOf(subject, g.binding),
  );
  if (grant === undefined) return undefined;
  const where = grant.binding.metadata.namespace;
  const wide = access.namespace === '';
  return {
    code: wrongScope,
    because: wide
      ? `the request is for the whole cluster and ${bindingName(grant)} grants it in namespace "${where}" only`
      : `${bindingName(grant)} grants it in namespace "${where}", not in "${access.namespace}"`,
    shown: {
      object: bindingRef(grant),
      path: 'metadata.namespace',
      text: `namespace: ${where}, roleRef: ${grant.binding.roleRef.kind} ${grant.binding.roleRef.name}`,
    },
    nextSteps: wide
      ? [`Restrict the program to namespace "${where}", or bind a ClusterRole with this rule by a ClusterRoleBinding.`]
      : [`Add a RoleBinding in namespace "${access.namespace}" for the account.`],
  };
}

/** Only where the pod never chose an account: that another account may do it is then the likely intention. */
function otherAccount({ subject, access, all }: Case): Reason | undefined {
  const { account } = subject;
  if (account?.name !== 'default') return undefined;
  for (const grant of all) {
    if (!reaches(grant, access.namespace) || !roleAllows(grant.role, access)) continue;
    const at = grant.binding.subjects.findIndex(
      (s) => s.kind === 'ServiceAccount' && s.namespace === account.namespace && s.name !== 'default',
    );
    const given = grant.binding.subjects[at];
    if (given === undefined) continue;
    return {
      code: wrongAccount,
      because: `it runs as the default service account, while ${bindingName(grant)} grants this to "${given.name}"`,
      shown: { object: bindingRef(grant), path: `subjects[${at}]`, text: subjectText(given) },
      nextSteps: [`Set serviceAccountName: ${given.name} in the pod template.`],
    };
  }
  return undefined;
}

/** A Role of the namespace that fits exactly is there to be bound; ClusterRoles are many, so only one named like the account counts. */
function unbound({ snapshot, subject, access }: Case): Reason | undefined {
  const narrow = (rules: readonly { verbs: readonly string[]; resources: readonly string[] }[]): boolean =>
    rules.every((r) => !r.resources.includes('*'));
  const roles =
    access.namespace === ''
      ? []
      : snapshot.listIn('Role', access.namespace).filter((r) => roleAllows(r, access) && narrow(r.rules));
  const wanted = subject.account?.name ?? '';
  const wide = snapshot
    .list('ClusterRole')
    .filter((r) => wanted.length >= 4 && r.metadata.name.includes(wanted) && roleAllows(r, access));
  const role = roles[0];
  const found = role === undefined ? wide[0] : role;
  if (found === undefined) return undefined;
  const kind = role === undefined ? 'ClusterRole' : 'Role';
  return {
    code: notBound,
    because: `${kind} "${found.metadata.name}" has the rule but is not bound to it`,
    shown: {
      object: refTo(kind, found),
      path: 'rules',
      text: `rules: ${access.verb} ${access.resource} in "${access.group}"`,
    },
    nextSteps: [
      `Bind ${kind} "${found.metadata.name}" to ${subject.user} ${access.namespace === '' ? 'by a ClusterRoleBinding' : `by a RoleBinding in namespace "${access.namespace}"`}.`,
    ],
  };
}

function ruleText(access: Access): string {
  const names = access.name === '' ? '' : ` (or only resourceNames: ["${access.name}"])`;
  return `{apiGroups: ["${access.group}"], resources: ["${access.resource}"], verbs: ["${access.verb}"]}${names}`;
}

function noRule({ subject, access, all }: Case): Reason {
  const own = all.filter(
    (g) =>
      g.role !== undefined &&
      reaches(g, access.namespace) &&
      isSubjectOf(subject, g.binding) &&
      g.binding.subjects.some((s) => s.kind !== 'Group'),
  );
  const bound = own.find((g) => g.role !== undefined && nearRule(g.role, access) !== undefined) ?? own[0];
  const where =
    access.namespace === ''
      ? 'a ClusterRole, bound by a ClusterRoleBinding,'
      : `a Role in namespace "${access.namespace}"`;
  if (bound?.role === undefined) {
    const because = 'no role is bound to it';
    return {
      code: missingRule,
      because,
      shown: undefined,
      nextSteps: [`Add the rule ${ruleText(access)} to ${where} and bind it to ${subject.user}.`],
    };
  }
  const { kind, name } = bound.binding.roleRef;
  const rules = bound.role.rules
    .slice(0, 4)
    .map((r) => `${r.verbs.join(',')} ${r.resources.join(',')} in "${r.apiGroups.join(',')}"`);
  return {
    code: missingRule,
    because: `${kind} "${name}", which is bound to it, ${nearRule(bound.role, access) ?? 'has no such rule'}`,
    shown: {
      object:
        kind === 'ClusterRole'
          ? refByName('ClusterRole', '', name)
          : refByName('Role', bound.binding.metadata.namespace, name),
      path: 'rules',
      text: `rules: ${rules.join('; ') || '(none)'}`,
    },
    nextSteps: [`Add the rule ${ruleText(access)} to ${kind} "${name}".`],
  };
}

/** Why a request was refused, by the roles and bindings as they are now; undefined when they allow it now. */
export function reasonOf(snapshot: Snapshot, refusal: Refusal): Reason | undefined {
  const { access } = refusal;
  const subject = subjectOfUser(refusal.user);
  const all = grants(snapshot);
  if (all.some((g) => reaches(g, access.namespace) && roleAllows(g.role, access) && isSubjectOf(subject, g.binding))) {
    return undefined;
  }
  const at: Case = { snapshot, subject, access, all };
  const known = missingRole(at) ?? otherSubject(at) ?? otherScope(at) ?? otherAccount(at);
  if (known !== undefined) return known;
  if (!sawRbac(snapshot, access.namespace)) {
    return {
      code: refused,
      because: 'no rule allows it',
      shown: undefined,
      nextSteps: [`The rule that it needs: ${ruleText(access)}.`],
    };
  }
  return unbound(at) ?? noRule(at);
}

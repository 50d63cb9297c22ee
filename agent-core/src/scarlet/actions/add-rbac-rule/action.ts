import { canonicalJson } from '@autodevops/domain/canonical-json';
import type { Manifest } from '@autodevops/domain/change/operation';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { refText } from '@autodevops/domain/object-ref';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { deleteCreated } from '../../patches/delete-created.ts';
import { liveTarget } from '../../targets/live-target.ts';
import { refuse } from '../../refusal.ts';
import { inThreeTenses } from '../../sentences.ts';
import { putBack } from '../../standing/template-standing.ts';
import { Params, checkRule, isReading, isStrong, namesOf, ruleText, strengthText } from './allowed-rule.ts';
import { presentGrant } from './present-grant.ts';

const group = 'rbac.authorization.k8s.io';
const apiVersion = `${group}/v1`;

/** The same rule for the same account has the same name, so it is never there twice. */
function nameOf({ verb, apiGroup, resource, namespace, ...rest }: Params, account: ObjectRef): string {
  const who = account.namespace === namespace ? account.name : `${account.namespace}.${account.name}`;
  const names = namesOf({ verb, apiGroup, resource, namespace, ...rest });
  return ['autodevops', who, verb, resource.replace('/', '.'), ...(apiGroup === '' ? [] : [apiGroup]), ...names].join(
    ':',
  );
}

function objectsOf(params: Params, account: ObjectRef): readonly [role: Manifest, binding: Manifest] {
  const { verb, apiGroup, resource, namespace } = params;
  const metadata = {
    name: nameOf(params, account),
    namespace,
    labels: { 'app.kubernetes.io/managed-by': 'autodevops' },
  };
  const resourceNames = namesOf(params);
  const rule = {
    apiGroups: [apiGroup],
    resources: [resource],
    verbs: [verb],
    ...(resourceNames.length === 0 ? {} : { resourceNames: [...resourceNames] }),
  };
  return [
    { apiVersion, kind: 'Role', metadata, rules: [rule] },
    {
      apiVersion,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: group, kind: 'Role', name: metadata.name },
      subjects: [{ kind: 'ServiceAccount', name: account.name, namespace: account.namespace }],
    },
  ];
}

function checkSubject({ kind, namespace, name }: ObjectRef, { subject }: Params): void {
  if (kind !== 'ServiceAccount') {
    refuse(
      `"${subject}" is no ServiceAccount: the rights of people and of the control plane are given by people.`,
      'Ask an administrator.',
    );
  }
  if (subject !== `system:serviceaccount:${namespace}:${name}`) {
    refuse(
      `"${subject}" is another account than the target, ServiceAccount ${namespace}/${name}.`,
      'Correct the request.',
    );
  }
  if (name === 'default') {
    refuse(
      `ServiceAccount ${namespace}/default is that of every pod which names no other: all of them would have the right.`,
      'Give the program a ServiceAccount of its own first.',
    );
  }
}

async function checkAbsent(object: Manifest, live: Live): Promise<void> {
  const { namespace = '', name } = object.metadata;
  const there = await live.cluster.get({ apiVersion, kind: object.kind, namespace, name }, { signal: live.signal });
  if (there !== undefined) {
    refuse(
      `${object.kind} ${namespace}/${name} exists already, and does not give the right.`,
      'See who changed it, and delete it.',
    );
  }
}

async function plan({ target, params }: TypedRequest<Params>, live: Live): Promise<Draft> {
  checkSubject(target, params);
  checkRule(params);
  await liveTarget(target, live);
  const present = await presentGrant(params, live);
  if (present !== undefined) {
    return refuse(`${refText(target)} may ${ruleText(params)} already, by ${present}.`, 'Nothing is to be done.');
  }
  const [role, binding] = objectsOf(params, target);
  for (const object of [role, binding]) await checkAbsent(object, live);
  const elsewhere = target.namespace !== params.namespace;
  const strong = isStrong(params);
  return {
    sentences: inThreeTenses(
      ['Let', 'Letting', 'Let'],
      `${refText(target)} ${ruleText(params)}, by a Role and a RoleBinding of its own`,
    ),
    operations: [
      { verb: 'create', object: role },
      { verb: 'create', object: binding },
    ],
    undo: { operations: [deleteCreated(binding), deleteCreated(role)], why: 'Takes the right away again.' },
    touches: [],
    notes: [
      'The API server lets nobody give a right that they do not have themselves.',
      ...(strong ? [strengthText(params)] : []),
      ...(elsewhere
        ? [`The account is of namespace ${target.namespace}, and would reach into ${params.namespace}.`]
        : []),
    ],
    ...(strong || elsewhere || !isReading(params) ? { risk: 'high' as const } : {}),
  };
}

async function verify({ target, params }: TypedRequest<Params>, live: Live): Promise<Standing> {
  await liveTarget(target, live);
  for (const wanted of objectsOf(params, target)) {
    const { namespace = '', name } = wanted.metadata;
    const there = await live.cluster.get({ apiVersion, kind: wanted.kind, namespace, name }, { signal: live.signal });
    if (there === undefined) return { state: 'failed', says: `${wanted.kind} ${namespace}/${name} is gone.` };
    const part = (object: Manifest): string =>
      canonicalJson([object['rules'] ?? null, object['roleRef'] ?? null, object['subjects'] ?? null]);
    if (part(there) !== part(wanted)) return putBack(there, 'what it was made with');
  }
  return { state: 'succeeded', says: `${refText(target)} may ${ruleText(params)}.` };
}

export const addRbacRule = action<Params>({
  name: 'add-rbac-rule',
  title: 'Give a ServiceAccount one right',
  kinds: ['ServiceAccount', 'User'],
  params: Params,
  risk: 'medium',
  patience: 60,
  plan,
  verify,
});

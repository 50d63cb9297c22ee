import type { Actor } from '@autodevops/domain/change/actor';
import type { Operation, Target } from '@autodevops/domain/change/operation';
import type { Facts, PlannedAction } from '@autodevops/domain/change/plan';
import type { CaseQuestion } from '@autodevops/domain/change/policy-case';
import type { Policy } from '@autodevops/domain/change/policy';
import { apiVersionOf, isKindName } from '@autodevops/domain/kubernetes/kinds';
import { refKey } from '@autodevops/domain/object-ref';
import { breakGlass } from '../broken-glass.ts';
import type { Circumstances, History, Question } from '../question.ts';
import { rulesInForce } from '../rules-in-force.ts';

const day = 86_400_000;
const minute = 60_000;

function targetOf({ apiVersion, kind, namespace, name }: CaseQuestion): Target {
  return {
    apiVersion: apiVersion ?? (isKindName(kind) ? apiVersionOf(kind) : 'v1'),
    kind,
    namespace,
    name,
    uid: 'uid-of-the-case',
    resourceVersion: '1',
  };
}

function operationOf(given: CaseQuestion): Operation {
  const target = targetOf(given);
  const object = {
    apiVersion: target.apiVersion,
    kind: target.kind,
    metadata: { name: target.name, namespace: target.namespace },
  };
  switch (given.verb) {
    case 'create':
      return { verb: 'create', object };
    case 'apply':
      return { verb: 'apply', object, force: false };
    case 'delete':
      return { verb: 'delete', target, propagation: 'Background' };
    case 'evict':
      return { verb: 'evict', target };
    default:
      return {
        verb: 'patch',
        target,
        subresource: '',
        steps: [{ op: 'add', path: '/metadata/annotations/example', value: 'yes' }],
      };
  }
}

function actionOf(given: CaseQuestion): PlannedAction {
  const { resourceVersion: _version, ...target } = targetOf(given);
  const sentences = { will: 'It will be done.', doing: 'It is being done.', done: 'It is done.' };
  return {
    request: { action: given.action, target, params: given.params },
    risk: given.risk,
    sentences,
    operations: [operationOf(given)],
    undo: { operations: [], why: 'A case takes nothing back.' },
    patience: 60,
  };
}

function places(count: number, first: string): string[] {
  return Array.from({ length: count }, (_, index) => (index === 0 ? first : `${first}-${index + 1}`));
}

function factsOf(given: CaseQuestion, now: number): Facts {
  const {
    objects,
    services,
    namespaces,
    shareOfReadyEndpoints,
    readyEndpoints,
    managedBy,
    disruptionsAllowed,
    unknown,
  } = given;
  const key = refKey(targetOf(given));
  const blastRadius = {
    objects,
    services: places(services, `${given.namespace}/${given.name}`),
    namespaces: places(namespaces, given.namespace),
    shareOfReadyEndpoints,
    readyEndpoints,
  };
  return {
    capturedAt: new Date(now - given.factsAge * 1000).toISOString(),
    ...(unknown.includes('blastRadius') ? {} : { blastRadius }),
    ...(unknown.includes('managedBy')
      ? {}
      : { managedBy: managedBy === undefined ? [] : [{ tool: managedBy, owner: 'of the case' }] }),
    ...(unknown.includes('labels') ? {} : { labels: { [key]: given.labels } }),
    ...(unknown.includes('workloads') ? {} : { workloads: [key] }),
    ...(disruptionsAllowed === undefined ? {} : { disruptionsAllowed }),
    reversible: given.reversible,
    restores: given.restores,
    notes: [],
  };
}

function requesterOf({ by, account, roles }: CaseQuestion): Actor {
  const person = by === 'person' ? 'person-of-the-case' : '';
  return {
    kind: by,
    account: account ?? `${by}:of-the-case`,
    person,
    name: 'somebody',
    roles,
    surface: by === 'person' ? 'cli' : by,
  };
}

/** What the case says that was done before: each of these by every rule, and of the same workload. */
function historyOf(given: CaseQuestion, policy: Policy, now: number): History {
  const rules = rulesInForce(policy).map(({ id }) => id);
  const at = (minutesAgo: number): string => new Date(now - minutesAgo * minute).toISOString();
  return {
    since: new Date(now - 2 * day).toISOString(),
    changes: [
      ...Array.from({ length: given.changesLastHour }, () => ({ time: at(30), rules, workloads: [] })),
      ...Array.from({ length: given.changesOfWorkloadToday }, () => ({
        time: at(180),
        rules,
        workloads: [refKey(targetOf(given))],
      })),
    ],
  };
}

function circumstancesOf(given: CaseQuestion, policy: Policy, now: number): Circumstances {
  const who = requesterOf({ ...given, by: 'person' });
  return {
    mode: given.mode,
    now,
    earliest: now - given.clockAhead * 1000,
    ...(given.unknown.includes('history') ? {} : { history: historyOf(given, policy, now) }),
    auditWritable: given.auditWritable,
    killSwitch: given.killSwitch,
    ...(given.brokenGlass
      ? { brokenGlass: breakGlass({ id: 'of-the-case', who, reason: 'The case says so.', minutes: 30, now }) }
      : {}),
    self: { namespace: 'autodevops', user: 'system:serviceaccount:autodevops:scarlet', objects: [] },
  };
}

/** A case's short question as the whole one that is decided. */
export function questionOf(
  given: CaseQuestion,
  policy: Policy,
): { readonly question: Question; readonly circumstances: Circumstances } {
  const now = Date.parse(given.now);
  const { finding, environment } = given;
  const { resourceVersion: _version, ...object } = targetOf(given);
  const reason = {
    text: 'A case of the policy.',
    ...(finding === undefined ? {} : { finding: { ...finding, object, evidence: [] } }),
  };
  return {
    question: {
      actions: [actionOf(given)],
      facts: factsOf(given, now),
      requester: requesterOf(given),
      reason,
      environment,
    },
    circumstances: circumstancesOf(given, policy, now),
  };
}

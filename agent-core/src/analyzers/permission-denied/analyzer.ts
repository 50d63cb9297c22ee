import type { ProposedChange } from '@autodevops/domain/diagnosis';
import type { Finding } from '@autodevops/domain/finding';
import { refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec, sinceOf } from '../../evidence/finding.ts';
import { warningTexts } from '../../evidence/warning-texts.ts';
import type { WarningText } from '../../evidence/warning-texts.ts';
import { isReady } from '../../reading/pods/pod-status.ts';
import { subjectOfUser } from '../../reading/platform/rbac.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { checkCloudRefusals } from './cloud-refusal.ts';
import {
  cloudRefused,
  missingRule,
  notBound,
  refused,
  roleMissing,
  wrongAccount,
  wrongScope,
  wrongSubject,
} from './codes.ts';
import { readRefusal } from './forbidden-line.ts';
import type { Refusal } from './forbidden-line.ts';
import { reasonOf } from './reason.ts';
import type { Reason } from './reason.ts';

function accountRef(snapshot: Snapshot, user: string): ObjectRef {
  const { account } = subjectOfUser(user);
  if (account === undefined) {
    return { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'User', namespace: '', name: said(user, 200), uid: '' };
  }
  const found = snapshot.get('ServiceAccount', account.namespace, account.name);
  return found === undefined
    ? { apiVersion: 'v1', kind: 'ServiceAccount', ...account, uid: '' }
    : refTo('ServiceAccount', found);
}

function change(snapshot: Snapshot, refusal: Refusal, reason: Reason): readonly ProposedChange[] {
  if (reason.code === wrongAccount || reason.code === refused) return [];
  const { access, user } = refusal;
  const target = accountRef(snapshot, user);
  const params = {
    subject: user,
    verb: access.verb,
    apiGroup: access.group,
    resource: access.resource,
    namespace: access.namespace,
    ...(access.name === '' ? {} : { resourceName: access.name }),
  };
  return [{ action: 'add-rbac-rule', target, params, risk: access.namespace === '' ? 'high' : 'medium' }];
}

function where(access: Refusal['access']): string {
  return access.namespace === '' ? 'at the cluster scope' : `in namespace "${access.namespace}"`;
}

function who(user: string): string {
  const { account } = subjectOfUser(user);
  return account === undefined ? `user "${said(user, 120)}"` : `service account ${account.namespace}/${account.name}`;
}

/**
 * What a program that is well prints need not be of itself: it counts when it is about its own account, chosen for it,
 * and the roles and bindings bear it out. What one that has done its work was refused did not keep it from that.
 */
function isHearsay(
  snapshot: Snapshot,
  { object, container }: WarningText,
  { refusal, reason }: { refusal: Refusal; reason: Reason },
): boolean {
  const pod = container === '' ? undefined : snapshot.get('Pod', object.namespace, object.name);
  if (pod?.status.phase === 'Succeeded') return true;
  if (pod === undefined || !isReady(pod)) return false;
  const { account } = subjectOfUser(refusal.user);
  const own = pod.spec.serviceAccountName ?? 'default';
  return (
    own === 'default' ||
    account?.name !== own ||
    account.namespace !== pod.metadata.namespace ||
    reason.code === refused
  );
}

function toFinding(snapshot: Snapshot, told: WarningText, refusal: Refusal): Finding | undefined {
  const reason = reasonOf(snapshot, refusal);
  if (reason === undefined || isHearsay(snapshot, told, { refusal, reason })) return undefined;
  const { access, user } = refusal;
  const group = access.group === '' ? '' : ` of ${access.group}`;
  const what = `${access.verb} ${access.resource}${group} ${where(access)}`;
  return finding(reason.code, {
    object: told.object,
    cause: `${refText(told.object)} is refused because ${who(user)} may not ${what}: ${reason.because}.`,
    confidence: reason.code === refused ? 'medium' : 'high',
    since: sinceOf(told.evidence),
    evidence: [
      told.evidence,
      ...(reason.shown === undefined ? [] : [fromSpec(reason.shown.object, reason.shown.path, reason.shown.text)]),
    ],
    nextSteps: [
      ...reason.nextSteps,
      `Check it with \`kubectl auth can-i ${access.verb} ${access.resource} --as ${said(user, 200)}${access.namespace === '' ? ' -A' : ` -n ${access.namespace}`}\`.`,
    ],
    changes: change(snapshot, refusal, reason),
    facet: `${access.verb} ${access.resource} ${access.group} ${access.namespace}`,
  });
}

function analyze(snapshot: Snapshot): readonly Finding[] {
  const found = new Map<string, Finding>();
  const seen = new Set<string>();
  for (const told of warningTexts(snapshot, 'is forbidden: User', 40)) {
    const refusal = readRefusal(told.text);
    if (refusal === undefined) continue;
    const { access, user } = refusal;
    const key = [refText(told.object), user, access.verb, access.resource, access.group, access.namespace].join('|');
    if (seen.has(key)) continue;
    seen.add(key);
    const one = toFinding(snapshot, told, refusal);
    if (one !== undefined) found.set(key, one);
  }
  return [...found.values(), ...checkCloudRefusals(snapshot)];
}

/** Requests that RBAC refuses, with the rule that is missing; and what the cloud refuses to a program. */
export const permissionDenied: Analyzer = {
  name: 'permission-denied',
  codes: [missingRule, notBound, wrongSubject, wrongScope, roleMissing, wrongAccount, refused, cloudRefused],
  analyze,
};

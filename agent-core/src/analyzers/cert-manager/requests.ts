import type { Finding } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import { refText } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { conditionsOf, customOfKind, refToCustom } from '../../reading/platform/custom-objects.ts';
import { textAt } from '../../reading/json-value.ts';
import { nearMatches } from '../../reading/near-match.ts';
import { ageOf } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import { acmeGroup, group, issuerRef, nextInChain, readyOf, stillMatters } from './chain.ts';
import { challengeFailing, issuerMissing, orderFailed, requestFailed } from './codes.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

function isRecentEnough(snapshot: Snapshot, object: CustomObject): boolean {
  return (
    (ageOf(snapshot, object.metadata.creationTimestamp) ?? day) < day || object.metadata.ownerReferences.length > 0
  );
}

function nearIssuers(snapshot: Snapshot, kind: string, namespace: string, name: string): string {
  const issuers = [...customOfKind(snapshot, group, 'Issuer'), ...customOfKind(snapshot, group, 'ClusterIssuer')];
  const visible = issuers.filter((i) => i.kind === 'ClusterIssuer' || i.metadata.namespace === namespace);
  const same = visible.find((i) => i.metadata.name === name && i.kind !== kind);
  if (same !== undefined) return `; there is a ${same.kind} of that name`;
  const elsewhere = issuers.find((i) => i.metadata.name === name && i.metadata.namespace !== namespace);
  if (elsewhere !== undefined) return `; there is one in namespace "${elsewhere.metadata.namespace}"`;
  const near = nearMatches(
    name,
    visible.map((i) => i.metadata.name),
  );
  return near.length === 0 ? '' : `; there is ${near.map((n) => `"${n}"`).join(', ')}`;
}

function checkIssuerMissing(snapshot: Snapshot, request: CustomObject): Finding | undefined {
  const told = conditionsOf(request).find(
    (c) => c.status === 'False' && /referenced .{1,40} not found/i.test(c.message),
  );
  const issuer = issuerRef(request);
  if (told === undefined || issuer === undefined) return undefined;
  const ref = refToCustom(request);
  const hint = nearIssuers(snapshot, issuer.kind, request.metadata.namespace, issuer.name);
  const cause = `${refText(ref)} asks ${issuer.kind} "${issuer.name}", which does not exist${hint}.`;
  return finding(issuerMissing, {
    object: ref,
    cause,
    since: told.lastTransitionTime ?? '',
    evidence: [fromCondition(ref, told), fromSpec(ref, 'spec.issuerRef', `issuerRef: ${issuer.kind} ${issuer.name}`)],
  });
}

function checkRequest(snapshot: Snapshot, request: CustomObject): Finding[] {
  const ready = readyOf(request);
  const denied = conditionsOf(request).find(
    (c) => (c.type === 'Denied' || c.type === 'InvalidRequest') && c.status === 'True',
  );
  const told = denied ?? ready;
  if (
    told === undefined ||
    ready?.status === 'True' ||
    !stillMatters(snapshot, request) ||
    !isRecentEnough(snapshot, request)
  ) {
    return [];
  }
  const missing = checkIssuerMissing(snapshot, request);
  if (missing !== undefined) return [missing];
  const failed = denied !== undefined || told.reason === 'Failed' || told.reason === 'Denied';
  if (!failed && (ageOf(snapshot, request.metadata.creationTimestamp) ?? 0) < 5 * minute) return [];
  const ref = refToCustom(request);
  return [
    finding(requestFailed, {
      object: ref,
      cause: `${refText(ref)} ${failed ? 'failed' : 'waits'}: ${said(told.message || told.reason)}.`,
      since: told.lastTransitionTime ?? request.metadata.creationTimestamp ?? '',
      evidence: [fromCondition(ref, told)],
      because: nextInChain(snapshot, request),
      generic: !failed,
    }),
  ];
}

function checkOrder(snapshot: Snapshot, order: CustomObject): Finding[] {
  const state = textAt(order.status, 'state');
  if (
    !['invalid', 'errored', 'expired'].includes(state) ||
    !stillMatters(snapshot, order) ||
    !isRecentEnough(snapshot, order)
  ) {
    return [];
  }
  const ref = refToCustom(order);
  const reason = textAt(order.status, 'reason');
  const since = textAt(order.status, 'failureTime');
  const cause = `${refText(ref)} is ${state}${reason === '' ? '' : `: ${said(reason)}`}.`;
  return [
    finding(orderFailed, {
      object: ref,
      cause,
      since,
      evidence: [fromStatus(ref, 'status', `state: ${state}${reason === '' ? '' : `, reason: ${reason}`}`, since)],
      because: nextInChain(snapshot, order),
    }),
  ];
}

/** Before it asks the authority, cert-manager looks from inside of the cluster whether the challenge is answered. */
const unanswered = /self check GET request[\s\S]*(?:deadline exceeded|timeout|refused|no route to host|EOF)/;
const selfCheckSteps = [
  'From a pod, ask for the address in the message: the name must lead to the ingress from inside of the cluster too. Behind a router without hairpin NAT it does not.',
  "Let the cluster's DNS answer the name with the Service of the ingress controller (the rewrite or hosts plugin of CoreDNS), or use a DNS-01 solver, which needs no way in.",
];

function checkChallenge(snapshot: Snapshot, challenge: CustomObject): Finding[] {
  const state = textAt(challenge.status, 'state');
  const reason = textAt(challenge.status, 'reason');
  const age = ageOf(snapshot, challenge.metadata.creationTimestamp) ?? 0;
  const failed = state === 'invalid' || state === 'errored' || state === 'expired';
  const waits = (state === 'pending' || state === '') && reason !== '' && age >= 3 * minute;
  if ((!failed && !waits) || !stillMatters(snapshot, challenge) || !isRecentEnough(snapshot, challenge)) return [];
  const ref = refToCustom(challenge);
  const domain = textAt(challenge.spec, 'dnsName');
  const type = textAt(challenge.spec, 'type');
  const cause = `The ${type} challenge for "${said(domain, 120)}" ${failed ? `is ${state}` : 'does not succeed'}: ${said(reason, 300)}.`;
  const since = challenge.metadata.creationTimestamp ?? '';
  return [
    finding(challengeFailing, {
      object: ref,
      cause,
      since,
      evidence: [fromStatus(ref, 'status.reason', `state: ${state || 'pending'}, reason: ${reason}`)],
      ...(unanswered.test(reason) ? { nextSteps: selfCheckSteps } : {}),
      because: nextInChain(snapshot, challenge),
    }),
  ];
}

/** CertificateRequests, Orders and Challenges of certificates that are not ready. */
export function checkRequests(snapshot: Snapshot): Finding[] {
  const living = (object: CustomObject): boolean => object.metadata.deletionTimestamp === undefined;
  return [
    ...customOfKind(snapshot, group, 'CertificateRequest')
      .filter(living)
      .flatMap((o) => checkRequest(snapshot, o)),
    ...customOfKind(snapshot, acmeGroup, 'Order')
      .filter(living)
      .flatMap((o) => checkOrder(snapshot, o)),
    ...customOfKind(snapshot, acmeGroup, 'Challenge')
      .filter(living)
      .flatMap((o) => checkChallenge(snapshot, o)),
  ];
}

import type { Finding } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import { formatDuration } from '@autodevops/domain/duration';
import { refByName, refText, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { conditionsOf, customOfKind, refToCustom } from '../../reading/platform/custom-objects.ts';
import { textAt } from '../../reading/json-value.ts';
import { perSnapshot } from '../../reading/per-snapshot.ts';
import { ageOf } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { group, nextInChain, readyOf } from './chain.ts';
import {
  certificateExpired,
  certificateNotReady,
  challengeFailing,
  issuerMissing,
  issuerNotReady,
  orderFailed,
  renewalOverdue,
  requestFailed,
} from './codes.ts';
import { checkRequests } from './requests.ts';

const minute = 60_000;

function checkIssuer(snapshot: Snapshot, issuer: CustomObject): Finding[] {
  const ready = readyOf(issuer);
  if (ready?.status !== 'False' || (ageOf(snapshot, ready.lastTransitionTime) ?? minute) < minute) return [];
  const ref = refToCustom(issuer);
  const secret = textAt(issuer.spec, 'ca', 'secretName');
  const because =
    secret === '' || issuer.metadata.namespace === ''
      ? []
      : [{ object: refByName('Secret', issuer.metadata.namespace, secret) }];
  return [
    finding(issuerNotReady, {
      object: ref,
      cause: `${refText(ref)} cannot issue certificates: ${said(ready.message || ready.reason)}.`,
      since: ready.lastTransitionTime ?? '',
      evidence: [fromCondition(ref, ready)],
      because,
    }),
  ];
}

interface IdleController {
  readonly sentence: string;
  readonly evidence: Finding['evidence'];
  readonly shared: Pick<Finding, 'nextSteps'> & { readonly sharedWith: string };
}

/** Nobody renews, and the conditions stay as they were, where the controller itself does not run. */
const idleController = perSnapshot((snapshot): IdleController | undefined => {
  const controllers = snapshot
    .list('Deployment')
    .filter((d) => d.spec.template.spec.containers.some((c) => c.image.includes('cert-manager-controller')));
  const [first] = controllers;
  if (first === undefined || controllers.some((d) => (d.status.readyReplicas ?? 0) > 0)) return undefined;
  const ref = refTo('Deployment', first);
  const wanted = first.spec.replicas ?? 1;
  const step =
    wanted === 0
      ? `Scale ${refText(ref)} up again: \`kubectl -n ${ref.namespace} scale deployment ${ref.name} --replicas=1\`; it renews what is due by itself.`
      : `See why ${refText(ref)} has no ready pod; it renews what is due by itself once it runs.`;
  return {
    sentence: `, and ${refText(ref)}, which renews certificates, ${wanted === 0 ? 'is scaled to zero' : 'has no ready pod'}`,
    evidence: [fromSpec(ref, 'spec.replicas', String(wanted))],
    shared: { nextSteps: [step], sharedWith: `${ref.namespace}/${ref.name}` },
  };
});

function checkExpired(snapshot: Snapshot, certificate: CustomObject): Finding | undefined {
  const notAfter = textAt(certificate.status, 'notAfter');
  const end = Date.parse(notAfter);
  if (Number.isNaN(end) || end > snapshot.now) return undefined;
  const ref = refToCustom(certificate);
  const idle = idleController(snapshot);
  const cause = `${refText(ref)} expired ${formatDuration(snapshot.now - end)} ago${idle?.sentence ?? ''}.`;
  const evidence = [fromStatus(ref, 'status.notAfter', `notAfter: ${notAfter}`, notAfter), ...(idle?.evidence ?? [])];
  return finding(certificateExpired, {
    object: ref,
    cause,
    since: notAfter,
    evidence,
    because: nextInChain(snapshot, certificate),
    ...idle?.shared,
  });
}

function checkOverdue(snapshot: Snapshot, certificate: CustomObject): Finding | undefined {
  const renewal = textAt(certificate.status, 'renewalTime');
  const late = snapshot.now - Date.parse(renewal);
  if (Number.isNaN(late) || late < 60 * minute) return undefined;
  const ref = refToCustom(certificate);
  const notAfter = textAt(certificate.status, 'notAfter');
  const cause = `${refText(ref)} was to be renewed ${formatDuration(late)} ago and was not; it expires ${notAfter === '' ? 'later' : `at ${notAfter}`}.`;
  return finding(renewalOverdue, {
    object: ref,
    cause,
    confidence: 'medium',
    since: renewal,
    evidence: [fromStatus(ref, 'status.renewalTime', `renewalTime: ${renewal}`, renewal)],
    because: nextInChain(snapshot, certificate),
    generic: true,
  });
}

function checkNotReady(snapshot: Snapshot, certificate: CustomObject): Finding | undefined {
  const ready = readyOf(certificate);
  if (ready?.status !== 'False') return undefined;
  const since = ready.lastTransitionTime ?? certificate.metadata.creationTimestamp;
  const age = ageOf(snapshot, since) ?? 0;
  const issuing = conditionsOf(certificate).some((c) => c.type === 'Issuing' && c.status === 'True');
  const failing = conditionsOf(certificate).find(
    (c) => c.type === 'Issuing' && c.status === 'False' && c.reason === 'Failed',
  );
  if (age < (issuing ? 5 : 3) * minute) return undefined;
  const ref = refToCustom(certificate);
  const text = said(failing?.message || ready.message || ready.reason);
  const evidence = [fromCondition(ref, ready), ...(failing === undefined ? [] : [fromCondition(ref, failing)])];
  return finding(certificateNotReady, {
    object: ref,
    cause: `${refText(ref)} is not issued: ${text}.`,
    since: since ?? '',
    evidence,
    because: nextInChain(snapshot, certificate),
    generic: true,
  });
}

function checkCertificate(snapshot: Snapshot, certificate: CustomObject): Finding[] {
  if (certificate.metadata.deletionTimestamp !== undefined) return [];
  const found =
    checkExpired(snapshot, certificate) ?? checkNotReady(snapshot, certificate) ?? checkOverdue(snapshot, certificate);
  return found === undefined ? [] : [found];
}

/** cert-manager's chain: certificate, request, order, challenge, and the issuer of them all. */
export const certManager: Analyzer = {
  name: 'cert-manager',
  codes: [
    issuerNotReady,
    issuerMissing,
    certificateNotReady,
    certificateExpired,
    renewalOverdue,
    requestFailed,
    orderFailed,
    challengeFailing,
  ],
  analyze: (snapshot) => [
    ...[...customOfKind(snapshot, group, 'Issuer'), ...customOfKind(snapshot, group, 'ClusterIssuer')].flatMap((o) =>
      checkIssuer(snapshot, o),
    ),
    ...customOfKind(snapshot, group, 'Certificate').flatMap((o) => checkCertificate(snapshot, o)),
    ...checkRequests(snapshot),
  ],
};

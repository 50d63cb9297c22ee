import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { CertificateSigningRequest } from '@autodevops/domain/kubernetes/cluster';
import { formatDuration } from '@autodevops/domain/duration';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromLog, fromSpec } from '../../evidence/finding.ts';
import { components, controlPlanePods } from '../../reading/platform/control-plane-pods.ts';
import { logLineTime, newestLogLines } from '../../reading/output/log-lines.ts';
import type { LogLine } from '../../reading/output/log-lines.ts';
import { isReady } from '../../reading/pods/pod-status.ts';
import { ageOf, recentWindow } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { clientExpired, clientPending, requestFailed, servingPending, servingUntrusted } from './codes.ts';

const minute = 60_000;
const kubeletSigners: Readonly<
  Record<string, { readonly code: CodeEntry; readonly patience: number; readonly what: string }>
> = {
  'kubernetes.io/kube-apiserver-client-kubelet': {
    code: clientPending,
    patience: 5 * minute,
    what: 'its client certificate',
  },
  'kubernetes.io/kubelet-serving': { code: servingPending, patience: 15 * minute, what: 'its serving certificate' },
};

function isAnswered(request: CertificateSigningRequest): boolean {
  return request.status.conditions.some(
    (c) => ['Approved', 'Denied', 'Failed'].includes(c.type) && c.status !== 'False',
  );
}

/** A kubelet asks anew every quarter of an hour: of each one only its newest request counts. */
function newestOfEach(requests: readonly CertificateSigningRequest[]): readonly CertificateSigningRequest[] {
  const newest = new Map<string, CertificateSigningRequest>();
  for (const request of requests) {
    const key = `${request.spec.signerName} ${request.spec.username ?? request.metadata.name}`;
    const held = newest.get(key);
    if (held === undefined || (held.metadata.creationTimestamp ?? '') < (request.metadata.creationTimestamp ?? '')) {
      newest.set(key, request);
    }
  }
  return [...newest.values()];
}

function checkPending(snapshot: Snapshot): Finding[] {
  const all = snapshot.list('CertificateSigningRequest');
  return newestOfEach(all).flatMap((request) => {
    const signer = kubeletSigners[request.spec.signerName];
    if (signer === undefined || isAnswered(request)) return [];
    const same = all.filter(
      (r) =>
        r.spec.signerName === request.spec.signerName && r.spec.username === request.spec.username && !isAnswered(r),
    );
    const since =
      same
        .map((r) => r.metadata.creationTimestamp ?? '')
        .filter((t) => t !== '')
        .toSorted()[0] ?? '';
    const age = ageOf(snapshot, since);
    if (age === undefined || age < signer.patience) return [];
    const ref = refTo('CertificateSigningRequest', request);
    const who = said(request.spec.username ?? 'a kubelet');
    const others = all.some(
      (r) =>
        r.spec.signerName === request.spec.signerName && r.spec.username !== request.spec.username && !isAnswered(r),
    )
      ? ['See which other nodes wait: `kubectl get certificatesigningrequests`.']
      : [];
    return finding(signer.code, {
      object: ref,
      cause: `${who} has waited ${formatDuration(age)} for ${signer.what}: request "${request.metadata.name}" is neither approved nor denied.`,
      since,
      sharedWith: signer.code.code,
      evidence: [fromSpec(ref, 'spec.signerName', `signerName: ${request.spec.signerName}, username: ${who}`)],
      nextSteps: [
        `Check that ${who} is a node of yours, then \`kubectl certificate approve ${request.metadata.name}\`.`,
        ...others,
        ...signer.code.nextSteps.filter((step) => !step.includes('approve NAME')),
      ],
    });
  });
}

function checkFailed(snapshot: Snapshot): Finding[] {
  return snapshot.list('CertificateSigningRequest').flatMap((request) => {
    const failed = request.status.conditions.find((c) => c.type === 'Failed' && c.status !== 'False');
    if (failed === undefined) return [];
    const ref = refTo('CertificateSigningRequest', request);
    const cause = `Certificate request "${request.metadata.name}" of ${said(request.spec.username ?? 'an unknown user')} could not be signed: ${said(failed.message || failed.reason)}.`;
    return finding(requestFailed, {
      object: ref,
      cause,
      since: failed.lastTransitionTime ?? failed.lastUpdateTime ?? '',
      evidence: [fromCondition(ref, failed)],
    });
  });
}

const untrusted = [
  'x509: cannot validate certificate',
  'x509: certificate signed by unknown authority',
  'x509: certificate has expired',
  'remote error: tls: internal error',
];

function isFresh(snapshot: Snapshot, line: LogLine): boolean {
  const time = logLineTime(line, snapshot.now);
  return time === undefined || snapshot.now - time < recentWindow;
}

/** A kubelet whose request lies there has no certificate to serve with. */
function requests(snapshot: Snapshot): Finding['because'] {
  return snapshot
    .list('CertificateSigningRequest')
    .filter(({ spec }) => spec.signerName === 'kubernetes.io/kubelet-serving')
    .map((request) => ({ object: refTo('CertificateSigningRequest', request), codes: [servingPending.code] }));
}

/** Readers of kubelets that are not well, and what their log says of port 10250. */
function checkServing(snapshot: Snapshot): Finding[] {
  return (snapshot.parts.logs ?? []).flatMap((log) => {
    const line = newestLogLines(log, ':10250', 50).find(
      (l) => untrusted.some((words) => l.text.includes(words)) && isFresh(snapshot, l),
    );
    const pod = line === undefined ? undefined : snapshot.get('Pod', log.namespace, log.pod);
    if (line === undefined || pod === undefined || isReady(pod)) return [];
    const ref = refTo('Pod', pod);
    const cause = `Container "${log.container}" of pod ${log.namespace}/${log.pod} does not trust the certificate of a kubelet: ${said(line.text)}.`;
    return finding(servingUntrusted, {
      object: ref,
      cause,
      evidence: [fromLog(ref, log.container, log.previous, line.text, line.time)],
      facet: log.container,
      because: requests(snapshot),
    });
  });
}

/** An expired client elsewhere (an old kubeconfig) fills the API server's log too, so only failing pods count. */
function checkExpired(snapshot: Snapshot): Finding[] {
  const failing = components.flatMap((c) => controlPlanePods(snapshot, c)).filter((pod) => !isReady(pod));
  return failing.flatMap((pod) => {
    const { namespace, name } = pod.metadata;
    for (const { name: container } of pod.spec.containers) {
      for (const previous of [true, false]) {
        const log = snapshot.log(namespace, name, container, previous) ?? { text: '', previous };
        const line = newestLogLines(log, 'certificate has expired or is not yet valid', 10).find((l) =>
          isFresh(snapshot, l),
        );
        if (line === undefined) continue;
        const ref = refTo('Pod', pod);
        return finding(clientExpired, {
          object: ref,
          cause: `Pod ${namespace}/${name} fails because a certificate has expired: ${said(line.text)}.`,
          evidence: [fromLog(ref, container, previous, line.text, line.time)],
          facet: container,
        });
      }
    }
    return [];
  });
}

/** Certificates of kubelets and of the control plane, and requests for them. */
export const nodeCertificate: Analyzer = {
  name: 'node-certificate',
  codes: [clientPending, servingPending, requestFailed, servingUntrusted, clientExpired],
  analyze: (snapshot) => [
    ...checkPending(snapshot),
    ...checkFailed(snapshot),
    ...checkServing(snapshot),
    ...checkExpired(snapshot),
  ],
};

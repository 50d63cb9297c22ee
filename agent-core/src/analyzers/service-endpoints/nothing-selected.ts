import type { Finding } from '@autodevops/domain/finding';
import type { Service } from '@autodevops/domain/kubernetes/network';
import { refText } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { ageOf } from '../../reading/recency.ts';
import { labelsText, matchesLabels } from '../../reading/selector.ts';
import { workloadNamespaces, workloadTemplates } from '../../reading/workloads/workload-templates.ts';
import type { WorkloadTemplate } from '../../reading/workloads/workload-templates.ts';
import { candidateFor } from './candidate.ts';
import { selectorInOtherNamespace, selectorMatchesNothing } from './codes.ts';
import type { EmptyService } from './empty-service.ts';
import { checkRole } from './role.ts';
import { checkWithoutPods } from './without-pods.ts';
import { isEntry, severityOf, usersOf } from '../../reading/network/service-exposure.ts';

function selectorEvidence(at: EmptyService) {
  return fromSpec(at.ref, 'spec.selector', labelsText(at.service.spec.selector));
}

function checkNearMatch(at: EmptyService): Finding | undefined {
  const candidate = candidateFor(at.snapshot, at.service);
  if (candidate === undefined) return undefined;
  const { workload, selector, confidence } = candidate;
  const name = at.service.metadata.name;
  const wanted = labelsText(at.service.spec.selector);
  const has = Object.keys(selector).length === 0 ? '' : labelsText(selector);
  return finding(selectorMatchesNothing, {
    object: at.ref,
    severity: severityOf(at.snapshot, at.service),
    confidence,
    cause: `Service "${name}" selects ${wanted}, which no pod has; the pods of ${workload.ref.kind} "${workload.ref.name}" have ${has}.`,
    evidence: [selectorEvidence(at), fromSpec(workload.ref, workload.labelsPath, labelsText(workload.labels))],
    since: lastChange(at.service),
    nextSteps: [
      `If ${workload.ref.kind} "${workload.ref.name}" is meant to serve it, set the selector of Service "${name}" to ${has}.`,
      `Then check that endpoints appear: \`kubectl get endpointslices -n ${at.service.metadata.namespace} -l kubernetes.io/service-name=${name}\`.`,
    ],
    changes: [{ action: 'patch-service-selector', target: at.ref, params: { selector }, risk: 'medium' }],
  });
}

function elsewhere(at: EmptyService): WorkloadTemplate | undefined {
  const { snapshot, service } = at;
  const { selector } = service.spec;
  for (const namespace of workloadNamespaces(snapshot)) {
    if (namespace === service.metadata.namespace) continue;
    const match = workloadTemplates(snapshot, namespace).find(
      (w) => w.replicas > 0 && matchesLabels(selector, w.labels),
    );
    if (match === undefined) continue;
    const served = snapshot.listIn('Service', namespace).some((s) => matchesLabels(s.spec.selector, match.labels));
    if (!served) return match;
  }
  return undefined;
}

function checkOtherNamespace(at: EmptyService): Finding | undefined {
  const workload = elsewhere(at);
  if (workload === undefined) return undefined;
  const { name, namespace } = at.service.metadata;
  return finding(selectorInOtherNamespace, {
    object: at.ref,
    severity: severityOf(at.snapshot, at.service),
    confidence: 'medium',
    cause: `Service "${name}" in namespace "${namespace}" selects ${labelsText(at.service.spec.selector)}; the only pods with these labels belong to ${refText(workload.ref)}, in another namespace.`,
    evidence: [selectorEvidence(at), fromSpec(workload.ref, workload.labelsPath, labelsText(workload.labels))],
    since: lastChange(at.service),
    nextSteps: [
      `Create Service "${name}" in namespace "${workload.ref.namespace}", where the pods are, and call it as "${name}.${workload.ref.namespace}".`,
      `To keep the name "${name}.${namespace}", make this one of type ExternalName, pointing to "${name}.${workload.ref.namespace}.svc.cluster.local".`,
    ],
  });
}

/** No workload is close. Only a problem where something uses the Service. */
function checkUnmatched(at: EmptyService, nobody: 'no pod' | 'no pod and no workload'): Finding | undefined {
  const { snapshot, service } = at;
  const users = usersOf(snapshot, service);
  const used = users.length > 0;
  // Monitoring charts leave such Services for components that a managed cluster does not show.
  const monitors = service.spec.clusterIP === 'None' || service.metadata.namespace === 'kube-system';
  if (!used && (monitors || nobody === 'no pod')) return undefined;
  const fresh = (ageOf(snapshot, service.metadata.creationTimestamp) ?? Infinity) < 60_000;
  if (fresh) return undefined;
  const by = used ? `, while ${users.slice(0, 3).join(', ')} ${users.length === 1 ? 'uses' : 'use'} it` : '';
  return finding(selectorMatchesNothing, {
    object: at.ref,
    severity: used ? 'critical' : isEntry(service) ? 'warning' : 'info',
    confidence: !used ? 'low' : nobody === 'no pod' ? 'medium' : 'high',
    cause: `Service "${service.metadata.name}" selects ${labelsText(service.spec.selector)}, which ${nobody} in namespace "${service.metadata.namespace}" has${by}.`,
    evidence: [selectorEvidence(at)],
    since: used ? lastChange(service) : '',
  });
}

/** The selector selects no living pod. */
export function checkNothingSelected(at: EmptyService): Finding | undefined {
  const { snapshot, service } = at;
  const { namespace } = service.metadata;
  const workloads = workloadTemplates(snapshot, namespace).filter((w) =>
    matchesLabels(service.spec.selector, w.labels),
  );
  if (workloads.length > 0) return checkWithoutPods({ ...at, workloads });
  const ofJobs =
    at.finished.length > 0 && at.finished.every((pod) => pod.metadata.ownerReferences.some((o) => o.kind === 'Job'));
  if (ofJobs || selectsJobs(snapshot, service)) return undefined;
  const kindsSeen = (['Deployment', 'StatefulSet', 'DaemonSet'] as const).every((kind) =>
    snapshot.saw(kind, namespace),
  );
  // A workload of a kind that was not recorded would have pods, unless it is scaled to zero.
  if (!kindsSeen) return checkNearMatch(at) ?? checkUnmatched(at, 'no pod');
  const role = checkRole(at);
  if (role !== undefined) return role === 'expected' ? undefined : role;
  return checkNearMatch(at) ?? checkOtherNamespace(at) ?? checkUnmatched(at, 'no pod and no workload');
}

function selectsJobs(snapshot: Snapshot, service: Service): boolean {
  const { namespace } = service.metadata;
  const { selector } = service.spec;
  return (
    snapshot.listIn('Job', namespace).some((job) => matchesLabels(selector, job.spec.template.metadata.labels)) ||
    snapshot
      .listIn('CronJob', namespace)
      .some((job) => matchesLabels(selector, job.spec.jobTemplate.spec.template.metadata.labels))
  );
}

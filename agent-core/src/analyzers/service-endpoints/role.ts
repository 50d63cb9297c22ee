import type { Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import { finding, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { isFinished } from '../../reading/pods/pod-status.ts';
import { podsWithLabels } from '../../reading/network/service-pods.ts';
import { labelsText } from '../../reading/selector.ts';
import { workloadTemplates } from '../../reading/workloads/workload-templates.ts';
import { noPodHasRole } from './codes.ts';
import type { EmptyService } from './empty-service.ts';
import { severityOf } from '../../reading/network/service-exposure.ts';

const roleWords = ['role', 'leader', 'primary', 'master', 'active', 'standby', 'instancerole', 'sealed', 'initialized'];
const leaders = new Set(['master', 'primary', 'leader', 'active', 'true', 'writer', 'rw']);

/** `cnpg.io/instanceRole`, `spilo-role`, `vault-active`: labels that are set while running. */
function isRoleKey(key: string): boolean {
  const name = key.slice(key.lastIndexOf('/') + 1).toLowerCase();
  return (
    roleWords.some((word) => name === word || name.endsWith(`-${word}`) || name.endsWith(`_${word}`)) ||
    name.endsWith('role')
  );
}

function podsWithoutRole(at: EmptyService, key: string): readonly Pod[] {
  const others = Object.fromEntries(Object.entries(at.service.spec.selector).filter(([k]) => k !== key));
  return podsWithLabels(at.snapshot, at.service.metadata.namespace, others).filter((pod) => !isFinished(pod));
}

/**
 * The Service follows a role that pods are given at run time. `expected` when nobody holds a role that may be empty (a
 * replica's, in a cluster of one).
 */
export function checkRole(at: EmptyService): Finding | 'expected' | undefined {
  const { snapshot, service } = at;
  const key = Object.keys(service.spec.selector).find(isRoleKey);
  if (key === undefined) return undefined;
  const pods = podsWithoutRole(at, key);
  const inTemplates = workloadTemplates(snapshot, service.metadata.namespace).some(
    (w) => w.ref.kind !== 'Pod' && w.labels[key] !== undefined,
  );
  if (pods.length === 0 || inTemplates) return undefined;
  const value = service.spec.selector[key] ?? '';
  const anyHasKey = pods.some((pod) => pod.metadata.labels[key] !== undefined);
  if (!leaders.has(value.toLowerCase())) return anyHasKey ? 'expected' : undefined;
  return finding(noPodHasRole, {
    object: at.ref,
    severity: severityOf(snapshot, service),
    confidence: anyHasKey ? 'high' : 'medium',
    cause: `Service "${service.metadata.name}" selects the pod with ${key}=${value}, and none of the ${pods.length} pods with its other labels has it.`,
    evidence: [
      fromSpec(at.ref, 'spec.selector', labelsText(service.spec.selector)),
      ...pods
        .slice(0, 3)
        .map((pod) => fromStatus(refTo('Pod', pod), `metadata.labels[${key}]`, pod.metadata.labels[key] ?? 'not set')),
    ],
    because: pods.slice(0, 20).map((pod) => ({ object: refTo('Pod', pod) })),
  });
}

import type { Finding } from '@autodevops/domain/finding';
import type { Service } from '@autodevops/domain/kubernetes/network';
import type { StatefulSet } from '@autodevops/domain/kubernetes/workload';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { nearMatches } from '../../reading/near-match.ts';
import { matchesLabels } from '../../reading/selector.ts';
import { memberCall, membersOf } from './member-calls.ts';
import { governingMissing, governingNotHeadless } from './codes.ts';

function candidates(snapshot: Snapshot, set: StatefulSet): readonly string[] {
  const services = snapshot.listIn('Service', set.metadata.namespace);
  const selecting = services.filter(
    (s) => s.spec.clusterIP === 'None' && matchesLabels(s.spec.selector, set.spec.template.metadata.labels),
  );
  const near = nearMatches(
    set.spec.serviceName ?? '',
    services.map((s) => s.metadata.name),
  );
  return [...new Set([...selecting.map((s) => s.metadata.name), ...near])].slice(0, 3);
}

function missing(snapshot: Snapshot, set: StatefulSet, wanted: string): Finding {
  const ref = refTo('StatefulSet', set);
  const use = memberCall(snapshot, set);
  const unready = (set.status.readyReplicas ?? 0) < (set.spec.replicas ?? 1);
  const near = candidates(snapshot, set);
  const meant = near.length === 0 ? '' : `; there is ${near.map((n) => `"${n}"`).join(', ')}`;
  return finding(governingMissing, {
    object: ref,
    severity: unready || use !== undefined ? 'warning' : 'info',
    confidence: use === undefined ? 'medium' : 'high',
    cause: `StatefulSet "${set.metadata.name}" takes the names of its pods from Service "${wanted}", which does not exist in namespace "${set.metadata.namespace}"${meant}.`,
    evidence: [fromSpec(ref, 'spec.serviceName', wanted), ...(use === undefined ? [] : [use.evidence])],
    since: set.metadata.creationTimestamp ?? '',
    // Pods that nobody calls by name do without it: then it does not explain why they fail.
    generic: use === undefined,
    // The members are named so that their logs are read, which tell whether they call one another.
    because:
      use === undefined
        ? membersOf(snapshot, set).map((pod) => ({ object: refTo('Pod', pod), codes: ['pod.dependency.'] }))
        : [],
    nextSteps: [
      ...(near.length === 0
        ? []
        : [
            `If ${near.map((n) => `"${n}"`).join(' or ')} is meant: \`spec.serviceName\` cannot be changed in place, so name the Service "${wanted}" or recreate the StatefulSet with \`--cascade=orphan\`.`,
          ]),
      `Create a headless Service "${wanted}" (\`clusterIP: None\`) that selects the pods.`,
    ],
  });
}

function notHeadless(snapshot: Snapshot, set: StatefulSet, service: Service): Finding | undefined {
  const use = memberCall(snapshot, set);
  if (use === undefined) return undefined;
  const ref = refTo('Service', service);
  return finding(governingNotHeadless, {
    object: ref,
    confidence: 'medium',
    cause: `Pod "${use.pod.name}" calls "${use.host}", a name that exists only if Service "${service.metadata.name}" is headless, and it has the cluster IP ${service.spec.clusterIP}.`,
    evidence: [fromSpec(ref, 'spec.clusterIP', service.spec.clusterIP ?? ''), use.evidence],
    since: lastChange(service),
  });
}

/** A StatefulSet's governing Service: there, and headless where single pods are called by name. */
export function checkGoverning(snapshot: Snapshot, set: StatefulSet): Finding | undefined {
  const wanted = set.spec.serviceName ?? '';
  const { namespace, deletionTimestamp } = set.metadata;
  if (wanted === '' || deletionTimestamp !== undefined || set.spec.replicas === 0) return undefined;
  if (snapshot.lacks('Service', namespace, wanted)) return missing(snapshot, set, wanted);
  const service = snapshot.get('Service', namespace, wanted);
  const clusterIP = service?.spec.clusterIP ?? 'None';
  return service === undefined || clusterIP === 'None' || clusterIP === ''
    ? undefined
    : notHeadless(snapshot, set, service);
}

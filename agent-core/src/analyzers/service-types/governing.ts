import type { Finding } from '@autodevops/domain/finding';
import type { Service } from '@autodevops/domain/kubernetes/network';
import type { StatefulSet } from '@autodevops/domain/kubernetes/workload';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { podHostReferences } from '../../reading/network/host-references.ts';
import type { PodHostReference } from '../../reading/network/host-references.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { nearMatches } from '../../reading/near-match.ts';
import { isFinished } from '../../reading/pods/pod-status.ts';
import { matchesLabels } from '../../reading/selector.ts';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { governingMissing, governingNotHeadless } from './codes.ts';

interface NameUse {
  readonly pod: ObjectRef;
  readonly reference: PodHostReference;
}

/** A pod whose configuration names a member: `kafka-0.kafka`. */
function memberNameUse(snapshot: Snapshot, set: StatefulSet): NameUse | undefined {
  const { namespace, name } = set.metadata;
  const service = set.spec.serviceName ?? '';
  for (const pod of snapshot.listIn('Pod', namespace)) {
    if (isFinished(pod)) continue;
    const reference = podHostReferences(snapshot, pod).find(({ host }) => {
      const [member = '', of = ''] = host.split('.');
      return of === service && member.startsWith(`${name}-`) && /^\d+$/.test(member.slice(name.length + 1));
    });
    if (reference !== undefined) return { pod: refTo('Pod', pod), reference };
  }
  return undefined;
}

function candidates(snapshot: Snapshot, set: StatefulSet): readonly string[] {
  const services = snapshot.listIn('Service', set.metadata.namespace);
  const selecting = services.filter((s) => s.spec.clusterIP === 'None' && matchesLabels(s.spec.selector, set.spec.template.metadata.labels));
  const near = nearMatches(set.spec.serviceName ?? '', services.map((s) => s.metadata.name));
  return [...new Set([...selecting.map((s) => s.metadata.name), ...near])].slice(0, 3);
}

function missing(snapshot: Snapshot, set: StatefulSet, wanted: string): Finding {
  const ref = refTo('StatefulSet', set);
  const use = memberNameUse(snapshot, set);
  const unready = (set.status.readyReplicas ?? 0) < (set.spec.replicas ?? 1);
  const near = candidates(snapshot, set);
  const meant = near.length === 0 ? '' : `; there is ${near.map((n) => `"${n}"`).join(', ')}`;
  return finding(governingMissing, {
    object: ref,
    severity: unready || use !== undefined ? 'warning' : 'info',
    confidence: use === undefined ? 'medium' : 'high',
    cause: `StatefulSet "${set.metadata.name}" takes the names of its pods from Service "${wanted}", which does not exist in namespace "${set.metadata.namespace}"${meant}.`,
    evidence: [fromSpec(ref, 'spec.serviceName', wanted), ...(use === undefined ? [] : [fromSpec(use.pod, use.reference.path, use.reference.text)])],
    since: set.metadata.creationTimestamp ?? '',
    // Pods that nobody calls by name do without it: then it does not explain why they fail.
    generic: use === undefined,
    nextSteps: [
      ...(near.length === 0 ? [] : [`If ${near.map((n) => `"${n}"`).join(' or ')} is meant: \`spec.serviceName\` cannot be changed in place, so name the Service "${wanted}" or recreate the StatefulSet with \`--cascade=orphan\`.`]),
      `Create a headless Service "${wanted}" (\`clusterIP: None\`) that selects the pods.`,
    ],
  });
}

function notHeadless(snapshot: Snapshot, set: StatefulSet, service: Service): Finding | undefined {
  const use = memberNameUse(snapshot, set);
  if (use === undefined) return undefined;
  const ref = refTo('Service', service);
  return finding(governingNotHeadless, {
    object: ref,
    confidence: 'medium',
    cause: `Pod "${use.pod.name}" calls "${use.reference.host}", a name that exists only if Service "${service.metadata.name}" is headless, and it has the cluster IP ${service.spec.clusterIP}.`,
    evidence: [fromSpec(ref, 'spec.clusterIP', service.spec.clusterIP ?? ''), fromSpec(use.pod, use.reference.path, use.reference.text)],
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
  return service === undefined || clusterIP === 'None' || clusterIP === '' ? undefined : notHeadless(snapshot, set, service);
}

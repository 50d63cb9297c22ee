import type { Finding } from '@autodevops/domain/finding';
import type { Service } from '@autodevops/domain/kubernetes/network';
import { refText, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromLog, fromSpec } from '../../evidence/finding.ts';
import { connectionTrouble, isStruggling } from '../../reading/output/connection-trouble.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { conditionOf, isReady } from '../../reading/pods/pod-status.ts';
import { podsBehind } from '../../reading/network/service-pods.ts';
import { callersOf } from '../../reading/network/service-users.ts';
import type { ServiceCaller } from '../../reading/network/service-users.ts';
import { externalLocal, internalLocal } from './codes.ts';

function nodesServing(snapshot: Snapshot, service: Service): ReadonlySet<string> {
  const nodes = podsBehind(snapshot, service)
    .filter(isReady)
    .map((pod) => pod.spec.nodeName ?? '');
  return new Set(nodes.filter((name) => name !== ''));
}

function internal(snapshot: Snapshot, service: Service, serving: ReadonlySet<string>): Finding | undefined {
  const stranded = callersOf(snapshot, service.metadata).filter(
    ({ pod }) => pod.spec.nodeName !== undefined && !serving.has(pod.spec.nodeName),
  );
  const [first] = stranded;
  if (first === undefined) return undefined;
  const places = [first.reference.host, service.spec.clusterIP ?? first.reference.host];
  const trouble = (caller: ServiceCaller) => connectionTrouble(snapshot, caller.pod, places);
  const told = stranded.slice(0, 100).find((caller) => trouble(caller) !== undefined);
  const failing = told ?? stranded.find(({ pod, reference }) => isStruggling(snapshot, pod, reference.container));
  const caller = failing ?? first;
  const line = told === undefined ? undefined : trouble(told);
  const ref = refTo('Service', service);
  return finding(internalLocal, {
    object: ref,
    severity: failing === undefined ? 'warning' : 'critical',
    confidence: line === undefined ? 'medium' : 'high',
    cause: `Service "${service.metadata.name}" only serves pods on nodes with an endpoint (${[...serving].toSorted().slice(0, 3).join(', ')}), and ${refText(workloadOf(snapshot, caller.pod))} calls it from node ${caller.pod.spec.nodeName}.`,
    evidence: [
      fromSpec(ref, 'spec.internalTrafficPolicy', 'Local'),
      fromSpec(refTo('Pod', caller.pod), 'spec.nodeName', caller.pod.spec.nodeName ?? ''),
      ...(line === undefined
        ? []
        : [fromLog(refTo('Pod', caller.pod), line.container, line.previous, line.text, line.time)]),
    ],
    since: lastChange(service),
  });
}

function external(snapshot: Snapshot, service: Service, serving: ReadonlySet<string>): Finding | undefined {
  if (service.spec.type !== 'NodePort' || !snapshot.saw('Node')) return undefined;
  const workers = snapshot.list('Node').filter((node) => {
    const ready = conditionOf(node.status.conditions, 'Ready')?.status === 'True';
    const master = 'node-role.kubernetes.io/control-plane' in node.metadata.labels;
    return ready && !master && node.spec.unschedulable !== true;
  });
  const without = workers
    .map((n) => n.metadata.name)
    .filter((name) => !serving.has(name))
    .toSorted();
  if (without.length === 0) return undefined;
  const ref = refTo('Service', service);
  return finding(externalLocal, {
    object: ref,
    standing: 'expected',
    cause: `The node port of Service "${service.metadata.name}" does not answer on ${without.slice(0, 3).join(', ')}${without.length > 3 ? ` and ${without.length - 3} more nodes` : ''}, which have no ready pod of it.`,
    evidence: [fromSpec(ref, 'spec.externalTrafficPolicy', 'Local')],
  });
}

/** Traffic policies that leave some nodes without an endpoint, while others have one. */
export function checkTrafficPolicy(snapshot: Snapshot, service: Service): readonly Finding[] {
  const { internalTrafficPolicy, externalTrafficPolicy, selector, clusterIP } = service.spec;
  const local = internalTrafficPolicy === 'Local' || externalTrafficPolicy === 'Local';
  if (!local || clusterIP === 'None' || Object.keys(selector).length === 0) return [];
  const serving = nodesServing(snapshot, service);
  if (serving.size === 0) return [];
  const found = [
    internalTrafficPolicy === 'Local' ? internal(snapshot, service, serving) : undefined,
    externalTrafficPolicy === 'Local' ? external(snapshot, service, serving) : undefined,
  ];
  return found.filter((f) => f !== undefined);
}

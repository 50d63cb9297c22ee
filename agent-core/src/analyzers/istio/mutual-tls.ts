import type { Finding } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { Service } from '@autodevops/domain/kubernetes/network';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { optional, strings } from '@autodevops/domain/kubernetes/shape';
import { refText, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromLog, fromSpec } from '../../evidence/finding.ts';
import { textAt, valueAt } from '../../reading/json-value.ts';
import { podsBehind } from '../../reading/network/service-pods.ts';
import { callersOf } from '../../reading/network/service-users.ts';
import type { ServiceCaller } from '../../reading/network/service-users.ts';
import { connectionTrouble } from '../../reading/output/connection-trouble.ts';
import { customOfKind, refToCustom } from '../../reading/platform/custom-objects.ts';
import { containersOf, isReady } from '../../reading/pods/pod-status.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { strictForPlain } from './codes.ts';

const rootNamespace = 'istio-system';

function hasSidecar(pod: Pod): boolean {
  return containersOf(pod).some(({ spec }) => spec.name === 'istio-proxy');
}

/** By a sidecar, or by the node's own proxy. */
function isInMesh(snapshot: Snapshot, pod: Pod): boolean {
  const mode = 'istio.io/dataplane-mode';
  const namespace = snapshot.get('Namespace', '', pod.metadata.namespace);
  return hasSidecar(pod) || pod.metadata.labels[mode] === 'ambient' || namespace?.metadata.labels[mode] === 'ambient';
}

function selectedBy(policy: CustomObject): Readonly<Record<string, string>> | undefined {
  return optional(strings).read(valueAt(policy.spec, 'selector', 'matchLabels'));
}

/** The policy that counts for a pod: one that selects it, else that of its namespace, else that of the mesh. */
function policyOf(snapshot: Snapshot, pod: Pod): CustomObject | undefined {
  const { namespace, labels } = pod.metadata;
  const set = customOfKind(snapshot, 'security.istio.io', 'PeerAuthentication').filter(
    (policy) => !['', 'UNSET'].includes(textAt(policy.spec, 'mtls', 'mode')),
  );
  const here = set.filter((policy) => policy.metadata.namespace === namespace);
  const selects = (policy: CustomObject): boolean =>
    Object.entries(selectedBy(policy) ?? {}).every(([key, value]) => labels[key] === value);
  return (
    here.find((policy) => selectedBy(policy) !== undefined && selects(policy)) ??
    here.find((policy) => selectedBy(policy) === undefined) ??
    set.find((policy) => policy.metadata.namespace === rootNamespace && selectedBy(policy) === undefined)
  );
}

/** The policy that closes a Service to callers without a certificate, on every port of it. */
function strictPolicy(snapshot: Snapshot, service: Service): CustomObject | undefined {
  const pods = podsBehind(snapshot, service).filter((pod) => isReady(pod) && hasSidecar(pod));
  const [pod] = pods;
  const policy = pod === undefined ? undefined : policyOf(snapshot, pod);
  if (policy === undefined || textAt(policy.spec, 'mtls', 'mode') !== 'STRICT') return undefined;
  return valueAt(policy.spec, 'portLevelMtls') === undefined ? policy : undefined;
}

function plainCallers(snapshot: Snapshot, service: Service): readonly ServiceCaller[] {
  const seen = new Set<string>();
  return callersOf(snapshot, service.metadata).filter(({ pod }) => {
    const key = refText(workloadOf(snapshot, pod));
    if (isInMesh(snapshot, pod) || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Whether it breaks is in its log only: a client that is configured to call may never do so. */
function checkCaller(snapshot: Snapshot, service: Service, policy: CustomObject, caller: ServiceCaller): Finding {
  const workload = workloadOf(snapshot, caller.pod);
  const line = connectionTrouble(snapshot, caller.pod, [
    caller.reference.host,
    service.spec.clusterIP ?? caller.reference.host,
  ]);
  const ref = refToCustom(policy);
  const { namespace, name } = service.metadata;
  return finding(strictForPlain, {
    object: workload,
    severity: line === undefined ? 'info' : strictForPlain.severity,
    confidence: line === undefined ? 'low' : 'high',
    standing: line === undefined ? 'expected' : 'current',
    cause: `${refText(workload)} calls Service ${namespace}/${name} from outside of the mesh, and ${refText(ref)} demands mutual TLS there (STRICT).`,
    evidence: [
      fromSpec(ref, 'spec.mtls.mode', 'STRICT'),
      fromSpec(refTo('Pod', caller.pod), 'spec.containers', caller.pod.spec.containers.map((c) => c.name).join(', ')),
      ...(line === undefined
        ? []
        : [fromLog(refTo('Pod', caller.pod), line.container, line.previous, line.text, line.time)]),
    ],
    since: lastChange(policy),
    facet: `${namespace}/${name}`,
  });
}

/** Clients without a sidecar that call what takes mesh certificates only. */
export function checkMutualTls(snapshot: Snapshot): Finding[] {
  if (customOfKind(snapshot, 'security.istio.io', 'PeerAuthentication').length === 0) return [];
  return snapshot.list('Service').flatMap((service) => {
    const policy = strictPolicy(snapshot, service);
    return policy === undefined
      ? []
      : plainCallers(snapshot, service).map((caller) => checkCaller(snapshot, service, policy, caller));
  });
}

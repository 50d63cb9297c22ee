import type { Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refKey, refText, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromLog } from '../../evidence/finding.ts';
import type { HostReference } from '../../reading/network/host-references.ts';
import { policiesOn } from '../../reading/network/network-policy.ts';
import { connectionTrouble, isStruggling } from '../../reading/output/connection-trouble.ts';
import { perSnapshot } from '../../reading/per-snapshot.ts';
import { isFinished, isTerminating } from '../../reading/pods/pod-status.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { policyEvidence, speaking } from './blocked.ts';
import { egressBlocked } from './codes.ts';
import { letsOut } from './outside.ts';

interface ApiServer {
  readonly names: readonly string[];
  /** The Service's address, and those behind it: a plugin may judge by either. */
  readonly places: readonly HostReference[];
}

const apiServer = perSnapshot((snapshot): ApiServer | undefined => {
  const service = snapshot.get('Service', 'default', 'kubernetes');
  const address = service?.spec.clusterIP;
  if (service === undefined || address === undefined) return undefined;
  const slices = snapshot
    .listIn('EndpointSlice', 'default')
    .filter(({ metadata }) => metadata.labels['kubernetes.io/service-name'] === 'kubernetes');
  const behind = slices.flatMap(({ endpoints, ports }) =>
    endpoints.flatMap(({ addresses }) =>
      addresses.flatMap((host) => ports.map(({ port }) => ({ host, ...(port === undefined ? {} : { port }) }))),
    ),
  );
  return {
    names: [address, 'kubernetes.default', 'kubernetes.default.svc'],
    places: [{ host: address, port: 443 }, ...behind],
  };
});

function checkPod(snapshot: Snapshot, pod: Pod, server: ApiServer): Finding | undefined {
  const policies = policiesOn(snapshot, pod, 'Egress');
  const policy = speaking(policies);
  if (policy === undefined || server.places.some((place) => policies.some((one) => letsOut(one, place)))) {
    return undefined;
  }
  if (!pod.spec.containers.some(({ name }) => isStruggling(snapshot, pod, name))) return undefined;
  const line = connectionTrouble(snapshot, pod, server.names);
  if (line === undefined) return undefined;
  const workload = workloadOf(snapshot, pod);
  return finding(egressBlocked, {
    object: refTo('NetworkPolicy', policy),
    cause: `NetworkPolicy "${policy.metadata.name}" does not let ${refText(workload)} connect to the API server, and it waits for an answer in vain.`,
    evidence: [
      policyEvidence(policy, 'Egress'),
      fromLog(refTo('Pod', pod), line.container, line.previous, line.text, line.time),
    ],
    since: lastChange(policy),
    facet: refKey(workload),
    nextSteps: [
      `Add an egress rule for the API server to a policy that selects the caller: an \`ipBlock\` with ${
        server.places
          .slice(1, 4)
          .map(({ host }) => `${host}/32`)
          .join(', ') || 'its addresses'
      } and port ${server.places[1]?.port ?? 443}.`,
    ],
  });
}

/** Workloads that talk to the API server, as operators do, and that no policy lets there. */
export function checkApiServer(snapshot: Snapshot): readonly Finding[] {
  const server = apiServer(snapshot);
  if (server === undefined) return [];
  const found = new Map<string, Finding>();
  for (const namespace of new Set(snapshot.list('NetworkPolicy').map((p) => p.metadata.namespace))) {
    for (const pod of snapshot.listIn('Pod', namespace)) {
      const one = isFinished(pod) || isTerminating(pod) ? undefined : checkPod(snapshot, pod, server);
      if (one !== undefined && !found.has(one.facet)) found.set(one.facet, one);
    }
  }
  return [...found.values()];
}

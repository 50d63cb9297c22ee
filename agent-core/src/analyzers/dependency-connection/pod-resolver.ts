import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { dnsCauses } from '../../evidence/dependency-evidence.ts';
import { fromSpec } from '../../evidence/finding.ts';
import { listAt } from '../../reading/json-value.ts';
import { said } from '../../reading/said.ts';

/** Why a pod finds no name of the cluster, where its own specification is the reason. */
export interface PodResolver {
  /** What its pod does, as the end of a sentence. */
  readonly says: string;
  readonly evidence: readonly Evidence[];
  readonly step: string;
}

function fromPolicy(pod: Pod): Evidence {
  return fromSpec(refTo('Pod', pod), 'spec.dnsPolicy', pod.spec.dnsPolicy ?? 'ClusterFirst');
}

function fromServers(pod: Pod, servers: readonly string[]): Evidence {
  return fromSpec(refTo('Pod', pod), 'spec.dnsConfig.nameservers', servers.join(', '));
}

/** Names of Services are known to the cluster's DNS only. */
function ofNode(pod: Pod): PodResolver | undefined {
  const { dnsPolicy = 'ClusterFirst', hostNetwork = false } = pod.spec;
  const byNetwork = hostNetwork && dnsPolicy !== 'ClusterFirstWithHostNet' && dnsPolicy !== 'None';
  if (dnsPolicy !== 'Default' && !byNetwork) return undefined;
  const why = dnsPolicy === 'Default' ? 'dnsPolicy Default' : `hostNetwork with dnsPolicy ${dnsPolicy}`;
  return {
    says: `asks the DNS of the node (${why}), which does not know the Services of the cluster`,
    evidence: [fromPolicy(pod)],
    step: `Set dnsPolicy of the pod to ${hostNetwork ? 'ClusterFirstWithHostNet' : 'ClusterFirst'}.`,
  };
}

function settingsOf(pod: Pod, field: string): readonly string[] {
  return listAt(pod.spec.dnsConfig, field).filter((value) => typeof value === 'string');
}

function dnsAddresses(snapshot: Snapshot): readonly string[] {
  return dnsCauses(snapshot)
    .map(({ object }) => snapshot.get('Service', object.namespace, object.name)?.spec.clusterIP ?? 'None')
    .filter((address) => address !== '' && address !== 'None');
}

/** A server of somebody's own in the cluster may pass names on; so may a cache on the node, on a link-local address. */
function mayKnow(snapshot: Snapshot, address: string): boolean {
  const cacheOnNode = address.startsWith('169.254.') && !address.startsWith('169.254.169.');
  return (
    cacheOnNode ||
    snapshot.list('Service').some((service) => service.spec.clusterIP === address) ||
    snapshot.list('Pod').some((pod) => pod.status.podIP === address)
  );
}

/** `dnsPolicy: None` with servers that have nothing to do with the cluster. */
function ofOthers(snapshot: Snapshot, pod: Pod, servers: readonly string[]): PodResolver | undefined {
  const [dns] = dnsAddresses(snapshot);
  if (dns === undefined || servers.length === 0 || servers.some((address) => mayKnow(snapshot, address))) {
    return undefined;
  }
  const told = said(servers.join(', '), 120);
  return {
    says: `asks ${told} alone (dnsPolicy None), not the DNS of the cluster`,
    evidence: [fromServers(pod, servers), fromPolicy(pod)],
    step: `Set dnsPolicy of the pod to ClusterFirst, or name the DNS of the cluster (${dns}) in \`dnsConfig.nameservers\` in place of ${told}.`,
  };
}

/** What has to be searched so that `db`, or `db.shop`, becomes a whole name; '' for a name that needs nothing. */
function neededSearch(host: string, namespace: string): string {
  const labels = host.split('.').length;
  if (labels === 1) return `${namespace}.svc.`;
  return labels === 2 ? 'svc.' : '';
}

/** With `dnsPolicy: None` a short name is completed by nothing but what `searches` lists. */
function withoutSearch(pod: Pod, servers: readonly string[], host: string): PodResolver | undefined {
  const needed = neededSearch(host, pod.metadata.namespace);
  const searches = settingsOf(pod, 'searches');
  if (needed === '' || searches.some((domain) => domain.startsWith(needed))) return undefined;
  const listed = searches.length === 0 ? 'none' : searches.join(', ');
  return {
    says: `asks ${said(servers.join(', '), 120)} alone and completes no short names of the cluster (dnsPolicy None, \`dnsConfig.searches\`: ${said(listed, 120)})`,
    evidence: [
      fromSpec(refTo('Pod', pod), 'spec.dnsConfig.searches', listed),
      fromServers(pod, servers),
      fromPolicy(pod),
    ],
    step: `Set dnsPolicy of the pod to ClusterFirst, or add "${needed}" and the domain of the cluster (most likely ${needed}cluster.local) to \`dnsConfig.searches\`.`,
  };
}

/** Why a pod does not find a Service that exists, when it is because of whom the pod asks, and how. */
export function podResolver(snapshot: Snapshot, pod: Pod, host: string): PodResolver | undefined {
  if (pod.spec.dnsPolicy !== 'None') return ofNode(pod);
  const servers = settingsOf(pod, 'nameservers');
  return ofOthers(snapshot, pod, servers) ?? withoutSearch(pod, servers, host);
}

import type { Finding } from '@autodevops/domain/finding';
import { refKey } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { matchesLabels } from '../../reading/selector.ts';
import { callersOf } from '../../reading/network/service-users.ts';
import type { Analyzer } from '../analyzer.ts';
import { checkDependency } from './blocked.ts';
import { checkCiliumDns } from './cilium-dns.ts';
import { dnsBlocked, egressBlocked, ingressBlocked } from './codes.ts';
import { dependenciesOn } from './dependencies.ts';
import { checkDns } from './dns.ts';
import { checkApiServer } from './api-server.ts';
import { checkOutside } from './outside.ts';
import { checkRouted } from './routed.ts';

/** Flannel by itself enforces no policies; with anything else on the nodes they count. */
function isEnforced(snapshot: Snapshot): boolean {
  const names = snapshot.list('DaemonSet').map((d) => d.metadata.name);
  const flannel = names.some((name) => name.startsWith('kube-flannel'));
  const enforcing = [
    'calico',
    'canal',
    'cilium',
    'kube-router',
    'antrea',
    'weave',
    'kube-network-policies',
    'kindnet',
    'ovn',
  ];
  return !flannel || names.some((name) => enforcing.some((word) => name.includes(word)));
}

const otherPolicies = new Set([
  'CiliumNetworkPolicy',
  'CiliumClusterwideNetworkPolicy',
  'GlobalNetworkPolicy',
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
]);

/** Policies of a network's own kinds may allow what these do not: then only what a log confirms counts. */
function certain(snapshot: Snapshot, found: readonly Finding[]): readonly Finding[] {
  const others = snapshot.custom.some(
    (o) => otherPolicies.has(o.kind) || (o.kind === 'NetworkPolicy' && o.apiVersion.includes('calico')),
  );
  if (!others) return found;
  return found.filter((f) => f.confidence === 'high').map((f) => ({ ...f, confidence: 'medium' }));
}

function analyze(snapshot: Snapshot): readonly Finding[] {
  const policies = snapshot.list('NetworkPolicy');
  if (policies.length === 0 || !isEnforced(snapshot)) return [];
  const dns = checkDns(snapshot);
  const withoutDns = new Set(dns.map((f) => f.facet));
  const restricted = new Set(policies.map((p) => p.metadata.namespace));
  const found: Finding[] = [...dns];
  for (const service of snapshot.list('Service')) {
    if (service.spec.type === 'ExternalName' || Object.keys(service.spec.selector).length === 0) continue;
    const callers = callersOf(snapshot, service.metadata);
    const concerned =
      restricted.has(service.metadata.namespace) || callers.some(({ pod }) => restricted.has(pod.metadata.namespace));
    if (callers.length === 0 || !concerned) continue;
    for (const dependency of dependenciesOn(snapshot, service)) {
      const { namespace, labels } = dependency.caller.metadata;
      const own = namespace === service.metadata.namespace && matchesLabels(service.spec.selector, labels);
      if (!own) found.push(...checkDependency(snapshot, dependency, withoutDns.has(refKey(dependency.workload))));
    }
  }
  return certain(snapshot, [
    ...found,
    ...checkRouted(snapshot),
    ...checkOutside(snapshot),
    ...checkApiServer(snapshot),
  ]);
}

export const networkPolicy: Analyzer = {
  name: 'network-policy',
  codes: [egressBlocked, ingressBlocked, dnsBlocked],
  analyze: (snapshot) => [...analyze(snapshot), ...checkCiliumDns(snapshot)],
};

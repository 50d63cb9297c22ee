import type { Finding } from '@autodevops/domain/finding';
import type { ConfigMap } from '@autodevops/domain/kubernetes/cluster';
import { refTo } from '@autodevops/domain/object-ref';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { loop, noClusterZone } from './codes.ts';
import type { ClusterDns } from './dns-workload.ts';

function corefileOf(dns: ClusterDns): ConfigMap | undefined {
  const [pod] = dns.pods;
  const specs = pod === undefined ? dns.workloads.map((w) => w.spec) : [pod.spec];
  const names = specs.flatMap((spec) => spec.volumes.flatMap((v) => v.configMap?.name ?? []));
  const maps = names.map((name) => dns.snapshot.get('ConfigMap', dns.service.metadata.namespace, name));
  return maps.find((map) => map?.data['Corefile'] !== undefined);
}

/** Lines without comments, as words. */
function wordsOf(corefile: string): readonly (readonly string[])[] {
  return corefile.split('\n').map((line) => (line.split('#')[0] ?? '').split(/\s+/).filter((word) => word !== ''));
}

/** What the Corefile itself shows. */
export function checkCorefile(dns: ClusterDns): readonly Finding[] {
  const map = corefileOf(dns);
  if (map === undefined) return [];
  const lines = wordsOf(map.data['Corefile'] ?? '');
  const ref = refTo('ConfigMap', map);
  const found: Finding[] = [];
  const has = (plugin: string): boolean => lines.some((words) => words[0] === plugin);
  const isCoreDns = lines.some((words) => words.at(-1) === '{') && (has('forward') || has('errors') || has('cache'));
  if (isCoreDns && !has('kubernetes') && !has('import') && !has('k8s_external')) {
    found.push(
      finding(noClusterZone, {
        object: ref,
        cause: `The Corefile in ConfigMap "${map.metadata.name}" has no "kubernetes" plugin, so names of Services do not exist for the cluster DNS.`,
        evidence: [fromSpec(ref, 'data[Corefile]', map.data['Corefile'] ?? '')],
        since: lastChange(map),
      }),
    );
  }
  const own = dns.service.spec.clusterIP ?? '';
  const self =
    own === ''
      ? undefined
      : lines.find((words) => words[0] === 'forward' && words.slice(2).some((to) => to === own || to === `${own}:53`));
  if (self !== undefined) {
    found.push(
      finding(loop, {
        object: ref,
        cause: `The Corefile in ConfigMap "${map.metadata.name}" forwards to ${own}, which is the address of the cluster DNS itself.`,
        evidence: [fromSpec(ref, 'data[Corefile]', self.join(' ')), fromSpec(dns.ref, 'spec.clusterIP', own)],
        since: lastChange(map),
      }),
    );
  }
  return found;
}

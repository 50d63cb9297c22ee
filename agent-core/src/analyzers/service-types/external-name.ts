import type { Finding } from '@autodevops/domain/finding';
import type { Service } from '@autodevops/domain/kubernetes/network';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { isClusterName, isIpv4 } from '../../reading/network/dns-name.ts';
import { serviceNamed } from '../../reading/network/host-references.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { nearMatches } from '../../reading/near-match.ts';
import { severityOf } from '../../reading/network/service-exposure.ts';
import { externalNameAddress, externalNameNotFound } from './codes.ts';

function hints(snapshot: Snapshot, wanted: { namespace: string; name: string }): string {
  if (snapshot.lacks('Namespace', '', wanted.namespace)) return `; there is no namespace "${wanted.namespace}" either`;
  const near = nearMatches(
    wanted.name,
    snapshot.listIn('Service', wanted.namespace).map((s) => s.metadata.name),
  );
  if (near.length > 0) return `; there is ${near.map((n) => `"${n}"`).join(', ')}`;
  const other = snapshot.list('Service').find((s) => s.metadata.name === wanted.name && s.spec.type !== 'ExternalName');
  return other === undefined ? '' : `; a Service of that name is in namespace "${other.metadata.namespace}"`;
}

function checkClusterName(snapshot: Snapshot, service: Service, host: string): Finding | undefined {
  const wanted = serviceNamed(host, service.metadata.namespace);
  if (wanted === undefined) return undefined;
  const ref = refTo('Service', service);
  const said = {
    object: ref,
    severity: severityOf(snapshot, service),
    since: lastChange(service),
    evidence: [fromSpec(ref, 'spec.externalName', host)],
  };
  const { name } = service.metadata;
  if (snapshot.lacks('Service', wanted.namespace, wanted.name)) {
    return finding(externalNameNotFound, {
      ...said,
      cause: `Service "${name}" is an alias of "${host}", but there is no Service "${wanted.name}" in namespace "${wanted.namespace}"${hints(snapshot, wanted)}.`,
    });
  }
  if (!host.endsWith('.svc')) return undefined;
  return finding(externalNameNotFound, {
    ...said,
    confidence: 'medium',
    cause: `Service "${name}" is an alias of "${host}", which lacks the cluster's domain; an alias is looked up as it stands, and no such name exists.`,
    nextSteps: [`Set \`spec.externalName\` to "${host}.cluster.local" (or the cluster's own domain).`],
  });
}

export function checkExternalName(snapshot: Snapshot, service: Service): Finding | undefined {
  const host = (service.spec.externalName ?? '').toLowerCase().replace(/\.$/, '');
  if (service.spec.type !== 'ExternalName' || host === '') return undefined;
  if (isClusterName(host)) return checkClusterName(snapshot, service, host);
  if (!isIpv4(host)) return undefined;
  const ref = refTo('Service', service);
  return finding(externalNameAddress, {
    object: ref,
    cause: `Service "${service.metadata.name}" is an alias of ${host}, which is an address and not a name.`,
    evidence: [fromSpec(ref, 'spec.externalName', host)],
    since: lastChange(service),
  });
}

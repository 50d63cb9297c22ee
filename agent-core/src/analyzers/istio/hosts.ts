import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { Service } from '@autodevops/domain/kubernetes/network';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { listAt, textAt } from '../../reading/json-value.ts';
import { customOfKind } from '../../reading/platform/custom-objects.ts';

export const networking = 'networking.istio.io';

/** A Service of the cluster, as a host of Istio names it. */
export interface MeshHost {
  readonly namespace: string;
  readonly name: string;
}

/**
 * The Service that a host means: a short name is one of the namespace of the rule that names it, as Istio has it.
 * Undefined for wildcards and for hosts outside of the cluster.
 */
export function meshHost(snapshot: Snapshot, host: string, namespace: string): MeshHost | undefined {
  const [name = '', second = '', third = ''] = host.split('.');
  if (name === '' || name === '*' || host.includes('*')) return undefined;
  if (second === '') return { namespace, name };
  if (third === 'svc') return { namespace: second, name };
  return third === '' && snapshot.get('Namespace', '', second) !== undefined ? { namespace: second, name } : undefined;
}

/** Whether a DestinationRule's or ServiceEntry's host means this Service, or covers it by a wildcard. */
function covers(snapshot: Snapshot, written: string, from: string, host: MeshHost): boolean {
  const full = `${host.name}.${host.namespace}.svc.cluster.local`;
  if (written === '*') return true;
  if (written.startsWith('*.')) return full.endsWith(written.slice(1));
  const meant = meshHost(snapshot, written, from);
  return meant?.name === host.name && meant.namespace === host.namespace;
}

export function rulesFor(snapshot: Snapshot, host: MeshHost): readonly CustomObject[] {
  return customOfKind(snapshot, networking, 'DestinationRule').filter((rule) =>
    covers(snapshot, textAt(rule.spec, 'host'), rule.metadata.namespace, host),
  );
}

function hasEntry(snapshot: Snapshot, host: MeshHost): boolean {
  return customOfKind(snapshot, networking, 'ServiceEntry').some((entry) =>
    listAt(entry.spec, 'hosts').some(
      (written) => typeof written === 'string' && covers(snapshot, written, entry.metadata.namespace, host),
    ),
  );
}

export function serviceAt(snapshot: Snapshot, host: MeshHost): Service | undefined {
  return snapshot.get('Service', host.namespace, host.name);
}

/** Nobody serves this host: not a Service, and no entry that stands for one. */
export function isNowhere(snapshot: Snapshot, host: MeshHost): boolean {
  return snapshot.lacks('Service', host.namespace, host.name) && !hasEntry(snapshot, host);
}

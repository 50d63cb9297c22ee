import type { Manifest } from '@autodevops/domain/change/operation';
import { refText } from '@autodevops/domain/object-ref';
import type { Live } from '../../action.ts';
import { fieldAt } from '../../patches/field-patch.ts';
import { refuse } from '../../refusal.ts';

/** Hosts that an Ingress answers for; empty: for all that no other names. */
function hostsOf(ingress: Manifest | undefined): ReadonlySet<string> {
  const rules = fieldAt(ingress, ['spec', 'rules']);
  const named = (Array.isArray(rules) ? rules : []).map((rule: unknown) =>
    String(fieldAt(rule, ['host']) ?? '').toLowerCase(),
  );
  return new Set([...named, ...(fieldAt(ingress, ['spec', 'defaultBackend']) === undefined ? [] : [''])]);
}

/** Whether one of them answers for the other: `*.example.com` for one label before the dot. */
function covers(wide: string, host: string): boolean {
  return wide === host || (wide.startsWith('*.') && host.slice(host.indexOf('.')) === wide.slice(1));
}

/**
 * What people are told of the hosts that an Ingress would newly answer for. Refused for a host that an Ingress of another
 * namespace answers for: which of the two gets the traffic, its controller decides (kubernetes.io, "Ingress").
 */
export async function newHostNotes(
  manifest: Manifest,
  present: Manifest | undefined,
  live: Live,
): Promise<readonly string[]> {
  const had = hostsOf(present);
  const fresh = [...hostsOf(manifest)].filter((host) => !had.has(host)).toSorted();
  if (fresh.length === 0) return [];
  const all = await live.cluster.list(
    { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', namespace: '' },
    { signal: live.signal },
  );
  for (const other of all.filter(({ metadata }) => metadata.namespace !== manifest.metadata.namespace)) {
    const taken = fresh.find(
      (host) => host !== '' && [...hostsOf(other)].some((theirs) => covers(theirs, host) || covers(host, theirs)),
    );
    if (taken !== undefined) {
      refuse(
        `${refText({ kind: 'Ingress', namespace: other.metadata.namespace ?? '', name: other.metadata.name })} answers for ${taken} already: the manifest would take its traffic.`,
        'Choose another host, or let both namespaces agree.',
      );
    }
  }
  return fresh.map((host) =>
    host === ''
      ? 'It answers for every host that no other Ingress names.'
      : `It answers for ${host}, which it does not yet.`,
  );
}

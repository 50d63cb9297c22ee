import type { Finding } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { Service } from '@autodevops/domain/kubernetes/network';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { listAt } from '../../reading/json-value.ts';
import { nameList } from '../../reading/name-list.ts';
import { customOfKind, refToCustom } from '../../reading/platform/custom-objects.ts';
import { ageOf } from '../../reading/recency.ts';
import { addressUnannounced } from './codes.ts';

const group = 'metallb.io';
const advertisements = ['L2Advertisement', 'BGPAdvertisement'];
/** MetalLB writes there from which pool it took the address. */
const takenFrom = ['metallb.io/ip-allocated-from-pool', 'metallb.universe.tf/ip-allocated-from-pool'];
const patience = 5 * 60_000;

function poolOf({ metadata }: Service): string {
  return takenFrom.map((key) => metadata.annotations[key]).find((name) => name !== undefined) ?? '';
}

/** One that names no pool is for all of them, and one that selects pools by labels may be for any. */
function covers(advertisement: CustomObject, pool: string): boolean {
  const names = listAt(advertisement.spec, 'ipAddressPools');
  return names.length === 0 || names.includes(pool) || listAt(advertisement.spec, 'ipAddressPoolSelectors').length > 0;
}

function checkPool(snapshot: Snapshot, pool: CustomObject, services: readonly Service[]): Finding[] {
  const { name } = pool.metadata;
  const [first] = services;
  const announced = advertisements.flatMap((kind) => customOfKind(snapshot, group, kind));
  const isNew = (ageOf(snapshot, pool.metadata.creationTimestamp) ?? 0) < patience;
  if (first === undefined || isNew || announced.some((one) => covers(one, name))) return [];
  const ref = refTo('Service', first);
  const addresses = first.status.loadBalancer.ingress.map(({ ip }) => ip ?? '').filter((ip) => ip !== '');
  const named = nameList(services.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`));
  return [
    finding(addressUnannounced, {
      object: refToCustom(pool),
      cause: `MetalLB has given ${services.length === 1 ? 'Service' : 'Services'} ${named} an address of pool "${name}" (${addresses.join(', ')}), but no L2Advertisement and no BGPAdvertisement ${announced.length === 0 ? 'exists' : 'names this pool'}, so nothing tells the network where it is.`,
      evidence: [
        fromStatus(ref, 'status.loadBalancer.ingress[*].ip', addresses.join(', ')),
        fromSpec(refToCustom(pool), 'spec.addresses', listAt(pool.spec, 'addresses').join(', ')),
      ],
      since: first.metadata.creationTimestamp ?? '',
      confidence: 'medium',
    }),
  ];
}

/** Since MetalLB 0.13 a pool alone announces nothing. */
export function checkAnnouncing(snapshot: Snapshot): readonly Finding[] {
  const using = Map.groupBy(
    snapshot.list('Service').filter((s) => s.spec.type === 'LoadBalancer' && s.status.loadBalancer.ingress.length > 0),
    poolOf,
  );
  return customOfKind(snapshot, group, 'IPAddressPool').flatMap((pool) =>
    checkPool(snapshot, pool, using.get(pool.metadata.name) ?? []),
  );
}

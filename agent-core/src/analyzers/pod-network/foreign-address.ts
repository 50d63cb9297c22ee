import type { Evidence } from '@autodevops/domain/diagnosis';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { fromSpec } from '../../evidence/finding.ts';
import { nameList } from '../../reading/name-list.ts';
import { perSnapshot } from '../../reading/per-snapshot.ts';

/** Where the agents write which address they took for that of their node. */
const writtenBy = ['projectcalico.org/IPv4Address'];

/** An address that an agent found out by itself and that the kubelet does not give for the node. */
interface ForeignAddress {
  readonly node: ObjectRef;
  readonly annotation: string;
  readonly taken: string;
  readonly own: string;
}

/** With several interfaces the first that is found may be a bridge of the machine: no other node reaches that one. */
export const foreignAddresses = perSnapshot((snapshot): readonly ForeignAddress[] =>
  snapshot.list('Node').flatMap((node) =>
    writtenBy.flatMap((annotation) => {
      const taken = (node.metadata.annotations[annotation] ?? '').split('/')[0] ?? '';
      const own = node.status.addresses.filter(({ type }) => type === 'InternalIP' || type === 'ExternalIP');
      const [first] = own;
      if (taken === '' || first === undefined || own.some(({ address }) => address === taken)) return [];
      return [{ node: refTo('Node', node), annotation, taken, own: first.address }];
    }),
  ),
);

export function foreignText(wrong: readonly ForeignAddress[]): string {
  const [first] = wrong;
  if (first === undefined) return '';
  const nodes = nameList(wrong.map(({ node }) => node.name));
  return ` On ${nodes} it took ${first.taken} for the node's address, which is ${first.own}.`;
}

export function foreignEvidence({ node, annotation, taken }: ForeignAddress): Evidence {
  return fromSpec(node, `metadata.annotations.${annotation}`, taken);
}

export const foreignStep =
  'Tell the agent which interface is the right one: IP_AUTODETECTION_METHOD (`kubernetes-internal-ip`, or `interface=...`), with the Tigera operator `nodeAddressAutodetectionV4` of its Installation.';

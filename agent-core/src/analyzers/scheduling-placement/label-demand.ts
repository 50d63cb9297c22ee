import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { nearMatches } from '../../reading/near-match.ts';
import type { NodeRoom } from '../../reading/scheduling/node-room.ts';
import { matchesNodeTerm } from '../../reading/selector.ts';

/** One demand on a node's labels: `disktype In (ssd)`, with its field in the pod. */
export interface Demand {
  readonly key: string;
  readonly values: readonly string[];
  readonly text: string;
  readonly path: string;
  readonly fits: (room: NodeRoom) => boolean;
}

function selectorDemands(pod: Pod): readonly Demand[] {
  return Object.entries(pod.spec.nodeSelector).map(([key, value]) => ({
    key,
    values: [value],
    text: `${key}=${value}`,
    path: `spec.nodeSelector.${key}`,
    fits: (room) => room.node.metadata.labels[key] === value,
  }));
}

const affinityPath = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution';

function affinityDemands(pod: Pod): readonly Demand[] {
  const terms = pod.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  return terms.flatMap((term, t) => [
    ...term.matchExpressions.map((e, i): Demand => ({
      key: e.key,
      values: e.operator === 'In' ? e.values : [],
      text: e.values.length === 0 ? `${e.key} ${e.operator}` : `${e.key} ${e.operator} (${e.values.join(', ')})`,
      path: `${affinityPath}.nodeSelectorTerms[${t}].matchExpressions[${i}]`,
      fits: (room) => matchesNodeTerm({ matchExpressions: [e], matchFields: [] }, room.node),
    })),
    ...term.matchFields.map((e, i): Demand => ({
      key: e.key,
      values: e.values,
      text: `${e.key} ${e.operator} (${e.values.join(', ')})`,
      path: `${affinityPath}.nodeSelectorTerms[${t}].matchFields[${i}]`,
      fits: (room) => matchesNodeTerm({ matchExpressions: [], matchFields: [e] }, room.node),
    })),
  ]);
}

/** What the pod demands of a node, nodeSelector first. */
export function demandsOf(pod: Pod): readonly Demand[] {
  return [...selectorDemands(pod), ...affinityDemands(pod)];
}

/** Labels that Kubernetes itself set once, and what it sets instead: https://kubernetes.io/docs/reference/labels-annotations-taints/ */
const renamedLabels: ReadonlyMap<string, string> = new Map([
  ['node-role.kubernetes.io/master', 'node-role.kubernetes.io/control-plane'],
  ['beta.kubernetes.io/arch', 'kubernetes.io/arch'],
  ['beta.kubernetes.io/os', 'kubernetes.io/os'],
  ['beta.kubernetes.io/instance-type', 'node.kubernetes.io/instance-type'],
  ['failure-domain.beta.kubernetes.io/zone', 'topology.kubernetes.io/zone'],
  ['failure-domain.beta.kubernetes.io/region', 'topology.kubernetes.io/region'],
]);

/** What nodes have instead: the key's values, a key that is spelt alike, or nothing. */
export function offerText(demand: Demand, rooms: readonly NodeRoom[]): string {
  if (demand.key === 'metadata.name') {
    const near = demand.values.flatMap((value) =>
      nearMatches(
        value,
        rooms.map((room) => room.node.metadata.name),
      ),
    );
    return near.length > 0
      ? `no node has this name, but there is ${[...new Set(near)].slice(0, 3).join(', ')}`
      : 'no node has this name';
  }
  const values = new Set(rooms.flatMap((room) => room.node.metadata.labels[demand.key] ?? []));
  if (values.size > 0) {
    const near = demand.values.flatMap((value) => nearMatches(value, values));
    if (near.length > 0) {
      return `nodes have ${[...new Set(near)]
        .slice(0, 3)
        .map((v) => `${demand.key}=${v}`)
        .join(' or ')}`;
    }
    return `nodes have only ${[...values]
      .toSorted()
      .slice(0, 4)
      .map((v) => `${demand.key}=${v}`)
      .join(', ')}`;
  }
  const keys = new Set(rooms.flatMap((room) => Object.keys(room.node.metadata.labels)));
  const renamed = renamedLabels.get(demand.key);
  if (renamed !== undefined && keys.has(renamed)) {
    return `no node has the label ${demand.key}, which Kubernetes has replaced by ${renamed}`;
  }
  const near = nearMatches(demand.key, keys)[0];
  return near === undefined
    ? `no node has the label ${demand.key}`
    : `no node has the label ${demand.key}, but there is ${near}`;
}

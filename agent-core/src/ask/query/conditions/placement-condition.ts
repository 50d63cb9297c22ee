import { listed } from '@autodevops/domain/count-words';
import { refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { isMeant } from '../../fields/matching.ts';
import { areRelated, carriersOf } from '../carriers.ts';
import { after } from '../condition.ts';
import type { Condition, ReadCondition } from '../condition.ts';

const controlPlane = /^(?:control[ -]plane|masters?)$/i;

/** The Nodes that are called so: by their name, by its last part ("worker2" of `lab-worker2`), or by what they are. */
function nodesCalled(snapshot: Snapshot, name: string): readonly ObjectRef[] {
  const nodes = snapshot.list('Node');
  const exact = nodes.filter(({ metadata }) => metadata.name === name);
  if (exact.length > 0) return exact.map((node) => refTo('Node', node));
  const planes = controlPlane.test(name)
    ? nodes.filter(({ metadata }) =>
        Object.keys(metadata.labels).some((key) => /^node-role\.kubernetes\.io\/(?:control-plane|master)$/.test(key)),
      )
    : [];
  const parts = nodes.filter(
    ({ metadata }) =>
      metadata.name.toLowerCase().endsWith(`-${name.toLowerCase()}`) ||
      metadata.name.toLowerCase().startsWith(`${name.toLowerCase()}.`),
  );
  return [...planes, ...(planes.length > 0 || parts.length > 1 ? [] : parts)].map((node) => refTo('Node', node));
}

function onNodes(snapshot: Snapshot, nodes: readonly ObjectRef[]): Condition {
  return {
    said: `on ${listed(nodes.map(refText))}`,
    fits: ({ ref }) => nodes.some((node) => areRelated(snapshot, ref, node)),
  };
}

/** "On node worker-2", "running on the control plane". */
export const readNode: ReadCondition = (words, { context: { snapshot } }) => {
  const match =
    /^(?:(?:that )?(?:runs?|running|scheduled|placed|hosted|living|sitting|deployed) )?(?:on|at|of|from) (?:the )?(?:nodes? )?(?<name>control[ -]plane|[\w.-]+)(?: nodes?)?(?= |$)/i.exec(
      words,
    );
  const nodes = match === null ? [] : nodesCalled(snapshot, match.groups?.['name'] ?? '');
  return match === null || nodes.length === 0
    ? undefined
    : { condition: onNodes(snapshot, nodes), rest: after(words, match) };
};

/** "On the same node as db-0", "sharing a node with db". */
export const readNeighbour: ReadCondition = (words, { context: { snapshot } }) => {
  const match =
    /^(?:(?:runs?|running) )?(?:on the same node as|(?:that )?(?:share|shares|sharing) (?:a|the|its|their) node with|next to|beside) (?:the )?(?:pod )?(?<name>[\w.-]+)(?= |$)/i.exec(
      words,
    );
  const name = match?.groups?.['name'] ?? '';
  const pods = snapshot
    .list('Pod')
    .filter((pod) => pod.metadata.name === name || isMeant(pod.metadata.labels['app'] ?? '', name));
  const nodes = snapshot
    .list('Node')
    .map((node) => refTo('Node', node))
    .filter((node) => pods.some(({ spec }) => spec.nodeName === node.name));
  if (match === null || nodes.length === 0) return undefined;
  const own = new Set(pods.map(({ metadata }) => metadata.uid));
  const { said, fits } = onNodes(snapshot, nodes);
  return {
    condition: { said: `${said} beside ${name}`, fits: (subject) => !own.has(subject.metadata.uid) && fits(subject) },
    rest: after(words, match),
  };
};

const namespaces =
  /^(?<out>outside(?: of)?|(?:everywhere )?(?:except|but)(?: in| for)?)? ?(?:(?:that )?(?:lives?|living|runs?|running|deployed|located) )?(?:(?:in|of|from|inside|within|under) )?(?:the )?(?:namespaces? |ns )?/i;
const nextName = /^(?:,? ?(?:and|or) |, )?(?<name>[a-z0-9-]+)(?: namespaces?| ns)?(?= |,|$)/;

/** "In shop", "outside of kube-system", "in shop and billing": as many names as are namespaces. */
export const readNamespace: ReadCondition = (words, { context: { snapshot } }) => {
  const start = namespaces.exec(words);
  if (start === null || start[0] === '') return undefined;
  const asked: string[] = [];
  let rest = words.slice(start[0].length);
  for (let next = nextName.exec(rest); next !== null; next = nextName.exec(rest)) {
    const name = next.groups?.['name'] ?? '';
    if (snapshot.get('Namespace', '', name) === undefined) break;
    asked.push(name);
    rest = after(rest, next);
  }
  if (asked.length === 0) return undefined;
  const isOut = start.groups?.['out'] !== undefined;
  return {
    condition: {
      said: `${isOut ? 'outside of' : 'in'} ${listed(asked)}`,
      fits: ({ metadata }) => asked.includes(metadata.namespace) !== isOut,
    },
    rest,
  };
};

/** "Empty" of a namespace: nothing runs or would run in it. */
export const readEmptiness: ReadCondition = (words, { context: { snapshot }, kinds }) => {
  const match = /^empty(?= |$)/i.exec(words);
  if (match === null || !kinds.includes('Namespace')) return undefined;
  return {
    condition: { said: 'without a workload or a pod', fits: ({ ref }) => carriersOf(snapshot, ref).length === 0 },
    rest: after(words, match),
  };
};

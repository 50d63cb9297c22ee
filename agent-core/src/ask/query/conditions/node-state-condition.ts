import type { Node } from '@autodevops/domain/kubernetes/cluster';
import { conditionOf } from '../../../reading/pods/pod-status.ts';
import { takesOrdinaryPods } from '../../../reading/scheduling/node-room.ts';
import { after, atFront } from '../condition.ts';
import type { ReadCondition } from '../condition.ts';

const isNodeReady = (node: Node): boolean => conditionOf(node.status.conditions, 'Ready')?.status === 'True';
const pressures = ['MemoryPressure', 'DiskPressure', 'PIDPressure'] as const;

/** How nodes are asked to be, in the order in which it is tried. */
const states: readonly { words: RegExp; said: string; test: (node: Node) => boolean }[] = [
  {
    words: atFront(
      'schedulable|(?:that )?(?:can )?(?:still )?(?:take|accept|run|host)s? (?:new |more |ordinary )?(?:pods|workloads)|open to pods',
    ),
    said: 'open to ordinary pods',
    test: takesOrdinaryPods,
  },
  {
    words: atFront('cordoned(?: off)?|unschedulable|drained|with scheduling disabled|scheduling disabled'),
    said: 'cordoned',
    test: (node) => node.spec.unschedulable === true,
  },
  {
    words: atFront('(?:under|with|have|has|having) (?:any )?(?:(?:memory|disk|pid|node) )?pressure'),
    said: 'under pressure',
    test: (node) => pressures.some((type) => conditionOf(node.status.conditions, type)?.status === 'True'),
  },
  { words: atFront('tainted'), said: 'tainted', test: (node) => node.spec.taints.length > 0 },
  {
    words: atFront('(?:not |un)(?:ready|healthy|available|ok)|down|broken|dead|gone|offline|failing|failed'),
    said: 'not ready',
    test: (node) => !isNodeReady(node),
  },
  { words: atFront('ready|up|healthy|ok|available|online'), said: 'ready', test: isNodeReady },
];

/** "Cordoned", "not ready", "under pressure", "that take new pods": of nodes only. */
export const readNodeState: ReadCondition = (words, { context: { snapshot }, kinds }) => {
  if (!kinds.every((kind) => kind === 'Node')) return undefined;
  for (const { words: pattern, said, test } of states) {
    const match = pattern.exec(words);
    if (match === null) continue;
    return {
      condition: {
        said,
        fits: ({ ref }) => {
          const node = snapshot.get('Node', '', ref.name);
          return node !== undefined && test(node);
        },
      },
      rest: after(words, match),
    };
  }
  return undefined;
};

import type { Node } from '@autodevops/domain/kubernetes/cluster';
import { conditionOf } from '../../reading/pods/pod-status.ts';
import { takesOrdinaryPods } from '../../reading/scheduling/node-room.ts';
import type { Intent } from '../intent.ts';
import { stateOf } from '../health/object-state.ts';
import { notSeen } from '../scope.ts';
import { areOf, counted, fewNames } from '../words.ts';

const isNodeReady = (node: Node): boolean => conditionOf(node.status.conditions, 'Ready')?.status === 'True';
const pressures = ['MemoryPressure', 'DiskPressure', 'PIDPressure'] as const;

const states: readonly { words: RegExp; said: string; test: (node: Node) => boolean }[] = [
  {
    words: /(?<!un)schedulable|\b(?:take|accept|run|host)s? (?:new |more |ordinary )?(?:pods|workloads)|open to pods/i,
    said: 'open to ordinary pods',
    test: takesOrdinaryPods,
  },
  {
    words: /cordon|unschedul|\bdrain|scheduling disabled/i,
    said: 'cordoned',
    test: (node) => node.spec.unschedulable === true,
  },
  {
    words: /pressure/i,
    said: 'under pressure',
    test: (node) => pressures.some((type) => conditionOf(node.status.conditions, type)?.status === 'True'),
  },
  { words: /taint/i, said: 'tainted', test: (node) => node.spec.taints.length > 0 },
  {
    words: /\b(?:not ready|unready|down|unhealthy|broken|dead|gone|offline|fail\w*)\b/i,
    said: 'not ready',
    test: (node) => !isNodeReady(node),
  },
  { words: /\b(?:ready|up|healthy|ok|available)\b/i, said: 'ready', test: isNodeReady },
];

/** Which nodes are cordoned, not ready, tainted or under pressure. */
export const nodeStates: Intent = {
  name: 'node-states',
  example: 'which nodes are cordoned?',
  patterns: [
    /^(?:how many|which|what|list|show(?: me)?|get|are|any|are there(?: any)?|do (?:i|we) have(?: any)?)(?: all)?(?: the| any| my| our)? (?<before>[\w -]*?)\bnodes(?: (?:that|which))?(?: (?:are|is|have|can))? (?<state>.+)$/i,
    /^(?:how many|which|what|list|show(?: me)?|are there(?: any)?|any)(?: all)?(?: the| any)? (?<before>[\w -]+) nodes?$/i,
    /^which node (?:is|has) (?<state>.+)$/i,
  ],
  answer: (caught, context) => {
    const said = `${caught('before')} ${caught('state')}`;
    const asked = states.find(({ words }) => words.test(said));
    if (asked === undefined) return undefined;
    const blind = notSeen(context, 'Node');
    if (blind !== undefined) return blind;
    const all = context.snapshot.list('Node');
    const found = all.filter(asked.test);
    if (found.length === 0) return { headline: `None of ${counted(all.length, 'node')} is ${asked.said}.` };
    const rows = found.map((node) => [
      node.metadata.name,
      stateOf(context.snapshot, 'Node', node),
      node.spec.taints.map((t) => `${t.key}:${t.effect}`).join(', '),
    ]);
    return {
      headline: `${found.length} of ${counted(all.length, 'node')} ${areOf(found.length)} ${asked.said}${fewNames(found.map(({ metadata }) => metadata.name))}.`,
      table: { columns: ['node', 'state', 'taints'], rows },
    };
  },
};

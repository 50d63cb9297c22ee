import { listed } from '@autodevops/domain/count-words';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { nodeRooms } from '../../../reading/scheduling/node-room.ts';
import type { NodeRoom } from '../../../reading/scheduling/node-room.ts';
import {
  roomObstacles,
  selectorFits,
  stateObstacles,
  volumeFits,
  wishOf,
} from '../../../reading/scheduling/node-obstacles.ts';
import type { Obstacle } from '../../../reading/scheduling/node-obstacles.ts';
import { podsOf } from '../../entrances.ts';
import type { AskContext, Intent } from '../../intent.ts';
import { namesOf } from '../../naming/names.ts';
import { resolve } from '../../naming/resolve.ts';
import { notSeen } from '../../scope.ts';

const controlPlane = /^(?:the )?(?:control.?planes?|masters?)(?: nodes?)?$/i;
const role = 'node-role.kubernetes.io/control-plane';

function said({ kind, subject }: Obstacle): string {
  if (kind === 'resource') return subject === 'pods' ? 'it takes no more pods' : `it has too little ${subject} left`;
  if (kind === 'host-port') return `host port ${subject} is taken`;
  return kind === 'cordoned' ? 'it is cordoned' : `the pod does not tolerate its taint ${subject}`;
}

/** Why a node does not take a pod; empty where nothing that is looked at stands in the way. */
function obstaclesOf({ snapshot }: AskContext, pod: Pod, room: NodeRoom): readonly string[] {
  const wish = wishOf(snapshot, pod);
  return [
    ...(selectorFits(pod, room) ? [] : ['its node selector or affinity leads elsewhere']),
    ...(wish.volumes.every((volume) => volumeFits(volume, room)) ? [] : ['its volume is elsewhere']),
    ...[...stateObstacles(wish, room), ...roomObstacles(wish, room)].map(said),
  ];
}

function nodesMeant(context: AskContext, words: string): readonly NodeRoom[] {
  const rooms = nodeRooms(context.snapshot);
  if (controlPlane.test(words)) return rooms.filter(({ node }) => node.metadata.labels[role] !== undefined);
  const found = resolve(context, `node ${words.replace(/^(?:the )?(?:node )?/i, '')}`);
  return 'reply' in found
    ? []
    : rooms.filter(({ node }) => found.objects.some(({ name }) => name === node.metadata.name));
}

/** A pod of each: one says for all what it needs. */
function sampleOf(context: AskContext, refs: readonly ObjectRef[]): Pod | undefined {
  return refs.flatMap((ref) => podsOf(context.snapshot, ref))[0];
}

/** Whether pods of X would be placed on node N, and what stands in the way. */
export const canRunOn: Intent = {
  name: 'can-run-on',
  example: 'can web run on node worker-1?',
  patterns: [
    /^(?:can|could|would|will|may|is|are) (?:the )?(?:pods? of |a pod of )?(?<object>.+?) (?:be )?(?:run|runs|schedule[d]?|placed?|land|fit|fits|start|go|allowed|able to run|moved?)(?: pods)? (?:on|onto|to) (?:the )?(?<node>.+)$/i,
    /^why (?:can|does|do|is|are|will|would)(?: not)? (?:the )?(?:pods? of )?(?<object>.+?) (?:not )?(?:be )?(?:run|runs|running|schedule[d]?|placed?|land|fit|moved?) (?:on|onto) (?:the )?(?<node>.+)$/i,
  ],
  answer: (caught, context) => {
    const blind = notSeen(context, 'Node') ?? notSeen(context, 'Pod');
    if (blind !== undefined) return blind;
    const found = resolve(context, caught('object'));
    const rooms = nodesMeant(context, caught('node'));
    if ('reply' in found || rooms.length === 0) return undefined;
    const pod = sampleOf(context, found.objects);
    const objects = [...found.objects];
    const name = namesOf(found.objects);
    if (pod === undefined) return { headline: `${name} has no pod now to be judged by.`, objects };
    const judged = rooms.map((room) => ({
      node: room.node.metadata.name,
      obstacles: pod.spec.nodeName === room.node.metadata.name ? [] : obstaclesOf(context, pod, room),
    }));
    const fitting = judged.filter(({ obstacles }) => obstacles.length === 0).map(({ node }) => node);
    const note = 'Affinity between pods and spreading are not looked at.';
    if (fitting.length > 0) {
      return {
        headline: `Yes: nothing that is looked at keeps pods of ${name} off ${listed(fitting)}.`,
        lines: [note],
        objects,
      };
    }
    const [first] = judged;
    return {
      headline: `No: Node ${first?.node ?? ''} does not take pods of ${name}: ${listed(first?.obstacles ?? [])}.`,
      lines: judged.slice(1).map(({ node, obstacles }) => `Node ${node}: ${listed(obstacles)}.`),
      objects,
    };
  },
};

import { counted, listed } from '@autodevops/domain/count-words';
import { parseQuantity } from '@autodevops/domain/quantity';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { PodSpec } from '@autodevops/domain/kubernetes/pod';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { freeOf, nodeRooms, takesOrdinaryPods } from '../../../reading/scheduling/node-room.ts';
import { amountText, formatAmount, requestOf } from '../../../reading/scheduling/pod-request.ts';
import { untolerated } from '../../../reading/scheduling/taints.ts';
import type { AskContext, Intent } from '../../intent.ts';
import { resolve } from '../../naming/resolve.ts';
import { notSeen } from '../../scope.ts';
import { templatesOf } from '../../templates-of.ts';
import { remedyLines } from '../../remedy-lines.ts';

const numbers: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  another: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  ten: 10,
};
const note = remedy`This counts what pods ask for. Selectors, affinity and volumes are not looked at; ${{ do: 'rehearse-scaling' }} rehearses it.`;

/** What a quota of the namespace refuses of so many more pods. */
function quotaObstacles(
  { snapshot }: AskContext,
  { namespace }: ObjectRef,
  spec: PodSpec,
  more: number,
): readonly string[] {
  const request = requestOf(spec);
  return snapshot.listIn('ResourceQuota', namespace).flatMap(({ metadata, spec: { hard }, status: { used } }) =>
    [
      ['requests.cpu', 'cpu'],
      ['cpu', 'cpu'],
      ['requests.memory', 'memory'],
      ['memory', 'memory'],
      ['pods', 'pods'],
    ].flatMap(([entry = '', resource = '']) => {
      const limit = parseQuantity(hard[entry]);
      if (limit === undefined) return [];
      const left = limit - (parseQuantity(used[entry]) ?? 0);
      const wanted = (resource === 'pods' ? 1 : (request.get(resource) ?? 0)) * more;
      return wanted <= left + 1e-9
        ? []
        : [
            `ResourceQuota ${namespace}/${metadata.name} leaves ${formatAmount(entry, left)} of ${entry}, and ${counted(more, 'pod')} more ask for ${formatAmount(entry, wanted)}`,
          ];
    }),
  );
}

/** How many more such pods the nodes have room for. */
function placesFor({ snapshot }: AskContext, spec: PodSpec): number {
  const request = [...requestOf(spec), ['pods', 1] as const].filter(([, amount]) => amount > 0);
  const open = nodeRooms(snapshot).filter(
    ({ node }) =>
      untolerated(spec, node).length === 0 &&
      (takesOrdinaryPods(node) || (node.spec.taints.length > 0 && node.spec.unschedulable !== true)),
  );
  return open.reduce(
    (sum, room) =>
      sum +
      Math.max(
        0,
        Math.min(...request.map(([resource, amount]) => Math.floor((freeOf(room, resource) ?? 0) / amount + 1e-9))),
      ),
    0,
  );
}

/** Whether so many more pods of X fit: by the quotas of its namespace and by what is free on the nodes. */
export const roomForReplicas: Intent = {
  name: 'room-for-replicas',
  example: 'can I scale web to 5 replicas?',
  patterns: [
    /^(?:can|could|may|will|would) (?:i|we|you|it|(?:the |my |our |this )?(?:cluster|nodes?)) (?:still )?(?:add|start|run|have|schedule|create|fit|take|hold|handle|host|afford) (?<more>\d+|an?|another|one|two|three|four|five|six|ten)(?: more| other| extra| additional)? (?:pods?|replicas?|copies|instances) (?:of|for|to) (?<object>.+)$/i,
    /^(?:can|could|may|will|would) (?:i|we|you|it|(?:the |my |our |this )?(?:cluster|nodes?)) (?:still )?(?:add|start|run|have|schedule|create|fit|take|hold|handle|host|afford) (?<more>\d+|an?|another|one|two|three|four|five|six|ten)(?: more| other| extra| additional)? (?<object>.+?) (?:pods?|replicas?|copies|instances)(?: more)?$/i,
    /^(?:can|could|may|would|is it (?:safe|possible|ok|okay) to|what (?:happens|would happen|will happen|breaks) (?:if|when)) ?(?:i|we|you|it)? ?(?:still )?scale (?:up )?(?<object>.+?) (?:up )?to (?<all>\d+)(?: (?:pods?|replicas?|copies|instances))?(?: .*)?$/i,
    /^(?:can|could|would|may) (?<object>[\w./-]+) (?:be )?scaled? (?:up )?to (?<all>\d+)(?: (?:pods?|replicas?|copies|instances))?$/i,
    /^(?:would|will|do|can|could) (?<all>\d+) (?:replicas?|pods?|copies|instances) of (?<object>.+?) (?:fit|run|be scheduled|have room)(?: .*)?$/i,
    /^(?:would|will|do|can|could) (?<all>\d+) (?<object>\S+) (?:replicas?|pods?|copies|instances) (?:fit|run|be scheduled|have room)(?: .*)?$/i,
    /^is there (?:enough )?(?:room|space|capacity) for (?<more>\d+|an?|another|one|two|three|four|five|six|ten)(?: more| other| extra| additional)? (?:(?:pods?|replicas?|copies|instances) of )?(?<object>.+?)(?: (?:pods?|replicas?|copies|instances))?$/i,
  ],
  answer: (caught, context) => {
    const blind = notSeen(context, 'Node') ?? notSeen(context, 'Pod');
    if (blind !== undefined) return blind;
    const found = resolve(context, caught('object'));
    if ('reply' in found) return found.reply;
    const [running, second] = templatesOf(context.snapshot, found.objects);
    if (running === undefined || second !== undefined || caught('all') === '0') return undefined;
    const { ref, spec } = running;
    const now =
      ref.kind === 'Deployment' || ref.kind === 'StatefulSet'
        ? (context.snapshot.get(ref.kind, ref.namespace, ref.name)?.spec.replicas ?? 1)
        : 1;
    const more =
      caught('all') === ''
        ? (numbers[caught('more').toLowerCase()] ?? Number(caught('more')))
        : Number(caught('all')) - now;
    if (more <= 0) {
      return {
        headline: `Yes: ${refText(ref)} has ${counted(now, 'replica')} now; less needs no room.`,
        objects: [ref],
      };
    }
    const obstacles = [...quotaObstacles(context, ref, spec, more)];
    const places = placesFor(context, spec);
    if (places < more) obstacles.push(`the nodes have room for ${places} more of its pods`);
    const each = [...requestOf(spec)].map(([resource, amount]) => amountText(resource, amount));
    const lines = remedyLines([
      `${refText(ref)} has ${counted(now, 'replica')}; each pod asks for ${each.length === 0 ? 'nothing' : listed(each)}.`,
      note,
    ]);
    if (obstacles.length > 0) return { headline: `No: ${listed(obstacles)}.`, ...lines, objects: [ref] };
    return {
      headline: `Yes: ${counted(more, 'more pod')} of ${refText(ref)} fit${more === 1 ? 's' : ''}; the nodes have room for ${places}.`,
      ...lines,
      objects: [ref],
    };
  },
};

import { counted, listed } from '@autodevops/domain/count-words';
import { parseQuantity } from '@autodevops/domain/quantity';
import { freeOf, nodeRooms, takesOrdinaryPods } from '../../../reading/scheduling/node-room.ts';
import type { NodeRoom } from '../../../reading/scheduling/node-room.ts';
import { amountText, formatAmount } from '../../../reading/scheduling/pod-request.ts';
import type { Intent, Reply } from '../../intent.ts';
import { resolve } from '../../naming/resolve.ts';
import { notSeen } from '../../scope.ts';

const resources = ['cpu', 'memory', 'pods'] as const;
const note = 'This counts what pods ask for, as the scheduler does, not what they use.';

function share(room: NodeRoom, resource: string): string {
  const [used, all] = [room.used.get(resource) ?? 0, room.allocatable.get(resource)];
  if (all === undefined || all === 0) return '-';
  return `${formatAmount(resource, used)} of ${formatAmount(resource, all)} (${Math.round((used / all) * 100)} %)`;
}

/** "4 cpu", "500m cpu", "8Gi", "16 GB of memory". */
function wantedIn(text: string): ReadonlyMap<string, number> {
  const cpu = /(\d+(?:\.\d+)?m?) ?(?:cpus?|cores?|vcpus?)\b/i.exec(text)?.[1];
  const memory = /(\d+(?:\.\d+)?) ?([kmgt]i?)b?\b(?! ?(?:cpus?|cores?))/i.exec(text);
  const bytes =
    memory === null ? undefined : parseQuantity(`${memory[1]}${(memory[2] ?? '').charAt(0).toUpperCase()}i`);
  return new Map(
    [
      ['cpu', parseQuantity(cpu)],
      ['memory', bytes],
    ].flatMap(([resource, amount]) => (typeof amount === 'number' ? [[resource as string, amount] as const] : [])),
  );
}

function fits(room: NodeRoom, wanted: ReadonlyMap<string, number>): boolean {
  return [...wanted, ['pods', 1] as const].every(([resource, amount]) => (freeOf(room, resource) ?? 0) >= amount);
}

function fitReply(rooms: readonly NodeRoom[], wanted: ReadonlyMap<string, number>): Pick<Reply, 'headline'> {
  const asked = listed([...wanted].map(([resource, amount]) => amountText(resource, amount)));
  const open = rooms.filter(({ node }) => takesOrdinaryPods(node));
  const fitting = open.filter((room) => fits(room, wanted));
  if (fitting.length > 0) {
    return {
      headline: `Yes: a pod that asks for ${asked} fits on ${listed(fitting.map(({ node }) => node.metadata.name))} by what is free there.`,
    };
  }
  const most = [...wanted.keys()].map((resource) =>
    amountText(resource, Math.max(0, ...open.map((room) => freeOf(room, resource) ?? 0))),
  );
  return {
    headline:
      open.length === 0
        ? 'No: no node takes ordinary pods now.'
        : `No: no node has ${asked} free; the most that is free on one is ${listed(most)}.`,
  };
}

/** How much the nodes have left, and whether a pod of some size would fit. */
export const roomLeft: Intent = {
  name: 'room-left',
  example: 'how full are the nodes?',
  patterns: [
    /^how much (?:free |spare )?(?:cpu|memory|ram|room|capacity|space)(?: and (?:cpu|memory))? (?:is |does |can |could )?(?:still )?(?:be )?(?:requested|scheduled|left|free|available|unused|remaining) (?:on|in) (?:the |node )*(?<node>[\w.-]+)$/i,
    /^(?:is there|do (?:i|we) have|are there|have we|has the cluster|does the cluster have)(?: any| still)* (?:enough |more |free |spare |sufficient )*(?:cpu|memory|ram|room|capacity|space|resources|headroom)\b(?<wish>.*)$/i,
    /^how (?:full|busy|loaded|utili[sz]ed) (?:is|are) (?:the |my |our )?(?:nodes?|cluster|workers?)$/i,
    /^how much (?:free |spare )?(?:cpu|memory|ram|room|capacity|space|headroom)(?: and (?:cpu|memory))? (?:is|do (?:i|we) have|does the cluster have|are)(?: still| there)*(?: left| free| available| unused| remaining)?(?: (?:on|in) (?:the |my |our )?(?:nodes?|cluster))?$/i,
    /^(?:which|what) nodes? (?:has|have|is|are|runs?) (?:the )?(?:most|least|fewest|fullest|busiest|emptiest)(?: (?:cpu|memory|loaded|full|room|free cpu|free memory))?$/i,
    /^how (?:over ?-?committed|over ?-?booked|over ?-?provisioned) (?:is|are) (?:the |my |our )?(?:nodes?|cluster|workers?)$|^(?:is|are) (?:the |my |our )?(?:nodes?|cluster) (?:over ?-?committed|over ?-?booked|over ?-?provisioned)$/i,
    /^(?:cpu |memory )?(?:allocatable|capacity|requested|requests) (?:vs\.?|and|versus|against) (?:requested|requests|used|allocatable|available|capacity)(?: (?:on|of|for) (?:the )?(?:node )?(?<node>\S+))?$/i,
    /^(?:node|cluster|nodes) (?:capacity|utili[sz]ation|allocation|usage|load|resources|headroom)$/i,
    /^(?:what is |show(?: me)? )?(?:the )?(?:capacity|utili[sz]ation|allocation|headroom|free capacity) (?:of|on|in) (?:the |my |our )?(?:nodes?|cluster)$/i,
    /^(?:can|could|will|would) (?:i |we |it |there )?(?:still )?(?:schedule|run|fit|start|place|add|deploy)?(?: be room for)? ?(?:a|another|one more) (?:new )?(?:pod|container|replica)(?<wish>.*)$/i,
    /^(?:can|could|will|would) (?:new |more |any |other )*pods (?:be (?:scheduled|placed|started|created)|fit|start|run)$/i,
    /^(?:would|does|will|can) a (?:new )?pod (?:with|of|that (?:needs|asks for|wants)) (?<wish>.+?)(?: fit| be scheduled| run)*$/i,
  ],
  answer: (caught, context) => {
    const blind = notSeen(context, 'Node') ?? notSeen(context, 'Pod');
    if (blind !== undefined) return blind;
    const named =
      caught('node') === '' || /^(?:nodes?|cluster)$/i.test(caught('node'))
        ? undefined
        : resolve(context, `node ${caught('node')}`);
    if (named !== undefined && 'reply' in named) return named.reply;
    const rooms = nodeRooms(context.snapshot).filter(
      ({ node }) => named === undefined || named.objects.some(({ name }) => name === node.metadata.name),
    );
    const rows = rooms.map((room) => [
      room.node.metadata.name,
      ...resources.map((resource) => share(room, resource)),
      takesOrdinaryPods(room.node) ? '' : 'takes no ordinary pods',
    ]);
    const common = { table: { columns: ['node', ...resources, ''], rows }, lines: [note] };
    const wanted = wantedIn(caught('wish'));
    if (wanted.size > 0) return { ...common, ...fitReply(rooms, wanted) };
    const open = rooms.filter(({ node }) => takesOrdinaryPods(node));
    if (open.length === 0) {
      return { ...common, headline: `None of ${counted(rooms.length, 'node')} takes ordinary pods now.` };
    }
    const free = ['cpu', 'memory'].map((resource) =>
      amountText(
        resource,
        open.reduce((sum, room) => sum + Math.max(0, freeOf(room, resource) ?? 0), 0),
      ),
    );
    return {
      ...common,
      headline: `${listed(free)} are not asked for yet on ${counted(open.length, 'node')} that ${open.length === 1 ? 'takes' : 'take'} ordinary pods.`,
    };
  },
};

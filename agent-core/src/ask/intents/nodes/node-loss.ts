import { counted, listed, pluralOf } from '@autodevops/domain/count-words';
import { refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { AskContext, Intent, Reply } from '../../intent.ts';
import { leaningOn, lostWith } from '../../leaning-on.ts';
import { lossesOf, roomElsewhere } from '../../health/node-loss.ts';
import { nodeLossReply } from '../../health/node-loss-reply.ts';
import { stateOfRef } from '../../health/object-state.ts';
import { resolve } from '../../naming/resolve.ts';
import { notSeen } from '../../scope.ts';

function objectReply(context: AskContext, ref: ObjectRef): Reply {
  const dependents = leaningOn(context.snapshot, [ref]);
  const objects = [ref];
  const lines = [...lostWith(ref)];
  if (dependents.length === 0) {
    return { headline: `Nothing that can be seen leans on ${refText(ref)}.`, lines, objects };
  }
  const rows = dependents
    .map((d) => [refText(d), stateOfRef(context.snapshot, d)])
    .toSorted((a, b) => (a[0] ?? '').localeCompare(b[0] ?? ''));
  return {
    headline: `${counted(rows.length, 'object leans', 'objects lean')} on ${refText(ref)}, directly or through others.`,
    table: { columns: ['who', 'state'], rows: rows.slice(0, 40) },
    lines,
    objects,
  };
}

const inNamespaces = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Service',
  'Ingress',
  'PersistentVolumeClaim',
  'ConfigMap',
  'Secret',
] as const;

/** All that is in a namespace goes with it, the data of its claims too; and what leans on it from outside. */
function namespaceReply({ snapshot }: AskContext, ref: ObjectRef): Reply {
  const inside = inNamespaces
    .map((kind) => ({ kind, refs: snapshot.listIn(kind, ref.name).map((object) => refTo(kind, object)) }))
    .filter(({ refs }) => refs.length > 0);
  const outside = leaningOn(
    snapshot,
    inside.flatMap(({ refs }) => refs),
  ).filter(({ namespace }) => namespace !== ref.name);
  const counts = inside.map(({ kind, refs }) => counted(refs.length, kind, pluralOf(kind)));
  const lines = [
    ...(outside.length === 0
      ? []
      : [`From outside, ${listed(outside.map(refText), 6)} ${outside.length === 1 ? 'leans' : 'lean'} on it.`]),
    ...(inside.some(({ kind }) => kind === 'PersistentVolumeClaim')
      ? lostWith({ ...ref, kind: 'PersistentVolumeClaim' })
      : []),
  ];
  return {
    headline: `Everything in ${refText(ref)} goes with it: ${listed(counts, 9) || 'nothing that can be seen'}.`,
    table: {
      columns: ['kind', 'which'],
      rows: inside.map(({ kind, refs }) => [
        kind,
        listed(
          refs.map(({ name }) => name),
          8,
        ),
      ]),
    },
    lines,
    objects: [ref],
  };
}

/** Which nodes nothing would go down with. */
function anyNodeReply(context: AskContext): Reply {
  const blind = notSeen(context, 'Node') ?? notSeen(context, 'Pod');
  if (blind !== undefined) return blind;
  const nodes = context.snapshot
    .list('Node')
    .map(({ metadata: { name } }) => ({ name, down: lossesOf(context.snapshot, name).filter(({ down }) => down) }));
  const safe = nodes.filter(({ down }) => down.length === 0);
  const rows = nodes.map(({ name, down }) => [
    name,
    String(down.length),
    listed(
      down.map(({ workload }) => refText(workload)),
      6,
    ),
  ]);
  const headline =
    safe.length === nodes.length
      ? 'Yes: whichever node goes, every workload has a ready pod elsewhere.'
      : `${safe.length === 0 ? 'No: with every node' : `Not every one: with ${nodes.length - safe.length} of ${counted(nodes.length, 'node')}`} some workload is down until its pods are started elsewhere.`;
  return { headline, table: { columns: ['node', 'workloads down', 'which'], rows } };
}

/** Whether the other nodes have room for what is on this one. */
function elsewhereReply(context: AskContext, words: string): Reply | undefined {
  const found = resolve(context, `node ${words}`);
  if ('reply' in found) return found.reply;
  const [node] = found.objects;
  const room = roomElsewhere(context.snapshot, node.name);
  return room === undefined ? undefined : { headline: `${room.fits ? 'Yes' : 'No'}: ${room.said}`, objects: [node] };
}

/** What would be hit if node N (or any object) goes. */
export const nodeLoss: Intent = {
  name: 'node-loss',
  example: 'what would be hit if node worker-1 goes?',
  patterns: [
    /^(?:can|could|would|will|do) (?:the )?(?:other|remaining|rest of the)(?: worker)? nodes? (?:take(?: over| on)?|hold|fit|run|handle|absorb|host|have (?:the )?room for) (?:all )?(?:the )?(?:pods|workloads?|load)(?: that are| running)?(?: of| from| on) (?:node )?(?<moved>\S+)$/i,
    /^(?:what|who|which [\w ]+?|how much)\b.*? (?:if|when|should) (?:i |we |the |someone |you )*(?:scale|scaled|set|reduce) (?:down )?(?<object>.+?) (?:down )?(?:to|at) (?:0|zero|nothing|no)(?: (?:replicas?|pods?))?(?: .*)?$/i,
    /^(?:what|who|which [\w ]+?|how much)\b.*? (?:if|when|should) (?:i |we |the |someone )*(?:lose|loses|lost|drain(?:s|ed)?|reboot(?:s|ed)?|stop(?:s|ped)?|kill(?:s|ed)?|cordon(?:ed)?|removed?|removes|deleted?|deletes|shut down|take down|took down|restart(?:ed)?) (?<object>.+?)(?: (?:now|today|down))?$/i,
    /^(?:what|who|which [\w ]+?|how much)\b.*? (?:if|when|should) (?:the )?(?<object>.+?) (?:goes|went|go|dies|died|die|fails|failed|fail|is|were|was|crashes|breaks|gets|disappears|reboots|stops|vanishes|has)\b.*$/i,
    /^(?:would|will|does|could) (?:it )?(?:deleting|draining|losing|removing|stopping|killing|rebooting|the loss of|hurt to (?:delete|drain|lose|remove|stop|kill|reboot)) (?<object>.+?)(?: (?:hurt|break|matter|harm|affect|be) ?.*)?$/i,
    /^(?:can|could|would|do) (?:we|i|the cluster|it) (?:survive|lose|afford to lose|tolerate|stand)(?: losing| the loss of)? (?<any>(?:a|an|any|one|every|each)(?: single)? (?:worker )?(?:node|machine|worker))(?: .*)?$/i,
    /^(?:would|will|can|could|does) .+? survive (?:a |the )?(?:reboot|loss|restart|drain|failure|outage) of (?<object>.+)$/i,
    /^(?:suppose|assume|imagine|say|let us say|if) (?:that )?(?:the )?(?<object>.+?) (?:goes|went|dies|died|fails|failed|is|was|were|gets|burns|crashes|breaks|disappears|vanishes|explodes|stops|reboots)\b.*$/i,
    /^(?:what is (?:the )?)?(?:the )?(?:blast radius|impact|effect|consequences?) of (?:losing |draining |deleting |removing |stopping |scaling (?:down )?)?(?<object>.+?)(?: (?:down )?to (?:0|zero|nothing))?$/i,
  ],
  answer: (caught, context) => {
    if (caught('any') !== '') return anyNodeReply(context);
    if (caught('moved') !== '') return elsewhereReply(context, caught('moved'));
    const found = resolve(context, caught('object'));
    if ('reply' in found) return found.reply;
    const [ref] = found.objects;
    if (ref.kind === 'Namespace') return namespaceReply(context, ref);
    return ref.kind === 'Node' ? nodeLossReply(context, ref) : objectReply(context, ref);
  },
};

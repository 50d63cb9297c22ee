import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { dependentsOf } from '../../graph/graph.ts';
import { isReady } from '../../reading/pod-status.ts';
import { podsBehind } from '../../reading/service-pods.ts';
import type { AskContext, Intent, Reply } from '../intent.ts';
import { lossesOf, roomElsewhere } from '../node-loss.ts';
import { stateOfRef } from '../object-state.ts';
import { resolve } from '../resolve.ts';
import { counted, listed } from '../words.ts';

/** Services all of whose ready pods are on the node. */
function servicesLost({ snapshot }: AskContext, node: string): readonly string[] {
  return snapshot.list('Service').flatMap((service) => {
    const ready = podsBehind(snapshot, service).filter(isReady);
    return ready.length > 0 && ready.every((pod) => pod.spec.nodeName === node) ? [`${service.metadata.namespace}/${service.metadata.name}`] : [];
  });
}

function nodeReply(context: AskContext, node: ObjectRef): Reply {
  const losses = lossesOf(context.snapshot, node.name);
  const objects = [node];
  if (losses.length === 0) return { headline: `Nothing that can be seen runs on Node ${node.name}.`, objects };
  const down = losses.filter((loss) => loss.down);
  const services = servicesLost(context, node.name);
  const lines = [
    ...(services.length === 0 ? [] : [`Without a ready endpoint then: Service ${listed(services, 6)}.`]),
    ...[roomElsewhere(context.snapshot, node.name)].filter((line) => line !== undefined),
    `Node ${node.name} is ${stateOfRef(context.snapshot, node)} now.`,
  ];
  const rows = losses.map((loss) => [refText(loss.workload), String(loss.here), String(loss.readyElsewhere), loss.effect]);
  const headline = `If Node ${node.name} goes, ${counted(losses.length, 'workload loses', 'workloads lose')} pods, and ${counted(down.length, 'of them is', 'of them are')} down.`;
  return { headline, table: { columns: ['workload', 'pods here', 'ready elsewhere', 'effect'], rows }, lines, objects };
}

function objectReply(context: AskContext, ref: ObjectRef): Reply {
  const dependents = dependentsOf(context.snapshot, ref).filter((d) => d.kind !== 'ReplicaSet' && d.kind !== 'Namespace');
  const objects = [ref];
  if (dependents.length === 0) return { headline: `Nothing that can be seen leans on ${refText(ref)}.`, objects };
  const rows = dependents.map((d) => [refText(d), stateOfRef(context.snapshot, d)]).toSorted((a, b) => (a[0] ?? '').localeCompare(b[0] ?? ''));
  return { headline: `${counted(rows.length, 'object leans', 'objects lean')} on ${refText(ref)}, directly or through others.`, table: { columns: ['who', 'state'], rows: rows.slice(0, 40) }, objects };
}

/** What would be hit if node N (or any object) goes. */
export const nodeLoss: Intent = {
  name: 'node-loss',
  example: 'what would be hit if node worker-1 goes?',
  patterns: [
    /^(?:what|who|which [\w ]+?|how much)\b.*? (?:if|when|should) (?:i |we |the |someone )*(?:lose|loses|lost|drain|drains|reboot|reboots|stop|stops|kill|kills|cordon|remove|removes|delete|deletes|shut down|take down|restart) (?<object>.+?)(?: (?:now|today|down))?$/i,
    /^(?:what|who|which [\w ]+?|how much)\b.*? (?:if|when|should) (?:the )?(?<object>.+?) (?:goes|went|go|dies|died|die|fails|failed|fail|is|were|was|crashes|breaks|gets|disappears|reboots|stops|vanishes|has)\b.*$/i,
    /^(?:what is the )?(?:blast radius|impact) of (?:losing |draining )?(?<object>.+)$/i,
    /^can (?:i|we) (?:safely )?(?:drain|reboot|cordon|remove|lose) (?<object>.+)$/i,
  ],
  answer: (caught, context) => {
    const found = resolve(context, caught('object'));
    if ('reply' in found) return found.reply;
    const [ref] = found.objects;
    return ref.kind === 'Node' ? nodeReply(context, ref) : objectReply(context, ref);
  },
};

import { counted, listed } from '@autodevops/domain/count-words';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { ownedTree } from '../../../graph/graph.ts';
import { workloadOf } from '../../../reading/workloads/owner.ts';
import { isFinished } from '../../../reading/pods/pod-status.ts';
import { podsOf } from '../../entrances.ts';
import type { AskContext, Caught, Intent, Reply } from '../../intent.ts';
import { namesOf } from '../../naming/names.ts';
import { podState } from '../../health/object-state.ts';
import { resolve } from '../../naming/resolve.ts';

const zoneLabel = 'topology.kubernetes.io/zone';

function onNode({ snapshot }: AskContext, node: string): Reply {
  const pods = snapshot.list('Pod').filter((pod) => pod.spec.nodeName === node && !isFinished(pod));
  const rows = pods.map((pod) => [
    pod.metadata.namespace,
    pod.metadata.name,
    podState(pod),
    refText(workloadOf(snapshot, pod)),
  ]);
  return {
    headline: `${counted(pods.length, 'pod runs', 'pods run')} on Node ${node}.`,
    ...(rows.length === 0 ? {} : { table: { columns: ['namespace', 'pod', 'state', 'of'], rows } }),
  };
}

function onControlPlane(context: AskContext): Reply {
  const nodes = context.snapshot
    .list('Node')
    .filter(({ metadata }) => metadata.labels['node-role.kubernetes.io/control-plane'] !== undefined);
  const replies = nodes.map(({ metadata }) => onNode(context, metadata.name));
  const [first] = replies;
  if (first === undefined) return { headline: 'No node of the control plane can be seen.' };
  return {
    headline: replies.map(({ headline }) => headline).join(' '),
    ...(first.table === undefined
      ? {}
      : { table: { columns: first.table.columns, rows: replies.flatMap(({ table }) => table?.rows ?? []) } }),
  };
}

/** Whether two run on one node, which may be so of some of their pods. */
function onSameNode({ snapshot }: AskContext, one: ObjectRef, other: ObjectRef): Reply {
  const [mine, theirs] = [one, other].map(
    (ref) =>
      new Set(
        podsOf(snapshot, ref)
          .filter((pod) => !isFinished(pod))
          .flatMap(({ spec }) => spec.nodeName ?? []),
      ),
  );
  const all = [...new Set([...(mine ?? []), ...(theirs ?? [])])].toSorted();
  const shared = all.filter((node) => mine?.has(node) === true && theirs?.has(node) === true);
  const isWhole = shared.length === all.length && shared.length > 0;
  const rows = all.map((node) => [
    node,
    mine?.has(node) === true ? 'yes' : 'no',
    theirs?.has(node) === true ? 'yes' : 'no',
  ]);
  return {
    headline: `${shared.length === 0 ? 'No' : isWhole ? 'Yes' : 'In part'}: ${namesOf([one, other])} share ${shared.length === 0 ? 'no node' : listed(shared)}.`,
    table: { columns: ['node', refText(one), refText(other)], rows },
    objects: [one, other],
  };
}

/** Whether pods are together on one node (or in one zone), or apart: an answer where that was asked. */
function spreadAnswer({ snapshot }: AskContext, pods: readonly Pod[], caught: Caught): string {
  const asked = caught('together') === '' ? caught('apart') : caught('together');
  if (asked === '') return '';
  const placeOf = ({ spec: { nodeName = '' } }: Pod): string =>
    /zone/i.test(asked) ? (snapshot.get('Node', '', nodeName)?.metadata.labels[zoneLabel] ?? '') : nodeName;
  const places = new Set(pods.map(placeOf).filter((place) => place !== ''));
  const all = new Set(snapshot.list('Node').flatMap(({ metadata }) => metadata.labels[zoneLabel] ?? []));
  const isApart = /\b(?:all|every)\b/i.test(asked) && /zone/i.test(asked) ? places.size === all.size : places.size > 1;
  const isSo = caught('together') === '' ? isApart : places.size === 1;
  return `${isSo ? 'Yes' : 'No'} (${listed([...places].toSorted())}): `;
}

/** Where X runs; what runs on node N. */
export const whereRuns: Intent = {
  name: 'where-runs',
  example: 'where does web run?',
  patterns: [
    /^(?:do|does|are|is) (?<one>\S+) and (?<other>\S+) (?:run|running|live|sit|both run|scheduled)?(?: )?on the same (?:node|machine|host)$/i,
    /^(?:is|are|do|does) (?:all |both |the )*(?:pods of |replicas of )?(?<object>[\w./-]+)(?: (?:replicas|pods))? (?:all |both )?(?:run |running |placed |scheduled |spread |distributed )*(?:(?:on|in) (?:the same|one|a single) (?<together>node|zone|machine|host)|(?:on|over|across|in|to) (?<apart>(?:several|all|many|more than one|different|multiple|every)(?: the| of the| our)? (?:nodes?|zones?|machines?|hosts?)))$/i,
    /^where (?:is|are|does|do) (?<object>.+?)(?: (?:running|run|runs|scheduled|placed|deployed|live))?$/i,
    /^(?:on )?(?:which|what) nodes? (?:is|are|does|do|runs?|hosts?|has|have) (?<object>(?!in |on |at |under |with |not |no ).+?)(?: (?:running|run|runs|scheduled|placed|deployed|on|running on|run on))?$/i,
    /^(?:what|which (?:pods?|workloads?|deployments?)|list pods|show pods|pods|how many pods)(?: else)?(?: that| which)? ?(?:runs?|is running|are running|are|is|was|were|is scheduled|are scheduled)? on (?:the )?(?:node )?(?<node>\S+|control ?plane(?: nodes?)?)$/i,
  ],
  answer: (caught, context) => {
    if (caught('one') !== '') {
      const [one, other] = [resolve(context, caught('one')), resolve(context, caught('other'))];
      return 'reply' in one
        ? one.reply
        : 'reply' in other
          ? other.reply
          : onSameNode(context, one.objects[0], other.objects[0]);
    }
    if (caught('node') !== '') {
      if (/^control ?-?plane/i.test(caught('node'))) return onControlPlane(context);
      const node = resolve(context, `node ${caught('node')}`);
      return 'reply' in node ? node.reply : { ...onNode(context, node.objects[0].name), objects: [node.objects[0]] };
    }
    const { snapshot } = context;
    const found = resolve(context, caught('object'));
    if ('reply' in found) return found.reply;
    const refs = found.objects.flatMap((ref) => [ref, ...ownedTree(snapshot, ref)]).filter((ref) => ref.kind === 'Pod');
    const pods = refs
      .flatMap((ref) => snapshot.get('Pod', ref.namespace, ref.name) ?? [])
      .filter((pod) => !isFinished(pod));
    const objects = [...found.objects];
    if (pods.length === 0) return { headline: `No pod of ${namesOf(found.objects)} runs.`, objects };
    const nodes = new Set(pods.map((pod) => pod.spec.nodeName ?? ''));
    const [only = ''] = nodes;
    const where = nodes.size > 1 || only === '' ? counted(nodes.size, 'node') : `Node ${only}`;
    const rows = pods.map((pod) => [
      pod.metadata.namespace,
      pod.metadata.name,
      pod.spec.nodeName ?? '(none yet)',
      podState(pod),
    ]);
    return {
      headline: `${spreadAnswer(context, pods, caught)}${namesOf(found.objects)}: ${counted(pods.length, 'pod')} on ${where}.`,
      table: { columns: ['namespace', 'pod', 'node', 'state'], rows },
      objects,
    };
  },
};

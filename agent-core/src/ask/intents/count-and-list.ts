import { formatDuration } from '@autodevops/domain/duration';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { AskContext, Intent, Reply } from '../intent.ts';
import { stateOf } from '../health/object-state.ts';
import { kindFromWords } from '../naming/phrase.ts';
import { atLeast, inScope, notSeen, scopeWords } from '../scope.ts';
import { pluralOf } from '../words.ts';

const most = 50;
const webhookKinds: readonly KindName[] = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'];

/** Of nodes, what `kubectl get nodes` tells besides: the kubelet's version. */
function versionOf(snapshot: Snapshot, kind: KindName, name: string): readonly string[] {
  return kind === 'Node' ? [snapshot.get('Node', '', name)?.status.nodeInfo.kubeletVersion ?? ''] : [];
}

function replyOf<K extends KindName>(context: AskContext, kind: K): Reply {
  const { snapshot } = context;
  const objects = inScope(context, kind).toSorted((a, b) =>
    `${a.metadata.namespace}/${a.metadata.name}`.localeCompare(`${b.metadata.namespace}/${b.metadata.name}`),
  );
  const headline = `${atLeast(context, kind)}${objects.length} ${pluralOf(kind, objects.length)}${scopeWords(context)}.`;
  if (objects.length === 0) return { headline };
  const rows = objects.slice(0, most).map((object) => {
    const age = snapshot.now - Date.parse(object.metadata.creationTimestamp ?? '');
    const cells = [object.metadata.name, stateOf(snapshot, kind, object), Number.isNaN(age) ? '' : formatDuration(age)];
    return kinds[kind].namespaced
      ? [object.metadata.namespace, ...cells]
      : [...cells, ...versionOf(snapshot, kind, object.metadata.name)];
  });
  const columns = kinds[kind].namespaced
    ? ['namespace', 'name', 'state', 'age']
    : ['name', 'state', 'age', ...(kind === 'Node' ? ['version'] : [])];
  const lines = objects.length > most ? [`${objects.length - most} more are left out.`] : [];
  return { headline, table: { columns, rows }, lines };
}

/** How many of a kind there are, and which. */
export const countAndList: Intent = {
  name: 'count-and-list',
  example: 'how many pods are in namespace shop?',
  isLoose: true,
  patterns: [
    /^(?:how many|number of|count)(?: of)?(?: the| my| our| all)? (?<kind>[a-z][a-z -]*?)(?: (?:are there|exist|do (?:i|we) have|are|is|there are|have we|run|running|in total))*(?: (?:in|on) (?:the|my|our|this) cluster)?$/i,
    /^(?:list|show(?: me)?|get|which|what|name|give me|print)(?: all)?(?: of)?(?: the| my| our)? (?<kind>[a-z][a-z -]*?)(?: (?:are there|exist|do (?:i|we) have|are running|run|running|there are|is there|there))*(?: with (?:their |its )?(?:versions?|states?|status|ages?|names?))?(?: (?:in|on|of) (?:the|my|our|this) cluster)?$/i,
    /^(?:are there|is there|do (?:i|we) have|any)(?: any| an?| some)? (?<kind>[a-z][a-z -]*?)(?: (?:in|on) (?:the|my|our|this) cluster)?$/i,
    /^(?:all )?(?<kind>[a-z][a-z -]*?)$/i,
  ],
  answer: (caught, context) => {
    const group = /^(?:admission )?webhooks?(?: configurations?)?$/i.test(caught('kind')) ? webhookKinds : [];
    const kinds = group.length > 0 ? group : [kindFromWords(caught('kind'))].flatMap((kind) => kind ?? []);
    const [first, ...others] = kinds.map((kind) => notSeen(context, kind) ?? replyOf(context, kind));
    return first === undefined
      ? undefined
      : others.reduce<Reply>(
          (all, reply) => ({
            ...all,
            headline: `${all.headline} ${reply.headline}`,
            ...(all.table === undefined || reply.table === undefined
              ? reply.table === undefined
                ? {}
                : { table: reply.table }
              : { table: { columns: all.table.columns, rows: [...all.table.rows, ...reply.table.rows] } }),
          }),
          first,
        );
  },
};

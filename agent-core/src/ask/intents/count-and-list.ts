import { formatDuration } from '@autodevops/domain/duration';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { AskContext, Intent, Reply } from '../intent.ts';
import { stateOf } from '../object-state.ts';
import { kindFromWords } from '../phrase.ts';
import { atLeast, inScope, notSeen, scopeWords } from '../scope.ts';

const most = 50;

function plural(kind: KindName, count: number): string {
  if (count === 1) return kind;
  if (/[^aeiou]y$/.test(kind)) return `${kind.slice(0, -1)}ies`;
  return /(?:s|x|ch)$/.test(kind) ? (kind === 'Endpoints' ? kind : `${kind}es`) : `${kind}s`;
}

function replyOf<K extends KindName>(context: AskContext, kind: K): Reply {
  const { snapshot } = context;
  const objects = inScope(context, kind).toSorted((a, b) => `${a.metadata.namespace}/${a.metadata.name}`.localeCompare(`${b.metadata.namespace}/${b.metadata.name}`));
  const headline = `${atLeast(context, kind)}${objects.length} ${plural(kind, objects.length)}${scopeWords(context)}.`;
  if (objects.length === 0) return { headline };
  const rows = objects.slice(0, most).map((object) => {
    const age = snapshot.now - Date.parse(object.metadata.creationTimestamp ?? '');
    const cells = [object.metadata.name, stateOf(snapshot, kind, object), Number.isNaN(age) ? '' : formatDuration(age)];
    return kinds[kind].namespaced ? [object.metadata.namespace, ...cells] : cells;
  });
  const columns = kinds[kind].namespaced ? ['namespace', 'name', 'state', 'age'] : ['name', 'state', 'age'];
  const lines = objects.length > most ? [`${objects.length - most} more are left out.`] : [];
  return { headline, table: { columns, rows }, lines };
}

/** How many of a kind there are, and which. */
export const countAndList: Intent = {
  name: 'count-and-list',
  example: 'how many pods are in namespace shop?',
  patterns: [
    /^(?:how many|number of|count)(?: of)?(?: the| my| our| all)? (?<kind>[a-z][a-z -]*?)(?: (?:are there|exist|do (?:i|we) have|are running|are|is|there are|have we|run|running|in total))*(?: (?:in|on) (?:the|my|our|this) cluster)?$/i,
    /^(?:list|show(?: me)?|get|which|what|name|give me|print)(?: all)?(?: of)?(?: the| my| our)? (?<kind>[a-z][a-z -]*?)(?: (?:are there|exist|do (?:i|we) have|are running|run|running|there are|is there|there))*(?: (?:in|on|of) (?:the|my|our|this) cluster)?$/i,
    /^(?:are there|is there|do (?:i|we) have)(?: any| an?| some)? (?<kind>[a-z][a-z -]*?)(?: (?:in|on) (?:the|my|our|this) cluster)?$/i,
    /^(?:all )?(?<kind>[a-z][a-z -]*?)$/i,
  ],
  answer: (caught, context) => {
    const kind = kindFromWords(caught('kind'));
    return kind === undefined ? undefined : (notSeen(context, kind) ?? replyOf(context, kind));
  },
};

import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { AskContext, Intent, Reply } from '../intent.ts';
import { objectStates } from '../health/asked-states.ts';
import type { AskedState } from '../health/asked-states.ts';
import { stateOf } from '../health/object-state.ts';
import { kindFromWords } from '../naming/phrase.ts';
import { atLeast, inScope, notSeen, scopeWords } from '../scope.ts';
import { areOf, counted, fewNames, pluralOf } from '../words.ts';

const most = 40;

function replyOf<K extends KindName>(context: AskContext, kind: K, asked: AskedState): Reply {
  const all = inScope(context, kind).map((object) => ({ object, state: stateOf(context.snapshot, kind, object) }));
  const found = all.filter(({ state }) => asked.test(state));
  const of = `of ${counted(all.length, kind, pluralOf(kind))}${scopeWords(context)}`;
  if (found.length === 0) return { headline: `None ${of} is ${asked.said}.` };
  const rows = found
    .slice(0, most)
    .map(({ object, state }) => [object.metadata.namespace, object.metadata.name, state]);
  return {
    headline: `${atLeast(context, kind)}${found.length} ${of} ${areOf(found.length)} ${asked.said}${fewNames(found.map(({ object: { metadata } }) => [metadata.namespace, metadata.name].filter((part) => part !== '').join('/')))}.`,
    table: { columns: ['namespace', 'name', 'state'], rows },
    lines: found.length > most ? [`${found.length - most} more are left out.`] : [],
  };
}

/** Which Deployments are not ready, which Jobs failed, which claims are pending. */
export const objectsInState: Intent = {
  name: 'objects-in-state',
  example: 'which deployments are not ready?',
  isLoose: true,
  patterns: [
    /^(?<kind>[a-z][a-z ]*?) (?:without|with no|lacking) (?<state>(?:ready )?endpoints?)$/i,
    /^(?:how many|which|what|list|show(?: me)?|get|are|any|are there(?: any)?|do (?:i|we) have(?: any)?)(?: of)?(?: all)?(?: the| my| our| any)? (?<kind>[a-z][a-z ]*?)(?: that)? (?:are|is|have|has|do not have|does not have|were|with|without) (?<state>[a-z0-9 ]+)$/i,
    /^(?:how many|which|what|list|show(?: me)?|did any)(?: of)?(?: the| my| our)? (?<kind>[a-z][a-z ]*?) (?:has |have )?(?<state>failed|fail|succeeded|completed|finished)(?: (?:today|recently|so far))?$/i,
    /^(?:how many|which|what|list|show(?: me)?|any|are there(?: any)?|do (?:i|we) have(?: any)?|is there an?)?(?: all)?(?: the| any)? ?(?<state>not ready|unready|failed|failing|broken|pending|suspended|unhealthy|unavailable|paused|stuck|ready|bound|unbound|terminating|scaled down|idle|complete|completed|finished) (?<kind>[a-z][a-z ]*?)(?: (?:are there|now|here))*$/i,
  ],
  answer: (caught, context) => {
    const kind = kindFromWords(caught('kind'));
    const asked = objectStates.find(({ words }) => words.test(caught('state')));
    if (
      kind === undefined ||
      asked === undefined ||
      kind === 'Pod' ||
      /\bare there$|^(?:run|running|exist)$/i.test(caught('state'))
    ) {
      return undefined;
    }
    return notSeen(context, kind) ?? replyOf(context, kind, asked);
  },
};

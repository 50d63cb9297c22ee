import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { AskContext, Intent, Reply } from '../intent.ts';
import { stateOf } from '../health/object-state.ts';
import { kindFromWords } from '../naming/phrase.ts';
import { atLeast, inScope, notSeen, scopeWords } from '../scope.ts';
import { areOf, counted, fewNames, pluralOf } from '../words.ts';

const most = 40;

interface Asked {
  readonly words: RegExp;
  readonly said: string;
  /** On the state as `stateOf` words it. */
  readonly test: (state: string) => boolean;
}

/** "1 of 3 ready", "selects no pod": fewer than there should be. */
function isShort(state: string): boolean {
  const match = /(\d+) of (\d+)/.exec(state);
  return match === null ? /^selects no pod|^not ready|^failed|^Pending|^Lost|^Terminating/.test(state) : Number(match[1]) < Number(match[2]);
}

const states: readonly Asked[] = [
  { words: /\bendpoints?\b|\bpods? behind\b/i, said: 'without a ready endpoint', test: (state) => /^0 of [1-9]|^selects no pod/.test(state) },
  { words: /\bsuspended\b/i, said: 'suspended', test: (state) => state.startsWith('suspended') },
  { words: /\b(?:scaled (?:down|to (?:0|zero))|at zero|stopped|idle)\b/i, said: 'scaled to zero', test: (state) => state.includes('scaled to 0') },
  { words: /\bpaused\b/i, said: 'paused', test: (state) => state.startsWith('paused') },
  { words: /\b(?:pending|unbound|not bound)\b/i, said: 'pending', test: (state) => state.startsWith('Pending') },
  { words: /\bbound\b/i, said: 'bound', test: (state) => state.startsWith('Bound') },
  { words: /\bterminating\b/i, said: 'terminating', test: (state) => state.startsWith('Terminating') },
  { words: /\b(?:complete|completed|finished|succeeded|done)\b/i, said: 'complete', test: (state) => state.startsWith('complete') },
  { words: /\bfailed\b/i, said: 'failed', test: (state) => state.startsWith('failed') || isShort(state) },
  { words: /\b(?:not (?:ready|healthy|available|running|ok|up)|unready|unhealthy|unavailable|failing|broken|down|stuck|degraded|in trouble)\b/i, said: 'not ready', test: isShort },
  { words: /\b(?:ready|healthy|available|running|up|ok)\b/i, said: 'ready', test: (state) => !isShort(state) && /\d+ of \d+|^ready|^Active|^Bound|^complete/.test(state) },
];

function replyOf<K extends KindName>(context: AskContext, kind: K, asked: Asked): Reply {
  const all = inScope(context, kind).map((object) => ({ object, state: stateOf(context.snapshot, kind, object) }));
  const found = all.filter(({ state }) => asked.test(state));
  const of = `of ${counted(all.length, kind, pluralOf(kind))}${scopeWords(context)}`;
  if (found.length === 0) return { headline: `None ${of} is ${asked.said}.` };
  const rows = found.slice(0, most).map(({ object, state }) => [object.metadata.namespace, object.metadata.name, state]);
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
  patterns: [
    /^(?<kind>[a-z][a-z ]*?) (?:without|with no|lacking) (?<state>(?:ready )?endpoints?)$/i,
    /^(?:how many|which|what|list|show(?: me)?|get|are|any|are there(?: any)?|do (?:i|we) have(?: any)?)(?: of)?(?: all)?(?: the| my| our| any)? (?<kind>[a-z][a-z ]*?)(?: that)? (?:are|is|have|has|do not have|does not have|were|with|without) (?<state>[a-z0-9 ]+)$/i,
    /^(?:how many|which|what|list|show(?: me)?|did any)(?: of)?(?: the| my| our)? (?<kind>[a-z][a-z ]*?) (?:has |have )?(?<state>failed|fail|succeeded|completed|finished)(?: (?:today|recently|so far))?$/i,
    /^(?:how many|which|what|list|show(?: me)?|any|are there(?: any)?|do (?:i|we) have(?: any)?|is there an?)?(?: all)?(?: the| any)? ?(?<state>not ready|unready|failed|failing|broken|pending|suspended|unhealthy|unavailable|paused|stuck|ready|bound|unbound|terminating|scaled down|idle|complete|completed|finished) (?<kind>[a-z][a-z ]*?)(?: (?:are there|now|here))*$/i,
  ],
  answer: (caught, context) => {
    const kind = kindFromWords(caught('kind'));
    const asked = states.find(({ words }) => words.test(caught('state')));
    if (kind === undefined || asked === undefined || kind === 'Pod' || /\bare there$|^(?:run|running|exist)$/i.test(caught('state'))) return undefined;
    return notSeen(context, kind) ?? replyOf(context, kind, asked);
  },
};

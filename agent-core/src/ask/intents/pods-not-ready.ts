import { formatDuration } from '@autodevops/domain/duration';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { AskContext, Intent } from '../intent.ts';
import { podState } from '../health/object-state.ts';
import { isInState } from '../health/pod-states.ts';
import type { PodState } from '../health/pod-states.ts';
import { atLeast, inScope, notSeen, scopeWords } from '../scope.ts';
import { areOf, counted, fewNames } from '../words.ts';

const most = 40;

interface Asked {
  readonly words: RegExp;
  readonly said: PodState;
}

/** What people call it, and which pods that is; the last fits everything else. */
const states: readonly Asked[] = [
  {
    words: /\b(?:no|without|any) node\b|unscheduled|not (?:on|placed on) (?:a|any)\b|not placed$/i,
    said: 'without a node',
  },
  { words: /image|pull/i, said: 'waiting for an image' },
  { words: /pending|unschedul|not scheduled|waiting/i, said: 'pending' },
  { words: /crash|restarting|back-?off/i, said: 'crashing' },
  { words: /evict/i, said: 'evicted' },
  { words: /oom/i, said: 'killed for memory' },
  { words: /terminat|deleting|being deleted/i, said: 'terminating' },
  { words: /completed|finished|succeeded/i, said: 'completed' },
  {
    words:
      /not ready|unready|fail|broken|unhealthy|not running|stuck|trouble|down|error|sick|bad|unavailable|not healthy|wrong|not up|not ok/i,
    said: 'not ready',
  },
  { words: /ready|running|healthy|up|ok/i, said: 'running and ready' },
];

/** Begins another condition, or a reason: what is said of the state alone would be the answer to another question. */
const furtherCondition =
  /\b(?:because|due to|whose|using|with|per|by|more than|less than|fewer than|older|newer|younger|and|but|or|would|could|should|will|first|under|soon|next|neither|nor|from)\b/i;

function age(pod: Pod, context: AskContext): string {
  const made = Date.parse(pod.metadata.creationTimestamp ?? '');
  return Number.isNaN(made) ? '' : formatDuration(context.snapshot.now - made);
}

/** How many pods are not ready, and which; also pending, crashing, evicted, terminating, ... */
export const podsNotReady: Intent = {
  name: 'pods-not-ready',
  example: 'which pods are not ready?',
  isLoose: true,
  patterns: [
    /^(?:how many|which|what|list|show(?: me)?|give me|get|are there(?: any)?|were there(?: any)?|were any|are any|any|do (?:i|we) have(?: any)?)(?: of)?(?: all)?(?: the| my| our)? (?<before>[\w -]*?)\bpods? ?(?:(?:that|which) )?(?:are|is|have been|were|do|does|have|has|keep|(?<with>with|without))? ?(?<state>.*)$/i,
    /^pods? (?<state>.+)$/i,
    /^(?:is|are|was|has|have|do|does)?(?: there)? ?(?:anything|something|anyone|any ?one|any of (?:them|these|the pods))(?: (?:is|are|was|been|being|getting|got|gets|still|currently|in|stuck in))* (?<state>(?:oom|crash|pending|evict|terminat|stuck|restarting|not ready|image|back-?off|unschedul)[\w -]*?)(?: (?:now|right now|again|today))?$/i,
    /^(?:any|are there(?: any)?|were there(?: any)?|was there(?: an?| any)?|is there(?: an?| any)?|show(?: me)?|list|how many)(?: recent)? (?<before>oom ?kill\w*|ooms?|evictions?|crash ?loops?(?: ?back ?offs?)?|crash(?:es|ing)|image pull (?:errors?|failures?)|pull errors?)(?: (?:are there|now|today|here))*$/i,
    /^(?<before>not ready|unready|failing|failed|crashing|pending|broken|unhealthy|evicted) pods?$/i,
  ],
  answer: (caught, context) => {
    const said = `${caught('before')} ${caught('state')}`;
    const asked = states.find(({ words }) => words.test(said));
    if (asked === undefined) return undefined;
    const besides = said.replace(asked.words, ' ');
    if (furtherCondition.test(besides) || (caught('with') !== '' && /[a-z]{4}/i.test(besides))) return undefined;
    const blind = notSeen(context, 'Pod');
    if (blind !== undefined) return blind;
    const all = inScope(context, 'Pod');
    const found = all.filter((pod) => isInState(pod, asked.said, context.snapshot.now));
    const of = `of ${counted(all.length, 'pod')}${scopeWords(context)}`;
    if (found.length === 0) return { headline: `None ${of} is ${asked.said}.` };
    const rows = found
      .slice(0, most)
      .map((pod) => [
        pod.metadata.namespace,
        pod.metadata.name,
        podState(pod),
        age(pod, context),
        pod.spec.nodeName ?? '',
      ]);
    const lines = found.length > most ? [`${found.length - most} more are left out.`] : [];
    return {
      headline: `${atLeast(context, 'Pod')}${found.length} ${of} ${areOf(found.length)} ${asked.said}${fewNames(found.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`))}.`,
      table: { columns: ['namespace', 'pod', 'state', 'age', 'node'], rows },
      lines,
    };
  },
};

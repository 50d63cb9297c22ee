import { refText } from '@autodevops/domain/object-ref';
import type { AskContext, Intent, Reply } from '../../intent.ts';
import { namedHealth } from '../../health/named-health.ts';
import { stateOfRef } from '../../health/object-state.ts';

/** "How many replicas of X are ready": the number first, then why. */
function countFirst(context: AskContext, words: string): Reply | undefined {
  const health = namedHealth(context, words);
  const [ref, other] = health.objects ?? [];
  if (ref === undefined || other !== undefined) return health;
  return {
    ...health,
    headline: `${refText(ref)}: ${stateOfRef(context.snapshot, ref)}.`,
    lines: (health.causes ?? []).length === 0 ? [] : [health.headline],
  };
}

/** "Does X have enough replicas": yes or no, and how many. */
function enoughReply(context: AskContext, words: string): Reply | undefined {
  const reply = countFirst(context, words);
  const [, ready, all] = /(\d+) of (\d+) ready/.exec(reply?.headline ?? '') ?? [];
  return reply === undefined || all === undefined
    ? reply
    : { ...reply, headline: `${ready === all ? 'Yes' : 'No'}: ${reply.headline}` };
}

/** Is X healthy; how is X; the status of X. */
export const isHealthy: Intent = {
  name: 'is-healthy',
  example: 'is web healthy?',
  patterns: [
    /^(?:does|do|has|have) (?<enough>[\w./-]+?) (?:have |got )?(?:enough|sufficient|all (?:its|the)) (?:replicas|pods|instances|copies)(?: (?:up|ready|running|available|healthy))*$/i,
    /^(?:is|are|does|do) (?<object>.+?) (?:not )?(?:healthy|ok|okay|fine|good|well|up|down|running|run|ready|working|work|alive|broken|degraded|failing|failed|available|crashing|crash ?looping|stuck|pending|unhealthy|in order|all right|alright|happy|green|sane|reachable|accessible|serving|responding|answering)(?: (?:now|right now|yet|again|today|anywhere|somewhere|here))?$/i,
    /^(?:what(?: is|'s|s)|how(?: is|'s|s)|give me|show me|get)? ?(?:the )?(?:status|health|state|condition) (?:of|for) (?<object>.+)$/i,
    /^(?:what(?: is|'s|s)|how(?: is|'s|s)) (?<object>.+?)(?:'s)? (?:status|health|state)$/i,
    /^how many (?:replicas|pods|instances|copies) (?:of|does|do|has|are in|behind) (?<replicas>[\w./ -]+?) (?:are|is|have|has|run|running|ready|available|up|healthy)(?: (?:ready|running|available|up|healthy))*$/i,
    /^how many (?:replicas|pods|instances|copies) (?:should|does|do|is|are|must) (?<replicas>[\w./-]+) (?:have|want|need|wants?|supposed to have|run|set to|configured|ask for)(?: .*)?$/i,
    /^is (?:it|this|that) (?:the |a |an |our )?(?<object>[\w ./-]+?)(?: (?:problem|issue|fault|again|trouble))*$/i,
    /^(?<object>[\w./-]+(?: [\w./-]+)?) (?:status|health|state)$/i,
    /^(?:is|are)(?: there)?(?: any)? (?:anything|something|problems?|issues?|troubles?|errors?)(?: is)?(?: wrong| broken| off| up)? (?:with|on|about|at|for) (?<object>.+)$/i,
    /^(?:describe|inspect|about|tell me about|(?:everything|all|more|something) (?:about|on)|what about|details? (?:of|on|about)|info (?:on|about)) (?<object>.+)$/i,
    /^how (?:is|are) (?<object>.+?)(?: (?:doing|today|now|right now|feeling|going))?$/i,
  ],
  answer: (caught, context) =>
    caught('enough') !== ''
      ? enoughReply(context, caught('enough'))
      : caught('replicas') !== ''
        ? countFirst(context, caught('replicas'))
        : namedHealth(
            context,
            caught('object')
              .replace(/^there (?:any )?/i, '')
              .replace(/^all (?:the |my |our )?(?=\S)/i, ''),
          ),
};

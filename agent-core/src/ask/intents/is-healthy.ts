import type { Intent } from '../intent.ts';
import { namedHealth } from '../named-health.ts';

/** Is X healthy; how is X; the status of X. */
export const isHealthy: Intent = {
  name: 'is-healthy',
  example: 'is web healthy?',
  patterns: [
    /^(?:is|are|does|do) (?<object>.+?) (?:not )?(?:healthy|ok|okay|fine|good|well|up|down|running|run|ready|working|work|alive|broken|failing|failed|available|crashing|stuck|pending|unhealthy|in order|all right|alright)(?: (?:now|right now|yet|again|today))?$/i,
    /^(?:what(?: is|'s|s)|how(?: is|'s|s)|give me|show me|get)? ?(?:the )?(?:status|health|state|condition) (?:of|for) (?<object>.+)$/i,
    /^(?:what(?: is|'s|s)|how(?: is|'s|s)) (?<object>.+?)(?:'s)? (?:status|health|state)$/i,
    /^(?:is|are)(?: there)?(?: any)? (?:anything|something|problems?|issues?|troubles?|errors?)(?: is)?(?: wrong| broken| off| up)? (?:with|on|about|at|for) (?<object>.+)$/i,
    /^(?:describe|inspect|tell me about|what about|details? (?:of|on|about)|info (?:on|about)) (?<object>.+)$/i,
    /^how (?:is|are) (?<object>.+?)(?: (?:doing|today|now|right now|feeling|going))?$/i,
  ],
  answer: (caught, context) => namedHealth(context, caught('object').replace(/^there (?:any )?/i, '')),
};

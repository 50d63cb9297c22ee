import type { Intent } from '../../intent.ts';
import { scopeHealth } from '../../health/scope-health.ts';

/** What is wrong here, or (the scope is taken off the question) in namespace Y. */
export const whatIsWrong: Intent = {
  name: 'what-is-wrong',
  example: 'what is wrong in namespace shop?',
  patterns: [
    /^(?!what(?: is)?$)(?:what|which things?|anything|something|is anything|is something|are there any problems|is there (?:a|any) (?:problem|trouble|issue)s?|(?:any|list|show)(?: the| all)? (?:problems?|issues?|errors?|troubles?))(?:'s| is| are|s)?(?: currently| all)?(?: (?:wrong|broken|failing|failed|unhealthy|down|up|off|funky|fishy|weird|odd|strange|degraded|going on|going wrong|not working|on fire|happening|the (?:problem|matter|issue)s?))?(?: (?:here|now|right now|today|in (?:the|my|our|this) cluster|with (?:the|my|our|this) cluster|there))*$/i,
    /^(?:is|are) (?:everything|all|the cluster|my cluster|our cluster|things|we) (?:healthy|happy|green|normal|degraded|broken|down|sick|ok|okay|fine|good|well|up|running|ready|working|alright|all right|in order)(?: (?:here|now|right now|today))?$/i,
    /^(?:how is|how are|how's) (?:it|everything|things|the cluster|my cluster|our cluster)(?: (?:going|doing|today|now))?$/i,
    /^(?:what (?:is|are) |show(?: me)? |list |give me )?(?:the |my |our )?(?:top|biggest|worst|main|most important) (?:\d+ |three |five |ten )?(?:problems?|issues?|causes|troubles?|failures?)$/i,
    /^(?:what is |how is |show(?: me)? |give me )?(?:the )?(?:overall |general |current )?(?:state|status|health|condition|situation)$/i,
    /^(?:diagnose|health ?check|status|problems|summary|overview|tl;?dr|in short|short version|eli5|sitrep)(?: (?:everything|the cluster|my cluster))?$/i,
  ],
  answer: (_, context) => scopeHealth(context),
};

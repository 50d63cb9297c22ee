import type { Intent } from '../../intent.ts';
import { mentioned } from '../../naming/mentioned.ts';
import { objectHealth } from '../../health/object-health.ts';

/** Words by which a sentence speaks of trouble, whatever else it says. */
const trouble =
  /\b(?:down|fail\w*|crash\w*|broke\w*|break\w*|errors?|issues?|problems?|trouble|wrong|outage|unavailable|unhealthy|unreachable|stuck|pending|not working|not work|not ready|not start\w*|does not|can not|oom\w*|restart\w*|time ?outs?|timing out|refused|root cause|why|5\d\d|50x|5xx|4\d\ds?|503s|502s|500s|504s|gone|dead|missing|debug|investigate|incident|help|acting (?:up|weird|strange)|misbehav\w*|flak(?:y|ing)|funky|fishy|going on|what(?: is)? up)\b/i;

/** A sentence that names one object and speaks of trouble: what is known of the object is what is wanted. */
export const troubleWithMentioned: Intent = {
  name: 'trouble-with-mentioned',
  example: 'storefront gives 503s, what is the root cause?',
  // Who, how many and which are other questions, whatever is wrong.
  patterns: [/^(?<passed>(?!who|whose|how (?:many|much|often)|which|should|when|what (?:has |was )?changed)\S.*)$/i],
  answer: (caught, context) => {
    if (!trouble.test(caught('passed'))) return undefined;
    // What one has to do with another is more than how each of them is.
    const [first, other] = mentioned(context, caught('passed'));
    return first === undefined || other !== undefined ? undefined : objectHealth(context, [first]);
  },
};

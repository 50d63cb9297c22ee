import type { Intent } from '../intent.ts';
import { namedHealth } from '../named-health.ts';

const trouble =
  /^why (?:is|are|was|were|does|do|did|has|have|can|will|would)(?: not)? (?<object>.+?) (?:(?:not|still|always|constantly|currently|suddenly|often|keeps?|keeping|being|getting) )*(?:in [\w-]+|[a-z]*(?:fail|crash|restart|pend|break|kill|evict|start|work|run|stick|respond|terminat|schedul|load|deploy|serv|com|go|throttl|wait|hang|loop|unavailab|unhealth|unread|unreach)[a-z]*(?: .*)?|broken|down|up|ready|healthy|stuck|slow|available|reachable|unreachable|red|dead|offline|empty|back.?off|pending|oom ?killed|unschedulable|not .+|so .+|\d{3})$/i;

/** Why is X failing; what is wrong with X. */
export const whyFailing: Intent = {
  name: 'why-failing',
  example: 'why is web failing?',
  patterns: [
    trouble,
    /^why (?:is|are|does|do|did|has|have|can|will|would)(?: not)? (?:the )?(?<object>[\w./-]+) (?:not )?(?:reach|connect|talk|access|see|find|get|use|read|write|resolve|accept|answer|reply|move|scale|roll|update|become|come|go|take|return|give|show|need|want|die|end|exit|lose)\b.*$/i,
    /^why (?:is|are|does|do|did|has|have|can|will|would)(?: not)? (?<object>[\w./-]+(?: [\w./-]+){0,2})$/i,
    /^why (?<object>.+?) (?:is|are|was|were|does|do|did|has|have|keeps?|cannot|can(?:'?t| not)?|won'?t|fails|failed|crashes|crashed|restarts|restarted)\b.*$/i,
    /^what(?:'s| is| are|s)? (?:wrong|broken|failing|going (?:on|wrong)|up|happening|the (?:problem|matter|issue|trouble|cause|reason))s? (?:with|about|on|at|for|of|in|behind) (?<object>.+)$/i,
    /^how (?:do|can|should|could) (?:i|we) (?:fix|repair|solve|heal) (?<object>.+)$/i,
    /^(?:what|who) (?:broke|is breaking|breaks|killed|is killing|crashed) (?<object>.+)$/i,
    /^(?:diagnose|debug|troubleshoot|investigate|fix|look at|check)(?: the)?(?: problems? (?:with|of))? (?<object>.+)$/i,
  ],
  answer: (caught, context) => namedHealth(context, caught('object')),
};

import { remedy } from '@autodevops/domain/remedy/remedy';
import type { AskContext, Intent, Reply } from '../../intent.ts';
import { namedHealth } from '../../health/named-health.ts';
import { remedyLines } from '../../remedy-lines.ts';

const trouble =
  /^why (?:is|are|was|were|does|do|did|has|have|can|will|would)(?: not)? (?<object>.+?) (?:(?:not|still|always|constantly|currently|suddenly|often|keeps?|keeping|being|getting|gets?|got) )*(?:in [\w-]+|[a-z]*(?:fail|crash|restart|pend|break|kill|evict|start|work|run|stick|respond|answer|terminat|schedul|load|deploy|serv|com|go|throttl|wait|hang|loop|unavailab|unhealth|unread|unreach)[a-z]*(?: .*)?|broken|down|up|ready|healthy|stuck|available|reachable|unreachable|red|dead|offline|empty|back.?off|pending|oom ?killed|unschedulable|not .+|so .+|\d{3})$/i;

/** How to repair it: the first step, and who does it. */
function repairOf(context: AskContext, words: string): Reply {
  const reply = namedHealth(context, words);
  const [cause] = reply.causes ?? [];
  const [step] = cause?.nextSteps ?? [];
  if (cause === undefined) return reply;
  const { kind, namespace, name } = cause.object;
  const fix = remedy`I only read. ${{ do: 'propose-fix', target: { kind, namespace, name } }} shows what would help, and asks before it does anything.`;
  const first = step === undefined ? [] : [`Next step: ${step}`];
  return { ...reply, ...remedyLines([...first, fix, ...(reply.lines ?? [])], reply) };
}

/** Why is X failing; what is wrong with X. */
export const whyFailing: Intent = {
  name: 'why-failing',
  example: 'why is web failing?',
  patterns: [
    /^why (?:does|do|is|are|did|has) (?:kubernetes|k8s|the kubelet|the cluster|it|the scheduler) (?:keeps? |not )*(?:on )?(?:restart|kill|evict|terminat|recreat|schedul|start|creat|delet)\w* (?<object>.+)$/i,
    /^why (?:is|are|does|do|can|will|would|did|were|was)(?: not)? (?<object>(?:there )?(?:no |any |new |more )+pods?)(?: (?:being|getting|be|get))* ?(?:created|made|started|coming(?: up)?|scheduled|running|there|appear\w*|come(?: up)?|start)?$/i,
    /^why (?:is|are|does|do) .+? (?:fine|ok|okay|healthy|up|work\w*|ready|good),? (?:but|and|while|yet) (?:is |does |are )?(?<object>[\w./-]+) (?:is |does |are )?(?:not|down|broken|failing|fails|crash\w*)(?: \w+)?$/i,
    trouble,
    // How slow something is, and why, is measured: here is only whether anything is wrong with it.
    /^why (?:is|are|was|were|has|have)(?: not)? (?<object>.+?) (?<passed>(?:\w+ )?slow)$/i,
    /^why (?:is|are|does|do|did|has|have|can|will|would)(?: not)? (?:the )?(?<object>[\w./-]+) (?:not )?(?:reach|connect|talk|access|see|find|get|use|read|write|resolve|accept|answer|reply|move|scale|roll|update|become|come|go|take|return|give|show|need|want|die|end|exit|lose)\b.*$/i,
    /^why (?:is|are|does|do|did|has|have|can|will|would)(?: not)? (?<object>[\w./-]+(?: [\w./-]+){0,2})$/i,
    /^why (?<object>.+?) (?:is|are|was|were|does|do|did|has|have|keeps?|cannot|can(?:'?t| not)?|won'?t|fails|failed|crashes|crashed|restarts|restarted)\b.*$/i,
    /^what(?:'s| is| are|s)? (?:wrong|broken|failing|going (?:on|wrong)|up|happening|the (?:problem|matter|issue|trouble|cause|reason))s? (?:with|about|on|at|for|of|in|behind) (?<object>.+)$/i,
    /^(?:how (?:do|can|should|could) (?:i|we)|can (?:i|we|jamie)) (?:fix|repair|solve|heal|resolve) (?<fix>.+)$/i,
    /^can (?<fix>.+?) be (?:fixed|repaired|healed|solved)(?: .*)?$/i,
    /^(?:make|get) (?<fix>.+?) (?:stop|work|run|start|healthy|come|behave|not)\b.*$/i,
    /^(?:please )?(?:fix|repair|heal) (?<fix>.+)$/i,
    /^how (?:do|can|could) (?:i|we) (?:get|bring) (?<fix>.+?) (?:back|up|running|working|healthy|going|scheduled|started|ready|fixed|unstuck|placed)(?: .*)?$/i,
    /^what (?:is|are) (?<object>.+?) waiting (?:for|on)$/i,
    /^(?:what|who) (?:broke|is breaking|breaks|killed|is killing|crashed) (?<object>.+)$/i,
    /^(?:diagnose|debug|troubleshoot|investigate|look at|check)(?: the)?(?: problems? (?:with|of))? (?<object>.+)$/i,
  ],
  answer: (caught, context) =>
    caught('fix') === '' ? namedHealth(context, caught('object')) : repairOf(context, caught('fix')),
};

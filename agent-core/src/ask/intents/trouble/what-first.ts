import { counted } from '@autodevops/domain/count-words';
import { refText } from '@autodevops/domain/object-ref';
import { causesIn } from '../../health/health.ts';
import type { Cause } from '@autodevops/domain/diagnosis';
import type { Intent, Reply } from '../../intent.ts';
import { scopeHealth } from '../../health/scope-health.ts';

/** How grave it is: by what is critical, and what that does to users. */
function urgencyOf(causes: readonly Cause[], first: Cause): Reply {
  const critical = causes.filter(({ severity }) => severity === 'critical');
  const [worst = first] = critical;
  const headline =
    critical.length === 0
      ? `No: none of ${counted(causes.length, 'problem')} is critical.`
      : `Yes: ${critical.length} of ${counted(causes.length, 'problem')} ${critical.length === 1 ? 'is' : 'are'} critical, first ${refText(worst.object)}: ${worst.cause}`;
  return { headline, lines: worst.impact === '' ? [] : [worst.impact], causes: [worst], objects: [worst.object] };
}

/** What to do first: the cause that ranks first, and its first step. */
export const whatFirst: Intent = {
  name: 'what-first',
  example: 'what should I do first?',
  patterns: [
    /^(?:what|which) (?:should|do|can|must|would) (?:i|we|you) (?:do|fix|look at|start with|check|tackle|repair|handle|address|prioriti[sz]e)(?: first| next| now| about (?:it|this|that|them))*$/i,
    /^where (?:should|do|can) (?:i|we) (?:start|begin|look)(?: first)?$/i,
    /^(?:what|which)(?: is| are| one is)? (?:the |my |our )?(?:most |biggest |top |worst |main |first |highest )+(?:urgent|important|critical|severe|pressing|serious|priority)? ?(?:problem|issue|thing|trouble|cause|incident|priority|one|fix|failure)?s?(?: (?:now|right now|here|to fix|first|in the cluster))*$/i,
    /^(?:what is |find |show |tell me )?(?:the )?root causes?(?: (?:here|of (?:this|all this|everything|it|the (?:incident|outage))))?$/i,
    /^(?:what|who|which(?: \w+)?)(?: is| are| was|'s)(?: really| actually| probably| likely)? (?:the |at |to )?(?:(?:most )?(?:likely|probable) )?(?:root causes?|cause|origin|culprit|fault|blame|responsible|bottleneck)(?: (?:here|now|(?:of|for|behind) (?:this|all this|it|the (?:incident|outage|slowness|errors?|latency|trouble))))?$/i,
    /^(?:next steps?|what (?:is|are) (?:the )?next steps?|what now|now what)$/i,
    /^(?<urgency>(?:is|are) (?:this|it|that|things|any(?:thing| of (?:this|it|them))?) (?:all )?(?:so |that |really )?(?:urgent|critical|serious|severe|an emergency|bad|dangerous)|how (?:urgent|bad|serious|critical|severe) is (?:it|this|that|the situation)|(?:should|must|do) (?:i|we) (?:have to |need to )?(?:page|wake|call|alert) (?:someone|somebody|anyone|anybody|the on.?call|people|up .*).*)$/i,
  ],
  answer: (caught, context) => {
    const causes = context.namespace === undefined ? context.diagnosis.causes : causesIn(context, context.namespace);
    const [first] = causes;
    if (first === undefined) return scopeHealth(context);
    if (caught('urgency') !== '') return urgencyOf(causes, first);
    const [step] = first.nextSteps;
    const rest =
      causes.length === 1
        ? []
        : [
            `${counted(causes.length - 1, 'more problem')} after that: ${causes
              .slice(1, 4)
              .map(({ object }) => refText(object))
              .join(', ')}.`,
          ];
    return {
      headline: `First ${refText(first.object)}: ${first.cause}`,
      lines: [...(step === undefined ? [] : [`Next step: ${step}`]), ...rest],
      causes: [first],
      objects: [first.object],
      blindSpots: [...context.diagnosis.blindSpots],
    };
  },
};

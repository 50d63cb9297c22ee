import { refText } from '@autodevops/domain/object-ref';
import { causesIn } from '../health/health.ts';
import type { Intent } from '../intent.ts';
import { scopeHealth } from '../health/scope-health.ts';
import { counted } from '../words.ts';

/** What to do first: the cause that ranks first, and its first step. */
export const whatFirst: Intent = {
  name: 'what-first',
  example: 'what should I do first?',
  patterns: [
    /^(?:what|which) (?:should|do|can|must|would) (?:i|we|you) (?:do|fix|look at|start with|check|tackle|repair|handle|address|prioriti[sz]e)(?: first| next| now| about (?:it|this|that|them))*$/i,
    /^where (?:should|do|can) (?:i|we) (?:start|begin|look)(?: first)?$/i,
    /^(?:what|which)(?: is| are| one is)? (?:the |my |our )?(?:most |biggest |top |worst |main |first |highest )+(?:urgent|important|critical|severe|pressing|serious|priority)? ?(?:problem|issue|thing|trouble|cause|incident|priority|one|fix|failure)?s?(?: (?:now|right now|here|to fix|first|in the cluster))*$/i,
    /^(?:what is |find |show |tell me )?(?:the )?root causes?(?: (?:here|of (?:this|all this|everything|it|the (?:incident|outage))))?$/i,
    /^(?:next steps?|what (?:is|are) (?:the )?next steps?|what now|now what)$/i,
  ],
  answer: (_, context) => {
    const causes = context.namespace === undefined ? context.diagnosis.causes : causesIn(context, context.namespace);
    const [first] = causes;
    if (first === undefined) return scopeHealth(context);
    const [step] = first.nextSteps;
    const rest = causes.length === 1 ? [] : [`${counted(causes.length - 1, 'more problem')} after that: ${causes.slice(1, 4).map(({ object }) => refText(object)).join(', ')}.`];
    return { headline: `First ${refText(first.object)}: ${first.cause}`, lines: [...(step === undefined ? [] : [`Next step: ${step}`]), ...rest], causes: [first], objects: [first.object], blindSpots: [...context.diagnosis.blindSpots] };
  },
};

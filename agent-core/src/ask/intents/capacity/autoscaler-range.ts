import { listed } from '@autodevops/domain/count-words';
import { refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectOf } from '@autodevops/domain/kubernetes/kinds';
import type { AskContext, Intent } from '../../intent.ts';
import { resolve } from '../../naming/resolve.ts';
import { inScope, notSeen, scopeWords } from '../../scope.ts';

type Autoscaler = ObjectOf<'HorizontalPodAutoscaler'>;

/** The autoscalers that the words name, or those of what they name. */
function meant(context: AskContext, words: string): readonly Autoscaler[] {
  const all = inScope(context, 'HorizontalPodAutoscaler');
  if (words === '') return all;
  const found = resolve(context, words);
  if ('reply' in found) return [];
  return all.filter(({ metadata, spec: { scaleTargetRef: to } }) =>
    found.objects.some(
      ({ kind, namespace, name }) =>
        namespace === metadata.namespace &&
        ((kind === 'HorizontalPodAutoscaler' && name === metadata.name) || (kind === to.kind && name === to.name)),
    ),
  );
}

/** "2 of 2 to 6" */
function rangeOf({ spec, status }: Autoscaler): readonly [least: number, now: number, most: number] {
  return [spec.minReplicas ?? 1, status.currentReplicas ?? 0, spec.maxReplicas ?? 0];
}

function sentence(scaler: Autoscaler): string {
  const [least, now, most] = rangeOf(scaler);
  const wanted = scaler.status.desiredReplicas;
  const { kind, name } = scaler.spec.scaleTargetRef;
  return `${refText(refTo('HorizontalPodAutoscaler', scaler))} scales ${kind} ${name} from ${least} to ${most}; it is at ${now}${wanted === undefined || wanted === now ? '' : ` and wants ${wanted}`}.`;
}

/** Between what an autoscaler scales, where it is, and whether it is at its end. */
export const autoscalerRange: Intent = {
  name: 'autoscaler-range',
  example: 'is the autoscaler of web at its maximum?',
  patterns: [
    /^(?:is|are|has|have) (?:the )?(?<end>[\w./-]+) (?:reached |at |hit |already |close to |near )*(?:its|their|the) (?:max(?:imum)?|upper)(?: number of| count of)? (?:replicas?|scale|pods|limit of replicas)$/i,
    /^(?:does|do|has|have) (?:the )?(?:(?:hpa|autoscaler)s? (?:of|for) )?(?<room>[\w./-]+?)(?: (?:hpa|autoscaler))? (?:still )?(?:have |got )?(?:any )?(?:headroom|room to (?:scale|grow)(?: up| out)?)(?: left)?$/i,
    /^how (?:far|high|much|low) (?:can|may|could|will|does) (?<object>.+?) (?:be )?(?:auto)?(?:scaled?|grow|go)(?: up| down| out)?$/i,
    /^(?:is|are|has|have) (?:the )?(?<end>\S+ (?:hpa|autoscaler)s?|(?:hpa|autoscaler)s? (?:of|for) \S+|(?:any )?(?:hpa|autoscaler)s?) (?:reached |at |hit |already |close to |near )*(?:its|their|the|his)? ?(?:max\w*|limit|upper limit|ceiling|end|top|maxed out|min\w*)(?: .*)?$/i,
    /^(?:what are |show(?: me)? |list )?(?:the )?(?:hpa|autoscaler)s? (?:limits?|ranges?|bounds|status|state)$/i,
    /^(?:which|what|any) (?:hpa|autoscaler)s? (?:is|are|has|have) (?:reached |at |hit |already )*(?:its|their|the)? ?(?<which>max\w*|min\w*|limit|upper limit|lower limit|ceiling|floor|maxed out)(?: .*)?$/i,
    /^(?:what (?:is|are) |show(?: me)? )?(?:the )?(?:min\w*|max\w*)(?: and (?:the )?(?:min\w*|max\w*))? (?:scale |replicas |size )?(?:of|for) (?:the )?(?<object>.+?)(?: (?:hpa|autoscaler))$/i,
  ],
  answer: (caught, context) => {
    const blind = notSeen(context, 'HorizontalPodAutoscaler');
    if (blind !== undefined) return blind;
    const named = (['object', 'end', 'room'].map(caught).find((words) => words !== '') ?? '')
      .replace(/^(?:any )?(?:hpa|autoscaler)s?$/i, '')
      .replace(/ (?:hpa|autoscaler)s?$/i, '')
      .replace(/^(?:hpa|autoscaler)s? (?:of|for) /i, '');
    const scalers = meant(context, named);
    if (scalers.length === 0) {
      return {
        headline:
          named === ''
            ? `There is no HorizontalPodAutoscaler${scopeWords(context)}.`
            : `No HorizontalPodAutoscaler that can be seen scales "${named}".`,
      };
    }
    const objects = scalers.map((scaler) => refTo('HorizontalPodAutoscaler', scaler));
    const isLeast = /^(?:min|lower|floor)/i.test(caught('which'));
    const end = isLeast ? 'minimum' : 'maximum';
    const full = scalers.filter((scaler) =>
      isLeast ? rangeOf(scaler)[1] <= rangeOf(scaler)[0] : rangeOf(scaler)[1] >= rangeOf(scaler)[2],
    );
    const [first = '', ...lines] = scalers.map(sentence);
    if (caught('which') !== '') {
      return {
        headline:
          full.length === 0
            ? `None of ${scalers.length} is at its ${end}.`
            : `At its ${end}: ${listed(full.map((scaler) => refText(refTo('HorizontalPodAutoscaler', scaler))))}.`,
        lines: [first, ...lines],
        objects,
      };
    }
    if (caught('room') !== '') return { headline: `${full.length === 0 ? 'Yes' : 'No'}: ${first}`, lines, objects };
    return {
      headline:
        caught('end') === ''
          ? first
          : `${full.length === scalers.length ? 'Yes' : full.length === 0 ? 'No' : 'In part'}: ${first}`,
      lines,
      objects,
    };
  },
};

import { listed } from '@autodevops/domain/count-words';
import { refKey, refText } from '@autodevops/domain/object-ref';
import { graphOf, ownedTree } from '../../../graph/graph.ts';
import { concerns } from '../../../jamie/causes/focus.ts';
import { entrances } from '../../entrances.ts';
import { concernedBy } from '../../health/health.ts';
import type { AskContext, Intent } from '../../intent.ts';
import { namesOf } from '../../naming/names.ts';
import { objectHealth } from '../../health/object-health.ts';
import { stateOfRef } from '../../health/object-state.ts';
import { resolve } from '../../naming/resolve.ts';

type Named = Extract<ReturnType<typeof resolve>, { objects: unknown }>['objects'];

function wordsOf(sentence: string): readonly string[] {
  return sentence.match(/[\w-]+/g) ?? [];
}

/** What the configuration of the objects names to call: "Service shop/api (api:9000)". */
function called({ snapshot }: AskContext, refs: Named): readonly string[] {
  const own = refs.flatMap((ref) => [ref, ...ownedTree(snapshot, ref)]);
  return [
    ...new Set(
      own
        .flatMap((ref) => graphOf(snapshot).from(refKey(ref)))
        .filter(({ verb }) => verb === 'calls')
        .map(({ to, detail }) => `${refText(to)}${detail === '' ? '' : ` (${detail})`}`),
    ),
  ];
}

/** Why one thing does not reach another: what is wrong between them, or with the one that is asked. */
export const cannotReach: Intent = {
  name: 'cannot-reach',
  example: 'why can web not reach api?',
  patterns: [
    /^(?:why )?(?:is|are|can|could|does|do|did|will|would|has|have)(?: not)? (?:the )?(?<from>[\w./-]+(?: (?:pods?|deployment|service))?)(?: not| unable to| able to| be able to| failing to| fail to)* (?:reach(?:ing)?|connect(?:ing)?(?: to)?|talk(?:ing)?(?: to)?|access(?:ing)?|call(?:ing)?|see|find|resolve|get to|get through to|ping|speak to)(?: to)? (?:the )?(?<to>[\w./-]+(?: (?:pods?|service|database))?)(?: .*)?$/i,
  ],
  answer: (caught, context) => {
    const { snapshot, diagnosis } = context;
    const from = resolve(context, caught('from'));
    if ('reply' in from) return from.reply;
    const to = resolve(context, caught('to'));
    const calls = called(context, from.objects);
    const names = namesOf(from.objects);
    const configured =
      calls.length === 0
        ? `The configuration of ${names} names nothing that it calls.`
        : `The configuration of ${names} names ${listed(calls)}.`;
    if ('reply' in to) {
      const health = objectHealth(context, from.objects);
      return {
        ...health,
        headline: `${to.reply.headline} ${configured}`,
        lines: [health.headline],
        suggestions: [...(to.reply.suggestions ?? [])],
      };
    }
    const targets = entrances(snapshot, to.objects);
    const keys = new Set(targets.flatMap((ref) => [ref, ...ownedTree(snapshot, ref)]).map(refKey));
    const { own, below } = concernedBy(context, from.objects);
    const between = [...own, ...below].filter(
      (cause) => concerns(cause, keys) || targets.some(({ name }) => wordsOf(cause.cause).includes(name)),
    );
    const causes = between.length > 0 ? between : diagnosis.causes.filter((cause) => concerns(cause, keys));
    const states = targets.map((ref) => `${refText(ref)}: ${stateOfRef(snapshot, ref)}.`);
    const common = {
      objects: [...from.objects, ...to.objects],
      causes: [...causes],
      lines: [...states, configured],
      blindSpots: [...diagnosis.blindSpots],
    };
    const [first] = causes;
    if (first !== undefined) {
      return { ...common, headline: `${names} does not reach ${namesOf(to.objects)}: ${first.cause}` };
    }
    if (own[0] !== undefined) {
      return {
        ...common,
        causes: [...own],
        headline: `Nothing between ${names} and ${namesOf(to.objects)} is seen to be wrong, but ${names} is not healthy: ${own[0].cause}`,
      };
    }
    return {
      ...common,
      headline: `I see no reason why ${names} should not reach ${namesOf(to.objects)}; the traffic itself is not seen.`,
    };
  },
};

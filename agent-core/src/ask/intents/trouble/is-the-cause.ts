import type { Cause } from '@autodevops/domain/diagnosis';
import { refByName, refKey, refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { ownedTree } from '../../../graph/graph.ts';
import { servingWorkloads } from '../../../reading/network/serving-workloads.ts';
import { claimsOf } from '../../../reading/pods/volumes/claim-users.ts';
import { podsStandingFor } from '../../../reading/pods/pods-standing-for.ts';
import { entrances } from '../../entrances.ts';
import { objectHealth } from '../../health/object-health.ts';
import type { AskContext, Intent, Reply } from '../../intent.ts';
import { namesOf } from '../../naming/names.ts';
import { resolve } from '../../naming/resolve.ts';

/** The objects, what they own, the Services in front of them and the workloads behind those, and the volumes that their pods have mounted. */
function keysOf({ snapshot }: AskContext, refs: readonly ObjectRef[]): ReadonlySet<string> {
  const claims = refs
    .flatMap((ref) => podsStandingFor(snapshot, ref))
    .flatMap((pod) =>
      claimsOf(pod).map(({ claim }) => refByName('PersistentVolumeClaim', pod.metadata.namespace, claim)),
    );
  return new Set(
    [
      ...refs.flatMap((ref) => [ref, ...ownedTree(snapshot, ref), ...servingWorkloads(snapshot, ref)]),
      ...entrances(snapshot, refs),
      ...claims,
    ].map(refKey),
  );
}

/** What is wrong, whatever was suspected. */
function instead({
  diagnosis: {
    causes: [first],
  },
}: AskContext): readonly string[] {
  return first === undefined ? [] : [`What is wrong is ${refText(first.object)}: ${first.cause}`];
}

function told(context: AskContext, refs: readonly [ObjectRef, ...ObjectRef[]]): Reply {
  const { causes, blindSpots } = context.diagnosis;
  const keys = keysOf(context, refs);
  const names = namesOf(refs);
  const reply = (headline: string, cause: Cause): Reply => ({
    headline,
    causes: [cause],
    objects: [...refs],
    lines: cause.nextSteps.slice(0, 1).map((step) => `Next step: ${step}`),
    blindSpots: [...blindSpots],
  });
  const [first] = causes;
  if (first === undefined) return objectHealth(context, refs);
  const own = causes.find(({ object }) => keys.has(refKey(object)));
  if (own !== undefined) {
    return reply(
      own === first
        ? `Yes: ${own.cause}`
        : `${names} ${refs.length === 1 ? 'has' : 'have'} a problem, though another ranks before it: ${own.cause}`,
      own,
    );
  }
  const above = causes.find(({ symptoms }) => symptoms.some(({ object }) => keys.has(refKey(object))));
  if (above !== undefined) {
    return reply(
      `No: ${names} ${refs.length === 1 ? 'suffers' : 'suffer'} from ${refText(above.object)}. ${above.cause}`,
      above,
    );
  }
  return reply(`Nothing that was seen says so of ${names}. ${instead(context).join('')}`, first);
}

/** Whether the trouble of one thing comes from another: whether one cause shows at both. */
function between(context: AskContext, sick: string, suspect: string): Reply | undefined {
  const [one, other] = [resolve(context, sick), resolve(context, suspect)];
  if ('reply' in one || 'reply' in other) return undefined;
  const [own, theirs] = [one, other].map(({ objects }) => {
    const keys = keysOf(context, objects);
    return context.diagnosis.causes.filter(({ object, symptoms }) =>
      [object, ...symptoms.map((symptom) => symptom.object)].some((ref) => keys.has(refKey(ref))),
    );
  });
  const [names, others] = [namesOf(one.objects), namesOf(other.objects)];
  const objects = [...one.objects, ...other.objects];
  const [first] = own ?? [];
  if (first === undefined) return { headline: `Nothing is seen to be wrong with ${names}.`, objects };
  const shared = (theirs ?? []).find((cause) => own?.includes(cause) === true);
  return shared === undefined
    ? {
        headline: `No: nothing that was seen ties them. ${first.cause}`,
        causes: [...new Set([...(own ?? []), ...(theirs ?? [])])],
        lines: (theirs ?? []).slice(0, 1).map(({ cause }) => `With ${others}: ${cause}`),
        objects,
      }
    : { headline: `Yes, one cause shows at both: ${shared.cause}`, causes: [shared], objects };
}

/** Whether what somebody suspects is what is wrong, suffers from it, or has nothing to do with it. */
export const isTheCause: Intent = {
  name: 'is-the-cause',
  example: 'is the database the problem?',
  patterns: [
    /^(?:is|are|was|were|could|can|might|may) (?:it )?(?:the |our |my )?(?<object>[\w./-]+(?: [\w./-]+)??)(?: be)?(?: really| actually| perhaps| maybe)? (?:the |a |our |at |to )?(?:problem|issue|cause|root cause|culprit|bottleneck|reason|origin|source|blame|fault|responsible)(?: (?:here|now|of .+|for .+|behind .+))?$/i,
    /^(?:is|are|was|were) (?:the )?(?<sick>[\w./-]+?)(?: (?:crash(?:es)?|failure|problem|trouble|outage|errors?|incident))? (?:related to|caused by|due to|because of|connected (?:to|with)|a (?:result|consequence) of) (?:the )?(?<object>[\w./-]+?)(?: (?:rollout|release|deploy(?:ment)?|update|change|problem|outage|failure|crash))?$/i,
  ],
  answer: (caught, context) => {
    if (caught('sick') !== '') return between(context, caught('sick'), caught('object'));
    const found = resolve(context, caught('object'));
    return 'reply' in found
      ? { ...found.reply, lines: [...(found.reply.lines ?? []), ...instead(context)] }
      : told(context, found.objects);
  },
};

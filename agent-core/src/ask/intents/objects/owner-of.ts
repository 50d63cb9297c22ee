import { isKindName } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { controllerOf } from '../../../reading/workloads/owner.ts';
import { stateOfRef } from '../../health/object-state.ts';
import type { Intent } from '../../intent.ts';
import { kindFromWords } from '../../naming/phrase.ts';
import { resolve } from '../../naming/resolve.ts';

const deepest = 6;
const owners: ReadonlySet<KindName> = new Set<KindName>([
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'Node',
]);

function ownerIn(snapshot: Snapshot, { kind, namespace, name }: ObjectRef): ObjectRef | undefined {
  const object = isKindName(kind) ? snapshot.get(kind, namespace, name) : undefined;
  const owner = object === undefined ? undefined : controllerOf(object);
  // A Node is named as the owner of what its kubelet runs from a file; it has no namespace.
  return owner?.kind === 'Node' ? { ...owner, namespace: '' } : owner;
}

/** The object, its controller, the controller of that, and so on. */
function chainOf(snapshot: Snapshot, ref: ObjectRef, depth = deepest): readonly ObjectRef[] {
  const owner = depth === 0 ? undefined : ownerIn(snapshot, ref);
  return owner === undefined ? [ref] : [ref, ...chainOf(snapshot, owner, depth - 1)];
}

/** What made an object: its controller, and the controller of that. */
export const ownerOf: Intent = {
  name: 'owner-of',
  example: 'which deployment does pod web-1 belong to?',
  patterns: [
    /^(?:who|what)(?: is| are)? (?:owns?|controls?|manages?|created?|made|spawned|started|launched|the owners? of|the parents? of|the controllers? of|behind) (?:the )?(?<made>(?:pod|job|replica ?set|rs) \S+|\S*\w-\S+)$/i,
    /^(?:trace|follow|track) (?<object>.+?)(?: back)? (?:to|up to) (?:its|the|their) (?:owners?|parents?|controllers?|origin|top)$/i,
    /^(?:what|who|which (?<asked>\w+(?: \w+)?)) (?:does|do) (?<object>.+?) (?:belong to|come from|stem from)$/i,
    /^(?:to )?(?:what|which) (?:\w+(?: \w+)?) (?:is|are) (?<object>.+?) (?:part of|from|owned by|controlled by|managed by|created by)$/i,
    /^(?:show(?: me)? |what is |list )?(?:the )?(?:owners?|owner ?chain|chain of owners|ownership|parents?|controllers?)(?: references?| chain)? (?:of|for) (?<object>.+)$/i,
  ],
  answer: (caught, context) => {
    // Which Service a pod belongs to is no question for its owner.
    const asked = kindFromWords(caught('asked'));
    if (asked !== undefined && !owners.has(asked)) return undefined;
    const found = resolve(context, caught('made') === '' ? caught('object') : caught('made'));
    if ('reply' in found) return found.reply;
    const chains = found.objects.slice(0, 8).map((ref) => chainOf(context.snapshot, ref));
    // Who made what nothing owns is another question.
    if (caught('made') !== '' && chains.every((chain) => chain.length === 1)) return undefined;
    const sentences = chains.map((chain) => {
      const [self, ...owners] = chain.map(refText);
      return owners.length === 0
        ? `Nothing owns ${self ?? ''}: somebody made it.`
        : `${self ?? ''} is owned by ${owners.join(', which is owned by ')}.`;
    });
    const tops = chains.flatMap((chain) => (chain.length > 1 ? chain.slice(-1) : []));
    const [headline = '', ...lines] = sentences;
    return {
      headline,
      lines: [...lines, ...tops.slice(0, 3).map((ref) => `${refText(ref)}: ${stateOfRef(context.snapshot, ref)}.`)],
      objects: [...found.objects],
    };
  },
};

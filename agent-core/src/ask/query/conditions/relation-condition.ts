import { listed, pluralOf } from '@autodevops/domain/count-words';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { refKey, refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { graphOf } from '../../../graph/graph.ts';
import { kindsIn } from '../../fields/asked-kinds.ts';
import { areRelated } from '../carriers.ts';
import type { Asked, Condition, ConditionRead, ReadCondition } from '../condition.ts';
import { subjectsOf } from '../subject.ts';
import type { Subject } from '../subject.ts';

/** Words that say that objects have to do with each other, and nothing else. */
const joining =
  /^(?:that|which|whose|with|have|has|had|having|are|is|use|uses|using|used|by|mount|mounts|mounting|mounted|read|reads|reading|lead|leads|leading|point|points|pointing|routes?|routing|to|into|behind|in|front|for|of|serve|serves|serving|select|selects|selecting|selected|own|owns|owned|belong|belongs|belonging|run|runs|running|on|from|scale|scales|scaled|scaling|guards?|guarded|protects?|protected|exposes?|exposed|references?|referenced|referencing|backed|attached|bound|contains?|containing|shares?|sharing|targets?|targeting|attach|part|fronted|published|reachable|through|via|reached|a|an|the|any|some|one|at|least)$/i;
const absence =
  /^(?:(?:with|have|has|having|uses?) no|without(?: an?y?)?|no|none|never|not (?:having|have|used by|using|selected by|referenced by|mounted by|covered by|matched by|backed by|behind|exposed by|owned by|guarded by|protected by|scaled by)(?: an?y?)?) /i;
const calling =
  /^(?:that |which )*(?:calls?|calling|talks? to|talking to|depends? on|depending on|connects? to|connecting to|needs?) (?:the |an? |any )?/i;

/** Every step more is read in more than one way. */
const deepest = 2;

interface Other {
  readonly kinds: readonly KindName[];
  readonly refs: readonly ObjectRef[];
  readonly said: string;
  readonly isNested: boolean;
  /** One that is called by its name. */
  readonly isNamed: boolean;
  readonly rest: string;
}

/** Kinds that have to do with pods, and so with each other; whose rights somebody has is another question. */
const carried: ReadonlySet<KindName> = new Set<KindName>([
  'Pod',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'CronJob',
  'Service',
  'Ingress',
  'HTTPRoute',
  'Gateway',
  'Node',
  'Namespace',
  'ConfigMap',
  'Secret',
  'ServiceAccount',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'StorageClass',
  'HorizontalPodAutoscaler',
  'PodDisruptionBudget',
  'NetworkPolicy',
]);
/** Where a bare name is looked for, the likeliest first. */
const likely: readonly KindName[] = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Job',
  'Pod',
  'Service',
  'Ingress',
  'ConfigMap',
  'Secret',
  'PersistentVolumeClaim',
];

function isJoining(words: string): boolean {
  return words === '' || words.split(' ').every((word) => joining.test(word));
}

/** Of a kind, the object that is called by the next word. */
function named({ context }: Asked, kinds: readonly KindName[], words: string): Other | undefined {
  const [name = '', ...rest] = words.replace(/^(?:named|called) /i, '').split(' ');
  const refs = subjectsOf({ ...context, namespace: undefined }, kinds)
    .map(({ ref }) => ref)
    .filter((ref) => ref.name === name || `${ref.namespace}/${ref.name}` === name);
  return refs.length === 0
    ? undefined
    : { kinds, refs, said: listed(refs.map(refText)), isNested: false, isNamed: true, rest: rest.join(' ') };
}

/** "Belonging to db", "behind web": a name without its kind. */
function bareName(asked: Asked, words: string): Other | undefined {
  const all = words.split(' ');
  const at = all.findIndex((word) => !joining.test(word));
  // "Pods that use redis" speaks of an image.
  const found =
    at < 1 ||
    all.slice(0, at).every((word) => /^(?:that|which|uses?|using|runs?|running|with|on|from|the)$/i.test(word))
      ? undefined
      : likely.map((kind) => named(asked, [kind], all.slice(at).join(' '))).find((other) => other !== undefined);
  return found !== undefined && found.kinds.every((kind) => asked.kinds.includes(kind)) ? undefined : found;
}

/** The other objects: one by its name, or all of a kind that fit conditions of their own. */
function otherIn(asked: Asked, words: string, readAll: ReadAll): Other | undefined {
  const [first] = kindsIn(words);
  if (first === undefined) return bareName(asked, words);
  const before = first.before.split(' ').filter((word) => word !== '');
  const owner = before.at(-1) ?? '';
  // "The web service", "failed pods": a name before the kind, or how it is.
  if (owner !== '' && !joining.test(owner)) {
    const start = before.findIndex((word) => !joining.test(word));
    const adjectives = before.slice(start).join(' ');
    return isJoining(before.slice(0, -1).join(' '))
      ? (optionally(named(asked, first.kinds, owner), first.after) ??
          describedAs(asked, first.kinds, { adjectives, rest: first.after }, readAll))
      : undefined;
  }
  if (!isJoining(first.before) || !first.kinds.every((kind) => carried.has(kind) && !asked.kinds.includes(kind))) {
    return undefined;
  }
  const known = named(asked, first.kinds, first.after);
  if (known !== undefined) return known;
  const { conditions, unread } = readAll(first.after.replace(/^(?:behind|on|in front of) (?:it|them)(?= |$) ?/i, ''), {
    context: { ...asked.context, namespace: undefined },
    kinds: first.kinds,
    depth: (asked.depth ?? 0) + 1,
  });
  const refs = subjectsOf({ ...asked.context, namespace: undefined }, first.kinds)
    .filter((subject) => conditions.every(({ fits }) => fits(subject)))
    .map(({ ref }) => ref);
  const [kind = 'Pod'] = first.kinds;
  return {
    kinds: first.kinds,
    refs,
    said: [
      `${/^[AEIOU]/.test(kind) ? 'an' : 'a'} ${first.kinds.length > 1 ? 'workload' : kind}`,
      ...conditions.map(({ said }) => said),
    ].join(' '),
    isNested: conditions.length > 0,
    isNamed: false,
    rest: unread,
  };
}

/** "Failed pods": those of a kind that are as the words before it say. */
function describedAs(
  asked: Asked,
  kinds: readonly KindName[],
  { adjectives, rest }: { readonly adjectives: string; readonly rest: string },
  readAll: ReadAll,
): Other | undefined {
  if (kinds.some((kind) => !carried.has(kind) || asked.kinds.includes(kind))) return undefined;
  const context = { ...asked.context, namespace: undefined };
  const { conditions, unread } = readAll(adjectives, { context, kinds, depth: (asked.depth ?? 0) + 1 });
  if (unread !== '' || conditions.length === 0) return undefined;
  const [kind = 'Pod'] = kinds;
  return {
    kinds,
    refs: subjectsOf(context, kinds)
      .filter((subject) => conditions.every(({ fits }) => fits(subject)))
      .map(({ ref }) => ref),
    said: `a ${kinds.length > 1 ? 'workload' : kind} that is ${listed(conditions.map(({ said }) => said))}`,
    isNested: true,
    isNamed: false,
    rest,
  };
}

function optionally(other: Other | undefined, rest: string): Other | undefined {
  return other === undefined ? undefined : { ...other, rest };
}

function callees({ context }: Asked, { ref }: Subject): ReadonlySet<string> {
  return new Set(
    graphOf(context.snapshot)
      .from(refKey(ref))
      .filter(({ verb }) => verb === 'calls')
      .map(({ to }) => refKey(to)),
  );
}

/** What a reader of all conditions gives. */
export interface ReadConditions {
  readonly conditions: readonly Condition[];
  readonly unread: string;
}
type ReadAll = (words: string, asked: Asked) => ReadConditions;

/**
 * "Leads to pods on node worker-2", "with a Service", "without a PodDisruptionBudget", "behind Service web", "used by pods
 * that are not ready": objects by what they have to do with others, over as many steps as lie between.
 */
export function relationReader(readAll: ReadAll): ReadCondition {
  return (words, asked): ConditionRead | undefined => {
    if ((asked.depth ?? 0) >= deepest) return undefined;
    const isAbsent = absence.test(words);
    const isCall = !isAbsent && calling.test(words);
    const other = otherIn(asked, words.replace(isAbsent ? absence : isCall ? calling : '', ''), readAll);
    if (
      other === undefined ||
      !other.kinds.every((kind) => carried.has(kind) && !asked.kinds.includes(kind)) ||
      !asked.kinds.every((kind) => carried.has(kind))
    ) {
      return undefined;
    }
    const { snapshot } = asked.context;
    const keys = new Set(other.refs.map(refKey));
    const isOther = (subject: Subject): boolean =>
      isCall
        ? [...callees(asked, subject)].some((key) => keys.has(key))
        : other.refs.some((ref) => areRelated(snapshot, subject.ref, ref));
    const [kind = 'Pod'] = other.kinds;
    return {
      condition: {
        said: isAbsent ? `without ${other.said}` : `${isCall ? 'calling' : 'tied to'} ${other.said}`,
        ...(other.isNested ? { isNested: true as const } : {}),
        ...(other.isNamed && !isAbsent && !isCall ? { isWhose: true as const } : {}),
        fits: (subject) => isOther(subject) !== isAbsent,
        ...(isAbsent
          ? {}
          : {
              shown: {
                column: pluralOf(kind),
                of: (subject: Subject) =>
                  listed(
                    other.refs
                      .filter((ref) =>
                        isCall ? callees(asked, subject).has(refKey(ref)) : areRelated(snapshot, subject.ref, ref),
                      )
                      .map(({ name }) => name),
                  ),
              },
            }),
      },
      rest: other.rest,
    };
  };
}

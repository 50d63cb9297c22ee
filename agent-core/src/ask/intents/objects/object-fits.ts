import { counted } from '@autodevops/domain/count-words';
import { isKindName } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { podsOf } from '../../entrances.ts';
import { fewNames } from '../../few-names.ts';
import { concernedBy } from '../../health/health.ts';
import { stateOfRef } from '../../health/object-state.ts';
import type { AskContext, Intent, Reply } from '../../intent.ts';
import { resolve } from '../../naming/resolve.ts';
import type { Condition, Shown } from '../../query/condition.ts';
import { plainlyPut } from '../../query/phrasings.ts';
import { readAllConditions } from '../../query/read-conditions.ts';
import type { Subject } from '../../query/subject.ts';
import { nameOf, predicateOf } from '../../query/told-objects.ts';

const longestName = 3;
const mostObjects = 8;

function asSubject({ snapshot }: AskContext, ref: ObjectRef): Subject | undefined {
  const object = isKindName(ref.kind) ? snapshot.get(ref.kind, ref.namespace, ref.name) : undefined;
  return object === undefined || !isKindName(ref.kind) ? undefined : { kind: ref.kind, ref, metadata: object.metadata };
}

/** The conditions that some words put on objects of a kind; undefined unless they are nothing else. */
function conditionsIn(context: AskContext, kind: KindName, words: string): readonly Condition[] | undefined {
  const read = readAllConditions(words, { context: { ...context, namespace: undefined }, kinds: [kind] });
  return read.unread === '' && read.conditions.length > 0 ? read.conditions : undefined;
}

/** Of one object, whether it is so. */
interface Verdict {
  readonly ref: ObjectRef;
  readonly isSo: boolean;
  readonly sentence: string;
  readonly shown: readonly string[];
  readonly tellsCauses: boolean;
}

function shownBy(subject: Subject, shown: readonly (Shown | undefined)[]): readonly string[] {
  return shown.flatMap((one) => {
    const text = one?.of(subject) ?? '';
    return one === undefined || text === ''
      ? []
      : [`${one.column.charAt(0).toUpperCase()}${one.column.slice(1)}: ${text}.`];
  });
}

function ofItself(context: AskContext, subject: Subject, words: string): Verdict | undefined {
  const conditions = conditionsIn(context, subject.kind, words);
  if (conditions === undefined) return undefined;
  const but = conditions.filter(({ fits }) => !fits(subject));
  const isSo = but.length === 0;
  const state = stateOfRef(context.snapshot, subject.ref);
  const predicate = predicateOf(isSo ? conditions : but, 1);
  const now = state === '' || predicate.includes(state) ? '' : ` (${state})`;
  return {
    ref: subject.ref,
    isSo,
    sentence: isSo
      ? `${refText(subject.ref)} ${predicate}${now}.`
      : `it is not so that ${refText(subject.ref)} ${predicate}${now}.`,
    shown: shownBy(subject, isSo ? conditions.map(({ shown }) => shown) : but.map(({ against }) => against)),
    tellsCauses: but.some(({ tellsCauses }) => tellsCauses === true),
  };
}

/** What is so of pods is so of who makes them, in as many as it is. */
function ofItsPods(context: AskContext, ref: ObjectRef, words: string): Verdict | undefined {
  const conditions = conditionsIn(context, 'Pod', words);
  const pods = podsOf(context.snapshot, ref).flatMap((pod) => asSubject(context, refTo('Pod', pod)) ?? []);
  if (conditions === undefined || pods.length === 0) return undefined;
  const fitting = pods.filter((pod) => conditions.every(({ fits }) => fits(pod)));
  const of = `${counted(pods.length, 'Pod')} of ${refText(ref)}`;
  return {
    ref,
    isSo: fitting.length > 0,
    sentence:
      fitting.length === 0
        ? `none of ${of} ${predicateOf(conditions, 1)}.`
        : `${fitting.length} of ${of} ${predicateOf(conditions, fitting.length)}${fewNames(fitting.map((pod) => nameOf(pod, ['Pod'])))}.`,
    shown: [],
    tellsCauses: false,
  };
}

function verdictOn(context: AskContext, ref: ObjectRef, words: string): Verdict | undefined {
  const subject = asSubject(context, ref);
  if (subject === undefined) return undefined;
  return ofItself(context, subject, words) ?? (subject.kind === 'Pod' ? undefined : ofItsPods(context, ref, words));
}

function replyOf(context: AskContext, [first, ...others]: readonly Verdict[]): Reply | undefined {
  if (first === undefined) return undefined;
  const all = [first, ...others];
  const so = all.filter(({ isSo }) => isSo).length;
  const objects = all.map(({ ref }) => ref);
  const causes = concernedBy(
    context,
    all.filter(({ tellsCauses }) => tellsCauses).map(({ ref }) => ref),
  );
  return {
    headline: `${so === all.length ? 'Yes' : so > 0 ? 'In part' : 'No'}: ${first.sentence}`,
    lines: [
      ...first.shown,
      ...others.flatMap(({ sentence, shown }) => [`${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`, ...shown]),
    ],
    causes: [...causes.own],
    objects,
  };
}

/** Where words after a name are conditions on a workload or a pod, a name that is none is what is wrong with the question. */
function isCondition(context: AskContext, words: string): boolean {
  return (['Deployment', 'Pod'] as const).some((kind) => conditionsIn(context, kind, words) !== undefined);
}

/** Whether what somebody names is as conditions say: the same conditions as choose objects. */
export const objectFits: Intent = {
  name: 'object-fits',
  example: 'does web have a readiness probe?',
  otherExamples: ['is the report cron job suspended?', 'does web have a readiness probe but no liveness probe?'],
  isWordByWord: true,
  patterns: [
    /^rollout status(?: of| for)? (?<rollout>.+)$/i,
    /^(?:is|are|was|were|do|does|did|has|have|had) (?:the |my |our )?(?:(?:last|newest|most recent) (?:run of (?:the )?)?)?(?<text>.+)$/i,
  ],
  answer: (caught, context) => {
    const text = caught('rollout') === '' ? plainlyPut(caught('text')) : `${caught('rollout')} rolled out`;
    const words = text.split(' ');
    let unknown: Reply | undefined;
    for (let count = Math.min(longestName, words.length - 1); count > 0; count -= 1) {
      const named = words.slice(0, count).join(' ');
      const found = resolve(context, named);
      const rest = words.slice(count).join(' ');
      if ('reply' in found) {
        if (found.reply.outcome === 'no-such-name' && isCondition(context, rest)) unknown = { ...found.reply, named };
        continue;
      }
      const verdicts = found.objects.slice(0, mostObjects).map((ref) => verdictOn(context, ref, rest));
      const known = verdicts.filter((verdict) => verdict !== undefined);
      const reply = known.length === verdicts.length ? replyOf(context, known) : undefined;
      if (reply !== undefined) return { ...reply, named };
    }
    return unknown;
  },
};

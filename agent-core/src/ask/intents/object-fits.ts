import { isKindName } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { podsOf } from '../entrances.ts';
import type { AskContext, Intent, Reply } from '../intent.ts';
import { resolve } from '../naming/resolve.ts';
import type { Condition } from '../query/condition.ts';
import { readAllConditions } from '../query/read-conditions.ts';
import type { Subject } from '../query/subject.ts';
import { nameOf, predicateOf } from '../query/told-objects.ts';
import { counted, fewNames } from '../words.ts';

const longestName = 3;

function asSubject({ snapshot }: AskContext, ref: ObjectRef): Subject | undefined {
  const object = isKindName(ref.kind) ? snapshot.get(ref.kind, ref.namespace, ref.name) : undefined;
  return object === undefined || !isKindName(ref.kind) ? undefined : { kind: ref.kind, ref, metadata: object.metadata };
}

/** The conditions that some words put on objects of a kind; undefined unless they are nothing else. */
function conditionsIn(context: AskContext, kind: KindName, words: string): readonly Condition[] | undefined {
  const read = readAllConditions(words, { context: { ...context, namespace: undefined }, kinds: [kind] });
  return read.unread === '' && read.conditions.length > 0 ? read.conditions : undefined;
}

function ofItself(context: AskContext, subject: Subject, words: string): Reply | undefined {
  const conditions = conditionsIn(context, subject.kind, words);
  if (conditions === undefined) return undefined;
  const isSo = conditions.every(({ fits }) => fits(subject));
  const but = conditions.filter(({ fits }) => !fits(subject));
  const shown = conditions.flatMap(({ shown: one }) =>
    one === undefined ? [] : [`${one.column}: ${one.of(subject)}`],
  );
  return {
    headline: isSo
      ? `Yes: ${refText(subject.ref)} ${predicateOf(conditions, 1)}.`
      : `No: it is not so that ${refText(subject.ref)} ${predicateOf(but, 1)}.`,
    lines: shown
      .filter((line) => !line.endsWith(': '))
      .map((line) => `${line.charAt(0).toUpperCase()}${line.slice(1)}.`),
    objects: [subject.ref],
  };
}

/** What is so of pods is so of who makes them, in as many as it is. */
function ofItsPods(context: AskContext, ref: ObjectRef, words: string): Reply | undefined {
  const conditions = conditionsIn(context, 'Pod', words);
  const pods = podsOf(context.snapshot, ref).flatMap((pod) => asSubject(context, refTo('Pod', pod)) ?? []);
  if (conditions === undefined || pods.length === 0) return undefined;
  const fitting = pods.filter((pod) => conditions.every(({ fits }) => fits(pod)));
  const of = `${counted(pods.length, 'Pod')} of ${refText(ref)}`;
  return {
    headline:
      fitting.length === 0
        ? `No: none of ${of} ${predicateOf(conditions, 1)}.`
        : `Yes: ${fitting.length} of ${of} ${predicateOf(conditions, fitting.length)}${fewNames(fitting.map((pod) => nameOf(pod, ['Pod'])))}.`,
    objects: [ref],
  };
}

/** Whether what somebody names is as conditions say: the same conditions as choose objects. */
export const objectFits: Intent = {
  name: 'object-fits',
  example: 'does web have a readiness probe but no liveness probe?',
  patterns: [/^(?:is|are|was|were|do|does|did|has|have|had) (?:the |my |our )?(?<text>.+)$/i],
  answer: (caught, context) => {
    const words = caught('text').split(' ');
    for (let count = Math.min(longestName, words.length - 1); count > 0; count -= 1) {
      const found = resolve(context, words.slice(0, count).join(' '));
      if ('reply' in found) continue;
      const rest = words.slice(count).join(' ');
      const [ref, other] = found.objects;
      const subject = other === undefined ? asSubject(context, ref) : undefined;
      const reply =
        subject === undefined
          ? undefined
          : (ofItself(context, subject, rest) ?? (subject.kind === 'Pod' ? undefined : ofItsPods(context, ref, rest)));
      if (reply !== undefined) return reply;
    }
    return undefined;
  },
};

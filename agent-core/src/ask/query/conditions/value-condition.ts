import { listed } from '@autodevops/domain/count-words';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { fields } from '../../fields/catalogue.ts';
import { hasField } from '../../fields/field.ts';
import type { Field } from '../../fields/field.ts';
import { isMeant } from '../../fields/matching.ts';
import type { Asked, Condition, ReadCondition } from '../condition.ts';
import { fieldAtFront } from '../field-at-front.ts';
import { subjectsOf, valuesOf } from '../subject.ts';

function having(asked: Asked, field: Field, said: string, test: (values: readonly string[]) => boolean): Condition {
  return {
    said,
    fits: (subject) => test(valuesOf(asked.context, field, subject)),
    shown: { column: field.said, of: (subject) => listed(valuesOf(asked.context, field, subject), 6) },
  };
}

/** The most words at the front, at most two, that are a value of a field which it names by itself: "best effort", "NodePort". */
function ownValue(
  words: string,
  kinds: readonly KindName[],
): { readonly field: Field; readonly value: string } | undefined {
  const all = words.split(' ');
  for (const value of [all.slice(0, 2).join(' '), all[0] ?? '']) {
    const field = fields.find(
      (one) => one.values?.test(value.replace(/s$/i, '')) === true && kinds.some((kind) => hasField(one, kind)),
    );
    if (field !== undefined) return { field, value };
  }
  return undefined;
}

const opening =
  /^(?:(?:that )?(?:with|have|has|having|using|use|uses|of|in|at|whose|on|expose|exposes|exposing|serve|serves|serving|mount|mounts|mounting|mounted) )?(?:(?<no>no|without|not have|not set|lacking|missing)(?: an?| any)? )?(?:the |an? |any )?/i;
/** "With the most pods" ranks; it says no value. */
const ranking =
  /^(?:(?:with|has|have|having) )?(?:the )?(?:most|least|fewest|highest|lowest|biggest|largest|smallest)(?= |$)/i;
const joining = /^(?:(?:is|are|of|set to|called|named|equal to|equals|being|in) |[=:] ?)+/i;
/** Words that are the value of nothing: the question goes on. */
const ofSentences =
  /^(?:does|do|did|of|the|an?|are|is|was|were|every|each|all|any|from|to|their|its|my|our|at|it|they|has|have|can|could|should|more|less|than|most|least|same|different|about|for)$/i;
const ends = /^(?:and|or|but|with|without|that|which|who|on|not|,|$)/i;

/** "With label app=web", "of type NodePort", "in zone b", "with a node selector", "without a priority class". */
export const readValue: ReadCondition = (words, asked) => {
  const [label = ''] = words
    .replace(/^(?:(?:with|having|that have|labell?ed(?: with| as)?|label|labels) )+(?:the )?(?:label )?/i, '')
    .split(' ');
  const labels = fields.find(({ said }) => said === 'label');
  if (labels !== undefined && /^[\w./-]+=[\w.-]*$/.test(label)) {
    return {
      condition: having(asked, labels, `with the label ${label}`, (values) =>
        values.some((value) => isMeant(value, label)),
      ),
      rest: words.slice(words.indexOf(label) + label.length).trim(),
    };
  }
  if (ranking.test(words)) return undefined;
  const isNot = opening.exec(words)?.groups?.['no'] !== undefined;
  const plain = words.replace(opening, '');
  const own = isNot ? undefined : ownValue(plain, asked.kinds);
  if (own !== undefined) {
    return {
      condition: having(asked, own.field, `with the ${own.field.said} ${own.value}`, (values) =>
        values.some((value) => isMeant(value.split(',')[0] ?? '', own.value.replace(/s$/i, ''))),
      ),
      rest: plain
        .slice(own.value.length)
        .trim()
        .replace(new RegExp(`^(?:${own.field.within.source})`, 'i'), '')
        .trim(),
    };
  }
  const named = fieldAtFront(plain, asked.kinds);
  if (named === undefined) return undefined;
  const { field } = named;
  const rest = named.rest.replace(joining, '');
  const isSet = (values: readonly string[]): boolean => values.some((value) => value !== 'no' && value !== '0');
  if (ends.test(rest) || isNot) {
    return isNot && !ends.test(rest)
      ? undefined
      : {
          condition: having(
            asked,
            field,
            `${isNot ? 'without' : 'with'} a ${field.said}`,
            (values) => isSet(values) !== isNot,
          ),
          rest,
        };
  }
  const [value = ''] = rest.split(' ');
  // An amount is no word: "created before" says when.
  if (ofSentences.test(value) || (field.measure !== undefined && !/^\d/.test(value))) return undefined;
  // A plain word that nothing has for a value is a word of the sentence: "hosts exist".
  const isPlainWord = field.isFree !== true && rest === named.rest && /^[a-z]+$/i.test(value);
  const isHad = subjectsOf(asked.context, asked.kinds).some((subject) =>
    valuesOf(asked.context, field, subject).some((one) => isMeant(one, value)),
  );
  if (isPlainWord && !isHad) return undefined;
  return {
    condition: having(asked, field, `with the ${field.said} ${value}`, (values) =>
      values.some((one) => isMeant(one, value)),
    ),
    rest: rest.slice(value.length).trim(),
  };
};

import { listed } from '@autodevops/domain/count-words';
import { fields } from '../../fields/catalogue.ts';
import { hasField } from '../../fields/field.ts';
import { isMeant } from '../../fields/matching.ts';
import { after } from '../condition.ts';
import type { ReadCondition } from '../condition.ts';
import { subjectsOf, valuesOf } from '../subject.ts';

const place = /^(?:in|on|at|from|of|with|using|for) (?:the )?(?<value>[\w./:=@-]{3,})(?= |$)/i;

/** "In eu-west-1b", "on sample-worker": a value that stands somewhere, where the question does not say of what. */
export const readAnyValue: ReadCondition = (words, { context, kinds }) => {
  const match = place.exec(words);
  const value = match?.groups?.['value'] ?? '';
  if (match === null) return undefined;
  const subjects = subjectsOf({ ...context, namespace: undefined }, kinds);
  const field = fields.find(
    (one) =>
      one.measure === undefined &&
      kinds.some((kind) => hasField(one, kind)) &&
      subjects.some((subject) => valuesOf(context, one, subject).some((has) => isMeant(has, value))),
  );
  return field === undefined
    ? undefined
    : {
        condition: {
          said: `with the ${field.said} ${value}`,
          fits: (subject) => valuesOf(context, field, subject).some((has) => isMeant(has, value)),
          shown: { column: field.said, of: (subject) => listed(valuesOf(context, field, subject), 6) },
        },
        rest: after(words, match),
      };
};

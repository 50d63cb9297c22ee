import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { isKindName } from '@autodevops/domain/kubernetes/kinds';
import { kindsIn } from '../fields/asked-kinds.ts';
import { fieldsCalled } from '../fields/catalogue.ts';
import type { Field } from '../fields/field.ts';
import { toldOf } from '../fields/told.ts';
import type { AskContext, Intent, Reply } from '../intent.ts';
import { notSeen, scopeWords } from '../scope.ts';
import { counted, pluralOf } from '../words.ts';

function replyOf(context: AskContext, field: Field, kind: KindName, isMean: boolean): Reply | undefined {
  const { of, text } = field.measure ?? {};
  if (of === undefined || text === undefined) return undefined;
  const told = toldOf(context, field, kind);
  const amounts = told.map(({ values }) =>
    values.flatMap((value) => of(value, context.snapshot.now) ?? []).reduce((sum, amount) => sum + amount, 0),
  );
  const set = told.filter(({ values }) => values.length > 0).length;
  if (set === 0) {
    return {
      headline: `None of ${counted(told.length, kind, pluralOf(kind))}${scopeWords(context)} sets a ${field.said}.`,
    };
  }
  const sum = amounts.reduce((a, b) => a + b, 0);
  const rest = told.length === set ? '' : `; ${told.length - set} more set none`;
  return {
    headline: `${isMean ? `The mean ${field.said}` : `The ${field.said} in all`} is ${text(isMean ? sum / set : sum)}, of ${counted(set, kind, pluralOf(kind))}${scopeWords(context)}${rest}.`,
  };
}

/** The sum, or the mean, of something over all objects of a kind. */
export const totalOf: Intent = {
  name: 'total-of',
  example: 'what is the total size of all claims?',
  isLoose: true,
  patterns: [
    /^(?:what is |how much is |show(?: me)? |give me )?(?:the )?(?<how>total|sum|combined|overall|aggregate|average|mean) (?:of )?(?:the |all )*(?<field>[a-z][\w -]*?)(?: (?:of|for|in|over|across|by) (?:all |the |our )*(?<kind>[a-z ]+?))?(?: (?:claimed|requested|wanted|used|in use|asked for|in total|altogether|there is))*(?: (?:in|of|on) (?:the |this |our )?cluster)?$/i,
    /^how (?:much|many) (?<field>[a-z][\w -]*?) (?:do|does|is|are|have|has) (?:all |the |our )*(?<kind>[a-z ]*?) ?(?:claimed|claim|requested|request|reserved|reserve|ask for|asked for|want|in total|altogether)(?: (?:in total|altogether|together))*$/i,
  ],
  answer: (caught, context) => {
    const [named] = kindsIn(caught('kind'));
    const isMean = /^(?:average|mean)$/i.test(caught('how'));
    const words = caught('field').replace(/ (?:claimed|requested|used|in use)$/i, '');
    for (const field of [...fieldsCalled(`${words} request`), ...fieldsCalled(words)]) {
      const [kind] = (named?.kinds ?? Object.keys(field.of).filter(isKindName)).filter(
        (name) => field.of[name] !== undefined,
      );
      const reply = kind === undefined ? undefined : (notSeen(context, kind) ?? replyOf(context, field, kind, isMean));
      if (reply !== undefined) return reply;
    }
    return undefined;
  },
};

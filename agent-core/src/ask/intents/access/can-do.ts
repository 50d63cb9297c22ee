import { askedSubjects, asPerson } from '../../access/asked-subject.ts';
import type { AskedSubject } from '../../access/asked-subject.ts';
import { grantsOf, placeOf, rbacNotSeen, wayOf } from '../../access/granted.ts';
import { verbWords, wantedAccess } from '../../access/wanted-access.ts';
import type { WantedAccess } from '../../access/wanted-access.ts';
import type { AskContext, Intent } from '../../intent.ts';

const everywhere =
  / (?:cluster.?wide|everywhere|in (?:all|every|any) namespaces?|across (?:all )?namespaces|in the (?:whole )?cluster)$/i;
const ourselves =
  /^(?:i|we|you|u|it|they|he|she|one|jamie|scarlet|anyone|anybody|someone|somebody|everyone|everybody)$/i;

function sentence(
  context: AskContext,
  subject: AskedSubject,
  wanted: WantedAccess,
  namespace: string | undefined,
): string {
  const where =
    !wanted.isNamespaced || namespace === undefined
      ? ''
      : namespace === ''
        ? ' in every namespace'
        : ` in namespace ${namespace}`;
  const own = grantsOf(context, wanted, wanted.isNamespaced ? namespace : '').filter(({ binding }) =>
    subject.isIn(binding),
  );
  const [first] = own;
  if (first !== undefined) {
    const places =
      namespace === undefined && wanted.isNamespaced ? ` ${[...new Set(own.map(placeOf))].join(' and ')}` : where;
    return `Yes: ${subject.said} may ${wanted.said}${places}, by ${wayOf(first)}${own.length > 1 ? ` and ${own.length - 1} more` : ''}.`;
  }
  return `No: no role that is bound to ${subject.said} lets it ${wanted.said}${where}.`;
}

/** Whether somebody may do something, by the roles that are bound to them. */
export const canDo: Intent = {
  name: 'can-do',
  example: 'can the service account of api list secrets?',
  patterns: [
    new RegExp(
      `^(?:can|may|could|is|are|does|do|has|have) (?<subject>.+?) (?:(?:be |been )?(?:allowed|permitted|able|authori[sz]ed|entitled) to |(?:have|has) (?:the )?(?:permissions?|rights?) to )?(?<verb>${verbWords}) (?<what>.+)$`,
      'i',
    ),
  ],
  answer: (caught, context) => {
    const what = caught('what');
    const wanted = wantedAccess(context.snapshot, caught('verb'), what.replace(everywhere, ''));
    if (wanted === undefined || ourselves.test(caught('subject'))) return undefined;
    const known = askedSubjects(context, caught('subject'));
    const person = known.length > 0 ? undefined : asPerson(caught('subject'));
    const subjects = person === undefined ? known : [person];
    const [first] = subjects;
    if (first === undefined) {
      return {
        outcome: 'no-such-name',
        headline: `I see nobody called "${caught('subject')}": no service account, workload, user or group of that name.`,
      };
    }
    const namespace = everywhere.test(what) ? '' : (context.namespace ?? first.home);
    const blind = rbacNotSeen(context, namespace);
    if (blind !== undefined) return blind;
    const [headline = '', ...lines] = subjects
      .slice(0, 8)
      .map((subject) => sentence(context, subject, wanted, namespace));
    return { headline, lines: [...lines, ...first.notes] };
  },
};

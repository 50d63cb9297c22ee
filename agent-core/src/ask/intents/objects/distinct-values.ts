import { counted, listed, pluralOf } from '@autodevops/domain/count-words';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { kindNames } from '@autodevops/domain/kubernetes/kinds';
import { kindsCalled } from '../../fields/asked-kinds.ts';
import { fieldsCalled } from '../../fields/catalogue.ts';
import { isMeant } from '../../fields/matching.ts';
import { hasField } from '../../fields/field.ts';
import type { Field } from '../../fields/field.ts';
import { toldOf } from '../../fields/told.ts';
import type { AskContext, Intent, Reply } from '../../intent.ts';
import { inScope, notSeen, scopeWords } from '../../scope.ts';

const most = 40;

/** Every value, and how many objects have it; of the kind of which most do. */
function replyOf(
  context: AskContext,
  { field, kind, wanted }: { readonly field: Field; readonly kind: KindName; readonly wanted: string },
): Reply | undefined {
  const told = toldOf(context, field, kind);
  const counts = new Map<string, number>();
  for (const value of told.flatMap(({ values }) => values).filter((value) => wanted === '' || isMeant(value, wanted))) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  if (counts.size === 0) {
    return wanted === '' || told.every(({ values }) => values.length === 0)
      ? undefined
      : {
          headline: `No ${field.said} of ${counted(told.length, kind, pluralOf(kind))}${scopeWords(context)} has ${wanted} in it.`,
        };
  }
  const sorted = [...counts].toSorted(([a, x], [b, y]) => y - x || a.localeCompare(b));
  const lines = sorted.length > most ? [`${sorted.length - most} more are left out.`] : [];
  return {
    headline: `${counted(sorted.length, `different ${field.said}`, `different ${pluralOf(field.said)}`)} in ${counted(told.length, kind, pluralOf(kind))}${scopeWords(context)}: ${listed(
      sorted.map(([value]) => value),
      6,
    )}.`,
    table: {
      columns: [field.said, pluralOf(kind)],
      rows: sorted.slice(0, most).map(([value, count]) => [value, String(count)]),
    },
    lines,
  };
}

/** What may follow the field without saying more. */
const after =
  '(?:are there|run|running|used|do (?:i|we) have|do (?:i|we) (?:use|run)(?: in| on)?|are (?:i|we) (?:on|using|running)|exist|are (?:set|in use|used|running|served|here)(?: anywhere)?|is (?:set|used|in use)(?: anywhere)?|is there|there are|(?:are )?(?:served )?by ingress(?:es)?|does (?:the|this|our) cluster (?:have|use|run)|(?:in|of|on|across) (?:the |this |our |all )*(?:cluster|nodes))';
const uninteresting: ReadonlySet<KindName> = new Set(['Event', 'Lease', 'ReplicaSet', 'ControllerRevision']);

/** Which different values there are of something: zones, hosts, classes, instance types. */
export const distinctValues: Intent = {
  name: 'distinct-values',
  example: 'how many zones are there?',
  isLoose: true,
  patterns: [
    new RegExp(
      `^(?:how many|which|what|list|show(?: me)?|count)(?: all)?(?: the| our| my)? (?:(?:different|distinct|unique|various) )?(?<field>[a-z][\\w -]*?)(?: ${after})*$`,
      'i',
    ),
    new RegExp(
      `^(?:which|what|list|show(?: me)?|how many)(?: all)?(?: the| our| my)? (?<field>[a-z][\\w -]*?) (?:do |are |is )?(?:come from|comes from|coming from|from|with|like|matching|under) (?:(?:the )?(?:tag|version|registry|name|value) )?(?<wanted>[\\w./:@-]+)$`,
      'i',
    ),
    new RegExp(
      `^(?:which|what|list|show(?: me)?|how many)(?: all)?(?: the| our| my)? (?<wanted>[\\w./:@-]+) (?<field>[a-z][\\w -]*?)(?: ${after})+$`,
      'i',
    ),
    /^(?:the |all (?:the )?)?(?<field>[a-z]+) (?:exposed|used|set|in use|declared|open)$/i,
    new RegExp(`^(?:the |all (?:the )?)?(?<field>[a-z]+ [\\w -]*?)(?: ${after})*$`, 'i'),
  ],
  answer: (caught, context) => {
    const words = caught('field');
    if (kindsCalled(words).length > 0) return undefined;
    // What a node says of its zone outranks what its pods say of it.
    const called = fieldsCalled(words).toSorted(
      (a, b) => Number(b.of.Node !== undefined) - Number(a.of.Node !== undefined),
    );
    for (const field of called) {
      const kinds = kindNames.filter(
        (name) => !uninteresting.has(name) && hasField(field, name) && inScope(context, name).length > 0,
      );
      for (const kind of kinds) {
        const reply = notSeen(context, kind) ?? replyOf(context, { field, kind, wanted: caught('wanted') });
        if (reply !== undefined) return reply;
      }
    }
    return undefined;
  },
};

import { listed, pluralOf } from '@autodevops/domain/count-words';
import { kinds as kindTable } from '@autodevops/domain/kubernetes/kinds';
import { kindsIn } from '../../fields/asked-kinds.ts';
import { inScope } from '../../scope.ts';
import type { ReadCondition } from '../condition.ts';
import type { Subject } from '../subject.ts';

const having =
  /^(?:(?:that )?(?:with|have|has|having|got|gets|contain|contains|containing) )?(?:got )?(?<no>no |without )?(?:an? |any |the |its |own )*/i;
const atEnd = /^(?:(?:and|or|but|that|which)(?= |$)|,|$)/i;

/** "With a quota", "without network policies": of namespaces, by what is in them. */
export const readContents: ReadCondition = (words, { context: { snapshot, diagnosis }, kinds }) => {
  if (!kinds.every((kind) => kind === 'Namespace')) return undefined;
  const start = having.exec(words)?.[0] ?? '';
  if (start === '' || /^(?:an?|any|the|its|own) $/i.test(start)) return undefined;
  const [what] = kindsIn(words.slice(start.length));
  const [kind] = what?.kinds ?? [];
  if (what === undefined || what.before !== '' || kind === undefined || what.kinds.length > 1) return undefined;
  // What is more closely described has to do with the namespace in another way.
  if (!kindTable[kind].namespaced || !atEnd.test(what.after)) return undefined;
  const isAbsent = having.exec(words)?.groups?.['no'] !== undefined;
  const namesIn = ({ ref }: Subject): readonly string[] =>
    inScope({ snapshot, diagnosis, namespace: ref.name }, kind).map(({ metadata }) => metadata.name);
  return {
    condition: {
      said: isAbsent ? `without a ${kind}` : `with a ${kind}`,
      fits: (subject) => namesIn(subject).length > 0 !== isAbsent,
      ...(isAbsent ? {} : { shown: { column: pluralOf(kind), of: (subject) => listed(namesIn(subject)) } }),
    },
    rest: what.after,
  };
};

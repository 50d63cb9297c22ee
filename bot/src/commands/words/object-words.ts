import { nearMatches } from '@autodevops/agent-core/reading/near-match';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { kindFromWord, kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { oneLine } from '@autodevops/domain/printable';

export interface NamedObject {
  readonly kind: KindName;
  readonly name: string;
  readonly namespace?: string;
}

const example = 'Write KIND/NAME, for example deploy/web; the namespace goes to -n.';

function kindOf(word: string): KindName {
  const kind = kindFromWord(word);
  if (kind !== undefined) return kind;
  const [near] = nearMatches(
    word,
    Object.values(kinds).flatMap(({ plural, shortNames }) => [plural, ...shortNames]),
  );
  throw new AutoDevOpsError(
    'usage',
    `"${oneLine(word, 60)}" is not a kind that I know.`,
    near === undefined ? example : `Did you mean ${near}?`,
  );
}

/** `deploy/web`, `deploy web` and `pod a b`, as kubectl takes them. Throws `usage`. */
export function objectsFrom(operands: readonly string[], namespace: string | undefined): readonly NamedObject[] {
  const [first = '', ...rest] = operands;
  const pairs =
    first.includes('/') || operands.length === 0
      ? operands.map((word) => word.split('/'))
      : rest.length === 0
        ? [[first]]
        : rest.map((name) => [first, name]);
  return pairs.map(([word = '', name = '', ...more]) => {
    if (word === '' || name === '' || more.length > 0) {
      throw new AutoDevOpsError(
        'usage',
        `"${oneLine([word, name, ...more].filter((part) => part !== '').join('/'), 60)}" names no object.`,
        example,
      );
    }
    const kind = kindOf(word);
    return { kind, name, ...(namespace === undefined || !kinds[kind].namespaced ? {} : { namespace }) };
  });
}

/** The one object that is named; undefined where none is. Throws `usage` for several. */
export function objectAmong(operands: readonly string[], namespace: string | undefined): NamedObject | undefined {
  const [object, ...more] = objectsFrom(operands, namespace);
  if (more.length > 0) throw new AutoDevOpsError('usage', 'That is more than one object.', 'Name one of them.');
  return object;
}

/** `Deployment web`, `Deployment shop/web`. */
export function nameOf({ kind, name, namespace }: NamedObject): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

import { kindFromWord, kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { Focus } from '@autodevops/agent-core/jamie/focus';
import { nearMatches } from '@autodevops/agent-core/reading/near-match';
import { printable } from '@autodevops/domain/printable';
import { didYouMean, usageError } from '../options/usage-error.ts';

export interface ScopeOptions {
  readonly namespace?: readonly string[] | undefined;
  readonly allNamespaces: boolean;
}

/** The namespaces that were asked for; undefined for all of them. */
export function namespacesOf({ namespace, allNamespaces }: ScopeOptions): readonly string[] | undefined {
  if (namespace === undefined || namespace.length === 0) return undefined;
  if (allNamespaces) throw usageError('-n and -A exclude each other.', 'Give one of them.');
  return [...new Set(namespace)];
}

function kindOf(word: string): KindName {
  const kind = kindFromWord(word);
  if (kind !== undefined) return kind;
  const near = nearMatches(
    word,
    Object.values(kinds).flatMap((k) => [k.plural, ...k.shortNames]),
  );
  throw usageError(
    `"${printable(word)}" is not a kind that I know.`,
    didYouMean(near, 'Write KIND/NAME, for example deploy/web or po/web-0.'),
  );
}

/** `deploy/web`, `deploy web` and `pod a b`, as kubectl takes them. */
export function focusFrom(words: readonly string[], namespaces: readonly string[] | undefined): readonly Focus[] {
  const pairs: { kind: string; name: string }[] = [];
  const [first, ...rest] = words;
  if (first !== undefined && !first.includes('/')) {
    if (rest.length === 0) {
      throw usageError(
        `"${printable(first)}" names no object.`,
        `Write KIND/NAME, for example deploy/${printable(first)}.`,
      );
    }
    pairs.push(...rest.map((name) => ({ kind: first, name })));
  } else {
    for (const word of words) {
      const [kind = '', name = '', more] = word.split('/');
      if (kind === '' || name === '' || more !== undefined) {
        throw usageError(
          `"${printable(word)}" is not KIND/NAME.`,
          'Write for example deploy/web; the namespace goes to -n.',
        );
      }
      pairs.push({ kind, name });
    }
  }
  return pairs.flatMap(({ kind, name }): Focus[] => {
    const known = kindOf(kind);
    if (namespaces === undefined || !kinds[known].namespaced) return [{ kind: known, name }];
    return namespaces.map((namespace) => ({ kind: known, name, namespace }));
  });
}

/** `app=web,tier=db` as a map. Only equality is understood. */
export function labelsFrom(selector: string): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {};
  for (const part of selector.split(',')) {
    const match = /^\s*([^\s=!]+)\s*==?\s*([^\s=]*)\s*$/.exec(part);
    if (match?.[1] === undefined) {
      throw usageError(
        `"${printable(part)}" is not a label selector that I know.`,
        'Write KEY=VALUE, several with commas between.',
      );
    }
    labels[match[1]] = match[2] ?? '';
  }
  return labels;
}

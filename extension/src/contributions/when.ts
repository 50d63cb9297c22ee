import type { ContextKey, ContextValue } from './context-keys.ts';
import type { ItemKind } from './item-kinds.ts';
import type { ViewId } from './views.ts';

declare const clause: unique symbol;
/** A `when` clause. Only the functions of this file make one, so a key or a value that does not exist does not compile. */
export type When = string & { readonly [clause]: true };

function when(text: string): When {
  return text as When;
}

/** `autodevops.agent == running`. */
export function is<K extends ContextKey>(key: K, value: ContextValue<K>): When {
  return when(value === true ? key : value === false ? `!${key}` : `${key} == ${value}`);
}

/** Of a key with several values: known, and another one. Before the extension has started it is not known. */
export function isNot<K extends ContextKey>(key: K, value: ContextValue<K>): When {
  return when(value === true ? `!${key}` : value === false ? key : `${key} && ${key} != ${value}`);
}

/** All of them. `||` binds looser than `&&`, so that what is made by `any` stands in brackets. */
export function all(...clauses: readonly When[]): When {
  return when(clauses.map((one) => (one.includes('||') ? `(${one})` : one)).join(' && '));
}

export function any(...clauses: readonly When[]): When {
  return when(clauses.join(' || '));
}

export const trusted = when('isWorkspaceTrusted');
export const untrusted = when('!isWorkspaceTrusted');
export const never = when('false');
export const yamlEditor = when('editorLangId == yaml');
/** The file that makes its folder a chart of Helm or a kustomization. */
export const rootOfManifests = when('resourceFilename =~ /^([Cc]hart\\.yaml|kustomization\\.ya?ml|Kustomization)$/');
export const yamlFile = when('resourceExtname =~ /^\\.ya?ml$/');

export function inView(view: ViewId): When {
  return when(`view == ${view}`);
}

/** On an item of one of these kinds. An item may have several, separated by blanks. */
export function onItem(...kinds: readonly ItemKind[]): When {
  return when(`viewItem =~ /\\b(${kinds.join('|').replaceAll('.', '\\.')})\\b/`);
}

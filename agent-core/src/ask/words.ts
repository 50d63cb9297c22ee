/** "1 pod", "3 pods". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** "a", "a and b", "a, b and 3 more". */
export function listed(items: readonly string[], most = 4): string {
  if (items.length > most) return `${items.slice(0, most).join(', ')} and ${items.length - most} more`;
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

/** "Deployments", "NetworkPolicies": a kind in the plural, as people write it. */
export function pluralOf(kind: string, count = 2): string {
  if (count === 1) return kind;
  if (/[^aeiou]y$/.test(kind)) return `${kind.slice(0, -1)}ies`;
  return /(?:s|x|ch)$/.test(kind) ? (kind === 'Endpoints' ? kind : `${kind}es`) : `${kind}s`;
}

/** "is" or "are". */
export function areOf(count: number): string {
  return count === 1 ? 'is' : 'are';
}

/** ": a, b" where there are so few that a sentence holds them. */
export function fewNames(names: readonly string[], most = 3): string {
  return names.length === 0 || names.length > most ? '' : `: ${listed(names)}`;
}

/** "is" or "are". */
export function areOf(count: number): string {
  return count === 1 ? 'is' : 'are';
}

/** "Deployments", "NetworkPolicies": a word in the plural, as people write it. */
export function pluralOf(word: string, count = 2): string {
  // The kind is called in the plural already.
  if (count === 1 || word === 'Endpoints') return word;
  if (/(?:s|x|ch|sh)$/.test(word)) return `${word}es`;
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
}

/** "1 pod", "3 pods". */
export function counted(count: number, one: string, many = pluralOf(one)): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** "a", "a and b", "a, b and 3 more". */
export function listed(items: readonly string[], most = 4): string {
  if (items.length <= most) {
    return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
  }
  return `${items.slice(0, most).join(', ')} and ${items.length - most} more`;
}

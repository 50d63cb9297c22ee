/** Plurals that no rule gives: the metrics API names its resources after what is measured. */
const irregular: Readonly<Record<string, string>> = {
  endpoints: 'endpoints',
  podmetrics: 'pods',
  nodemetrics: 'nodes',
};

/** `NetworkPolicy` → `networkpolicies`: the name that a kind has in paths, guessed as code generators make it. */
export function guessPlural(kind: string): string {
  const word = kind.toLowerCase();
  const known = Object.hasOwn(irregular, word) ? irregular[word] : undefined;
  if (known !== undefined) return known;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

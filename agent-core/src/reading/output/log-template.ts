const longest = 600;
const mostWords = 16;

/** A word that differs from one line to the next: it holds a digit, or is the value of a field. */
function masked(word: string): string {
  const field = /^([A-Za-z_][\w.-]{0,40})=(?!["'])/.exec(word);
  if (field !== null) return `${field[1]}=*`;
  return /\d/.test(word) ? '*' : word;
}

/**
 * What lines of one statement have in common: words with digits (numbers, times, addresses, identifiers) and the values
 * of fields are left open. Nothing of any program's own format is known.
 */
export function templateOf(text: string): string {
  const words = text.slice(0, longest).trim().split(/\s+/).map(masked);
  return words
    .filter((word, at) => word !== '*' || words[at - 1] !== '*')
    .slice(0, mostWords)
    .join(' ');
}

/** Any of the words, for FTS5. They hold letters and digits alone, so that in quotation marks they are nothing but words to it. */
export function matchQuery(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(' OR ');
}

/** A text as a part of a pattern that finds just that text, whatever stands in it. */
export function literalPattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

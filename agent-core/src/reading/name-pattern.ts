/** Whether a text matches a pattern in which `*` stands for any letters, none included. Linear in both, whatever they hold. */
export function matchesPattern(pattern: string, text: string): boolean {
  const [head = '', ...rest] = pattern.split('*');
  const tail = rest.pop();
  if (tail === undefined) return text === pattern;
  if (text.length < head.length + tail.length || !text.startsWith(head) || !text.endsWith(tail)) return false;
  let at = head.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - tail.length;
}

export function matchesAny(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => matchesPattern(pattern, text));
}

/**
 * Whether everything that the narrow pattern matches is matched by the wide one too. A star of the narrow one can only
 * be met by a star of the wide one, so reading the narrow pattern as a text never says yes wrongly.
 */
function patternCovers(wide: string, narrow: string): boolean {
  return matchesPattern(wide, narrow);
}

/** Whether everything that one of the narrow patterns matches is matched by one of the wide ones. */
export function patternsCover(wide: readonly string[], narrow: readonly string[]): boolean {
  return narrow.every((pattern) => wide.some((wider) => patternCovers(wider, pattern)));
}

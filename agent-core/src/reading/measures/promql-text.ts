/** A text of PromQL in quotation marks, as Go writes strings: https://prometheus.io/docs/prometheus/latest/querying/basics/#string-literals */
export function promText(text: string): string {
  const inside = [...text].map((char) => {
    if (char === '"' || char === '\\') return `\\${char}`;
    return /\p{Cc}/u.test(char) ? `\\x${(char.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}` : char;
  });
  return `"${inside.join('')}"`;
}

/** As RE2 reads it literally: https://github.com/google/re2/wiki/Syntax */
export function promLiterally(text: string): string {
  return text.replaceAll(/[\\^$.|?*+()[\]{}]/g, (char) => `\\${char}`);
}

/** `pod=~"a|b"`: one of these patterns, which Prometheus anchors at both ends. */
export function promOneOf(label: string, patterns: readonly string[]): string {
  return `${label}=~${promText(patterns.join('|'))}`;
}

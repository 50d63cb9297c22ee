/** Sentences of an answer as they come; lines that it quotes (they begin with two spaces, as lines of a log do) stay together. */
export type LineGroup =
  | { readonly kind: 'sentence'; readonly text: string }
  | { readonly kind: 'quoted'; readonly text: string };

export function lineGroups(lines: readonly string[]): readonly LineGroup[] {
  const groups: LineGroup[] = [];
  for (const line of lines) {
    const isQuoted = line.startsWith('  ');
    const last = groups.at(-1);
    if (isQuoted && last?.kind === 'quoted') {
      groups[groups.length - 1] = { kind: 'quoted', text: `${last.text}\n${line.slice(2)}` };
    } else groups.push(isQuoted ? { kind: 'quoted', text: line.slice(2) } : { kind: 'sentence', text: line });
  }
  return groups;
}

import { shown, shownLines } from './shown.ts';

/** Word joiner: not seen, and no mark of markup with it behind means anything. */
const joiner = '\u2060';

/**
 * Foreign text for where Slack reads Markdown (streamed answers): no formatting, no mention, no link. `<`, `@`, `&` and
 * addresses are broken by a joiner, since nothing says whether Slack reads entities there; what CommonMark escapes is
 * escaped. https://spec.commonmark.org/0.31.2/#backslash-escapes
 */
export function markdown(text: string, most: number): string {
  return shown(text, most)
    .replaceAll(/[\\`*~[\]|]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\$&`)
    .replaceAll(/[<&]|@(?=\w)|:(?=\/\/|[\w+-]+:)|\bwww(?=\.)/gi, `$&${joiner}`)
    .replaceAll(/^(?=[#>+=-]|\d+[.)])/g, joiner);
}

/** Foreign lines as they are, in a fence that nothing inside of it closes. https://spec.commonmark.org/0.31.2/#fenced-code-blocks */
export function markdownFence(text: string, most: number): string {
  const lines = shownLines(text, most).replaceAll(/<(?=[!@#])/g, `$&${joiner}`);
  const longest = Math.max(2, ...[...lines.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${lines}\n${fence}`;
}

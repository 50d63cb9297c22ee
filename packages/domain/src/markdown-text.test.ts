import { expect, it } from 'vitest';
import { markdownText } from './markdown-text.ts';

it.each([
  ['a link', '[here](https://evil.example)', String.raw`\[here\]\(https&#58;//evil.example)`],
  [
    'an address that becomes a link by itself',
    'https://evil.example www.evil.example',
    'https&#58;//evil.example www&#46;evil.example',
  ],
  ['HTML', '<img src=x> &lt;', '&lt;img src=x&gt; &amp;lt;'],
  ['a mention', '@channel', '&#64;&#8203;channel'],
  ['an issue', 'closes #1', String.raw`closes \#&#8203;1`],
  ['emphasis and code', '*a* _b_ `c` ~d~', String.raw`\*a\* \_b\_ \`c\` \~d\~`],
  ["a table's column", 'a|b', String.raw`a\|b`],
  ['a list or a rule at the beginning', '- a', String.raw`\- a`],
  ['a numbered list at the beginning', '1. a', String.raw`1\. a`],
  ['a numbered list of the other kind', '12) a', String.raw`12\) a`],
  ['a remark', 'restarted (6 times)', 'restarted (6 times)'],
  ['a second line', 'a\n# b', String.raw`a \# b`],
])('%s in foreign text is shown as it is', (_what, text, shown) => {
  expect(markdownText(text)).toBe(shown);
});

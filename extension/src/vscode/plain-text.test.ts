import { expect, it } from 'vitest';
import { plainText } from './plain-text.ts';

/** As the editor finds links in its messages (src/vs/base/common/linkedText.ts). */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

it('no text becomes a link or an icon, and its words stay', () => {
  const hostile = 'see [here](command:workbench.action.quit), [x](https://evil.example "y") and $(error) $$(a)';
  expect(link.test(hostile)).toBe(true);
  expect(plainText(hostile)).not.toMatch(link);
  expect(plainText(hostile)).not.toMatch(/\$\([a-z]/);
  expect(plainText(hostile).replaceAll('\u200B', '')).toBe(hostile);
});

it('other text stays as it is', () => {
  expect(plainText('list[0] (x) costs $5 {a: [1]}')).toBe('list[0] (x) costs $5 {a: [1]}');
});

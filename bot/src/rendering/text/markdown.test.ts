import { expect, it } from 'vitest';
import { markdown } from './markdown.ts';

const bare = (text: string): string => markdown(text, 500).replaceAll('\u2060', '·');

it('mentions and links of foreign text are only text', () => {
  expect(bare('<!channel> <@U1> @here')).toBe('<·!channel> <·@·U1> @·here');
  expect(bare('[click](https://evil.example) www.evil.example')).toBe(
    String.raw`\[click\](https:·//evil.example) www·.evil.example`,
  );
});

it('formatting of foreign text formats nothing', () => {
  expect(bare('**a** `b` ~c~ _d_')).toBe(String.raw`\*\*a\*\* \`b\` \~c\~ \_d\_`);
  expect(bare('# not a heading')).toBe('·# not a heading');
  expect(bare('1. not a list')).toBe('·1. not a list');
});

it('names stay as they are', () => {
  expect(bare('Deployment shop/web_1 in v1.5')).toBe('Deployment shop/web_1 in v1.5');
});

it('an entity is no entity', () => {
  expect(bare('&lt;!channel&gt;')).toBe('&·lt;!channel&·gt;');
});

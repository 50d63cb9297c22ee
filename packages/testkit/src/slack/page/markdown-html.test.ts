import { expect, it } from 'vitest';
import { markdownHtml } from './markdown-html.ts';

const names = { users: { U1: 'ann' }, channels: {}, now: '2027-01-15T08:00:00Z', zone: 'UTC' };
const html = (text: string): string => markdownHtml(text, names).html;

it('two stars are bold, a blank line parts paragraphs', () => {
  expect(html('**Web is down.**\n\nSince _noon_.')).toBe(
    '<p><strong>Web is down.</strong></p><p>Since <em>noon</em>.</p>',
  );
});

it('an escaped mark is a letter', () => {
  expect(html(String.raw`\[a\] \*b\* \<`)).toBe('<p>[a] *b* &lt;</p>');
});

it('in a fence everything is as it was written', () => {
  expect(html('Log:\n\n````\n**a** ``` <b>\n````\n\nEnd')).toBe('<p>Log:</p><pre>**a** ``` &lt;b&gt;</pre><p>End</p>');
});

it('a mention is a mention, unless it was broken', () => {
  expect(html('<@U1>')).toContain('data-user="U1"');
  expect(html('<\u2060@U1>')).not.toContain('data-user');
});

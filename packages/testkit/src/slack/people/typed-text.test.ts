import { expect, it } from 'vitest';
import { typedText } from './typed-text.ts';

it('signs that Slack has a use for are escaped in the text and not in the rich text', () => {
  expect(typedText('a < b & c > d')).toEqual({
    text: 'a &lt; b &amp; c &gt; d',
    elements: [{ type: 'text', text: 'a < b & c > d' }],
  });
});

it('people, channels and calls to many are what they were chosen as', () => {
  const { text, elements } = typedText('<@U1> see <#C1|general> and tell <!here>');
  expect(text).toBe('<@U1> see <#C1|general> and tell <!here>');
  expect(elements).toEqual([
    { type: 'user', user_id: 'U1' },
    { type: 'text', text: ' see ' },
    { type: 'channel', channel_id: 'C1' },
    { type: 'text', text: ' and tell ' },
    { type: 'broadcast', range: 'here' },
  ]);
});

it('an address becomes a link, marked up once', () => {
  const typed = typedText('look: https://ops.example.com/?a=1&b=2');
  expect(typed).toEqual({
    text: 'look: <https://ops.example.com/?a=1&amp;b=2>',
    elements: [
      { type: 'text', text: 'look: ' },
      { type: 'link', url: 'https://ops.example.com/?a=1&b=2' },
    ],
  });
  expect(typedText('<https://ops.example.com/>').text).toBe('<https://ops.example.com/>');
});

it('what looks like markup and is none is plain text', () => {
  expect(typedText('<b>bold</b>').text).toBe('&lt;b&gt;bold&lt;/b&gt;');
});

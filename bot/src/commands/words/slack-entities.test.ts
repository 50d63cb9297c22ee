import { expect, it } from 'vitest';
import { mentionedUser, typedText, withoutMention } from './slack-entities.ts';

it('escapes are undone once', () => {
  expect(typedText('a &amp; b &lt;c&gt;')).toBe('a & b <c>');
  expect(typedText('&amp;lt;')).toBe('&lt;');
});

it('a name that Slack made a link of is what was typed', () => {
  expect(typedText('why is <http://web.shop|web.shop> down')).toBe('why is web.shop down');
  expect(typedText('see <mailto:ann@example.com|ann@example.com>')).toBe('see ann@example.com');
});

it('a link under another name is its address', () => {
  expect(typedText('<https://evil.example/a|https://good.example>')).toBe('https://evil.example/a');
});

it('mentions become names, and call nobody', () => {
  expect(typedText('<@U2|bob> and <@U3> in <#C1|ops> <!channel> <!subteam^S1|@team>')).toBe(
    '@bob and @U3 in #ops @channel @team',
  );
});

it('what a person typed in brackets is no mention', () => {
  expect(typedText('&lt;@U2&gt;')).toBe('<@U2>');
  expect(mentionedUser('&lt;@U2&gt;')).toBeUndefined();
});

it('a mention of a person is read, of a channel not', () => {
  expect(mentionedUser('<@U2|bob>')).toBe('U2');
  expect(mentionedUser('<@W2>')).toBe('W2');
  expect(mentionedUser('<#C1|ops>')).toBeUndefined();
  expect(mentionedUser('bob')).toBeUndefined();
});

it("the bot's own mention goes, others stay", () => {
  expect(withoutMention('<@UBOT> why is web failing, <@U2>?', 'UBOT')).toBe('why is web failing, <@U2>?');
  expect(withoutMention('hey <@UBOT|jamie>: help', 'UBOT')).toBe('hey help');
});

it('a flood of brackets takes no time to speak of', () => {
  expect(typedText('<'.repeat(40_000))).toHaveLength(40_000);
  expect(typedText('<@'.repeat(20_000))).toHaveLength(40_000);
});

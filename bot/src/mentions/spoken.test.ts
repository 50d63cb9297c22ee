import { expect, it } from 'vitest';
import { maySpeakToBot, spokenIn } from './spoken.ts';

it("a question is what is left without the bot's name", () => {
  expect(spokenIn('<@UBOT> why is web failing?', 'UBOT')).toEqual({ kind: 'question', text: 'why is web failing?' });
  expect(spokenIn('<@UBOT> why is <http://web.shop|web.shop> &lt;down&gt;?', 'UBOT')).toEqual({
    kind: 'question',
    text: 'why is web.shop <down>?',
  });
});

it("where the bot's own user is not known, the first name is taken for it", () => {
  expect(spokenIn('<@UX> what is wrong', '')).toEqual({ kind: 'question', text: 'what is wrong' });
});

it('a greeting asks nothing', () => {
  for (const text of ['<@UBOT>', '<@UBOT> hi', '<@UBOT> help', '<@UBOT> Hello!', '<@UBOT> ?']) {
    expect(spokenIn(text, 'UBOT')).toEqual({ kind: 'nothing' });
  }
});

it('what is for the timeline is told apart', () => {
  for (const text of [
    'timeline: the cache was cleared',
    'Add to the timeline: the cache was cleared',
    'add the cache was cleared to the timeline',
    'note - the cache was cleared',
  ]) {
    expect(spokenIn(`<@UBOT> ${text}`, 'UBOT')).toEqual({ kind: 'note', text: 'the cache was cleared' });
  }
  expect(spokenIn('<@UBOT> note the time?', 'UBOT').kind).toBe('question');
});

it('a reply in a thread is taken up when it asks', () => {
  for (const text of ['why is it down?', 'and db?', 'show its logs', 'Is it better now', 'timeline: rolled back']) {
    expect(maySpeakToBot(text, 'UBOT')).toBe(true);
  }
});

it('people talking to each other are left alone', () => {
  for (const text of ['I am on it', 'ok', 'thanks', '<@U2> can you look?', 'restarting it now', '']) {
    expect(maySpeakToBot(text, 'UBOT')).toBe(false);
  }
});

it('what mentions the bot comes by another event', () => {
  expect(maySpeakToBot('why? <@UBOT>', 'UBOT')).toBe(false);
});

it("a flood of words is nobody's question", () => {
  expect(maySpeakToBot(`${'why '.repeat(9000)}?`, 'UBOT')).toBe(false);
});

import { describe, expect, it } from 'vitest';
import { ToHost } from './to-host.ts';
import { ToPage } from './to-page.ts';

describe('what a page says', () => {
  it('is read where it is of the protocol', () => {
    for (const message of [
      { type: 'ready' },
      { type: 'ask', text: ' why? ' },
      { type: 'follow', link: 'l-12' },
      { type: 'press', turn: 1, part: 'fix-1', button: 'apply' },
      { type: 'complete', asked: 3, mark: '#', text: '' },
    ]) {
      expect(ToHost.safeParse(message).success, JSON.stringify(message)).toBe(true);
    }
    expect(ToHost.parse({ type: 'ask', text: ' why? ' })).toEqual({ type: 'ask', text: 'why?' });
  });

  it('is nothing where it is not: no command, no path, no address, no more than is asked', () => {
    const wrong: readonly unknown[] = [
      undefined,
      null,
      'ready',
      {},
      { type: 'run', command: 'workbench.action.quit' },
      { type: 'ask', text: ' ' },
      { type: 'ask', text: 'x'.repeat(2001) },
      { type: 'ready', command: 'x' },
      { type: 'follow', link: 'https://evil.test' },
      { type: 'follow', link: 'command:workbench.action.quit' },
      { type: 'follow', link: 'l-0' },
      { type: 'open', conversation: '../x' },
      { type: 'press', turn: 1, part: 'fix-1', button: 'approve' },
      { type: 'press', turn: -1, part: 'fix-1', button: 'apply' },
      { type: 'more', turn: 1, part: '../../x' },
      { type: 'complete', asked: 1, mark: '@', text: '' },
    ];
    for (const message of wrong) expect(ToHost.safeParse(message).success, JSON.stringify(message)).toBe(false);
  });
});

it('what the host says is nothing where it is not of the protocol', () => {
  expect(ToPage.safeParse({ type: 'part', turn: 1, part: { id: 'x', kind: 'html', html: '<b>' } }).success).toBe(false);
  expect(
    ToPage.safeParse({
      type: 'part',
      turn: 1,
      part: { id: 'x', kind: 'says', tone: 'plain', lines: [[{ text: 'a', link: 'command:x' }]] },
    }).success,
  ).toBe(false);
  expect(
    ToPage.safeParse({
      type: 'part',
      turn: 1,
      part: { id: 'x', kind: 'says', tone: 'plain', lines: [[{ text: 'a', link: 'l-1' }]] },
    }).success,
  ).toBe(true);
});

import { describe, expect, it } from 'vitest';
import { callBudget } from './call-budget.ts';

describe('what may be asked of a workspace', () => {
  it('is a message and its first reply at once in a channel, then one post a second, each channel by itself', () => {
    let at = 0;
    const { take } = callBudget(() => at, false);
    const post = (channel: string): number => take('chat.postMessage', channel, 'incident');
    expect([post('C1'), post('C1'), post('C1'), post('C2')]).toEqual([0, 0, 1000, 0]);
    at = 1000;
    expect([post('C1'), post('C1')]).toEqual([0, 1000]);
    at = 60_000;
    expect([post('C1'), post('C1'), post('C1')]).toEqual([0, 0, 1000]);
  });

  it('is, over a minute, no more than one post a second in a channel and one beside', () => {
    let at = 0;
    const { take } = callBudget(() => at, false);
    let made = 0;
    for (; at < 60_000; at += 10) if (take('chat.postMessage', 'C1', 'interactive') === 0) made += 1;
    expect(made).toBe(61);
  });

  it('waits as long as Slack says, and only what Slack spoke of', () => {
    let at = 0;
    const { take, pause } = callBudget(() => at, false);
    pause('chat.postMessage', 'C1', 30_000);
    expect(take('chat.postMessage', 'C1', 'incident')).toBe(30_000);
    expect(take('chat.postMessage', 'C2', 'incident')).toBe(0);
    expect(take('views.open', '', 'interactive')).toBe(0);
    at = 31_000;
    expect(take('chat.postMessage', 'C1', 'incident')).toBe(0);
  });

  it('leaves something to people when an incident asks for all of it', () => {
    const { take } = callBudget(() => 0, false);
    let edits = 0;
    while (take('chat.update', 'C1', 'incident') === 0) edits += 1;
    expect(edits).toBeGreaterThan(10);
    expect(take('chat.update', 'C1', 'stream')).toBe(0);
    expect(take('chat.update', 'C1', 'interactive')).toBe(0);
  });

  it('never goes beyond the tier by more than its half, whatever is asked', () => {
    let at = 0;
    const { take } = callBudget(() => at, false);
    let made = 0;
    for (; at < 60_000; at += 10) if (take('chat.update', 'C1', 'interactive') === 0) made += 1;
    expect(made).toBeLessThanOrEqual(75);
    expect(made).toBeGreaterThan(50);
  });

  it('reads a history once a minute for a distributed app', () => {
    const { take } = callBudget(() => 0, true);
    expect(take('conversations.replies', 'C1', 'incident')).toBe(0);
    expect(take('conversations.replies', 'C1', 'incident')).toBe(60_000);
  });
});

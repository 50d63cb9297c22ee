import { describe, expect, it } from 'vitest';
import { Observed } from './observed.ts';

describe('an observed value', () => {
  it('is told to whoever follows it, when it is another one', () => {
    const heard: number[] = [];
    const value = new Observed(1);
    const stop = value.subscribe((next) => void heard.push(next));
    value.set(2);
    value.set(2);
    value.set(3);
    stop();
    value.set(4);
    expect(heard).toEqual([2, 3]);
    expect(value.value).toBe(4);
  });

  it('reaches the others where one listener fails', () => {
    const heard: number[] = [];
    const value = new Observed(1);
    value.subscribe(() => {
      throw new Error('mine');
    });
    value.subscribe((next) => void heard.push(next));
    expect(() => value.set(2)).toThrow('mine');
    expect(heard).toEqual([2]);
  });

  it('can be waited for, until somebody does not want to any more', async () => {
    const value = new Observed<'off' | 'on'>('off');
    const isOn = (one: 'off' | 'on'): one is 'on' => one === 'on';
    const waiting = value.until(isOn, AbortSignal.timeout(10_000));
    value.set('on');
    expect(await waiting).toBe('on');
    expect(await value.until(isOn, AbortSignal.abort())).toBe('on');
    value.set('off');
    await expect(value.until(isOn, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });
});

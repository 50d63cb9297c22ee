import { describe, expect, it } from 'vitest';
import { deepestNesting, isTooDeep } from './nesting.ts';

function nested(times: number): unknown {
  return JSON.parse(`${'['.repeat(times)}1${']'.repeat(times)}`);
}

describe('the nesting of what is sent', () => {
  it('is bounded, whatever it is nested by', () => {
    expect([nested(deepestNesting), { a: nested(deepestNesting - 1) }].map(isTooDeep)).toEqual([false, false]);
    expect([nested(deepestNesting + 1), { a: { b: nested(deepestNesting) } }, nested(400_000)].map(isTooDeep)).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('is not that of what is plain or wide', () => {
    expect(
      [undefined, null, 'text', 1, [], {}, Array.from({ length: 100_000 }, () => ({ a: 1 }))].map(isTooDeep),
    ).toEqual([false, false, false, false, false, false, false]);
  });
});

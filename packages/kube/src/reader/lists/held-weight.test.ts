import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { weightBeside, weightOfAll } from './held-weight.ts';

const some = (): object => ({ metadata: { name: 'a' }, spec: { images: ['web:1', 'db:1'], replicas: 3 } });
const weightOf = (object: object): number => weightBeside(object, undefined);
const noLimit = Number.POSITIVE_INFINITY;

describe('the weight of an object', () => {
  it('grows with its texts, and with empty parts too', () => {
    expect(weightOf({ text: 'x'.repeat(5000) }) - weightOf({ text: '' })).toBe(5000);
    expect(weightOf({ list: Array.from({ length: 1000 }, () => ({})) })).toBeGreaterThan(64_000);
  });

  it('beside another is that of the parts which they do not share', () => {
    const one = some();
    expect(weightBeside(one, one)).toBe(0);
    expect(weightBeside({ ...one, status: 'new' }, one)).toBe(weightOf({ a: 0, b: 0, status: 'new' }));
    expect(weightBeside(some(), one)).toBeGreaterThan(weightBeside({ ...one }, one));
  });

  it('is known of what is nested a hundred thousand deep', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as object;
    expect(weightOf(deep)).toBeGreaterThan(6_400_000);
    expect(weightOfAll([[deep]], noLimit)).toBe(weightOf(deep));
  });
});

describe('the weight of many objects', () => {
  it('counts once what several lists or objects share', () => {
    const [one, other] = [some(), some()];
    expect(weightOfAll([[one, one], [one]], noLimit)).toBe(weightOf(one));
    expect(weightOfAll([[one], [other]], noLimit)).toBe(2 * weightOf(one));
  });

  it('is never more than what each was counted with when it came', () => {
    const part = fc.oneof(fc.constant(some()), fc.dictionary(fc.string(), fc.string()), fc.array(fc.string()));
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.constantFrom('a', 'b', 'c'), part)), (objects) => {
        const each = objects.map((object, index) => weightBeside(object, objects[index - 1]));
        const sum = each.reduce((all, weight) => all + weight, 0);
        expect(weightOfAll([objects], noLimit)).toBeLessThanOrEqual(sum);
      }),
    );
  });

  it('is not looked for any further once it is too much', () => {
    let looked = 0;
    const endless = {
      *[Symbol.iterator](): Generator<object> {
        for (;;) {
          looked += 1;
          yield some();
        }
      },
    };
    expect(weightOfAll([endless], 10_000)).toBe(Number.POSITIVE_INFINITY);
    expect(looked).toBeLessThan(100);
  });
});

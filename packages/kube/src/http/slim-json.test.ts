import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutFieldOwners } from './slim-json.ts';

/** The same in the slow way. */
function emptied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(emptied);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      key === 'fieldsV1' && typeof part === 'object' && part !== null && !Array.isArray(part) ? {} : emptied(part),
    ]),
  );
}

describe('JSON without field owners', () => {
  it('is the same JSON with every fieldsV1 emptied, whatever the texts hold', () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom('"fieldsV1":{', '\\', '{', '}', '\\"', 'fieldsV1', '"fieldsV1":{}}', 'ü{"', '\u2028'),
    );
    const any = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.integer(),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.oneof(text, fc.constant('fieldsV1')), tie('value'), { maxKeys: 4, noNullPrototype: true }),
      ),
    })).value;
    fc.assert(
      fc.property(any, (value) => {
        const json = Buffer.from(JSON.stringify(value));
        expect(JSON.parse(withoutFieldOwners(json).toString())).toEqual(emptied(JSON.parse(json.toString())));
      }),
      { numRuns: 2000 },
    );
  });

  it('is left alone when it is damaged', () => {
    const damaged = Buffer.from('{"fieldsV1":{"a":"');
    expect(withoutFieldOwners(damaged)).toBe(damaged);
  });
});

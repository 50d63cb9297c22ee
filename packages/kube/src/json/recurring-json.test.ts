import * as fc from 'fast-check';
import {
  flag,
  json,
  list,
  made,
  name,
  number,
  object,
  optional,
  strings,
  text,
  texts,
} from '@autodevops/domain/kubernetes/shape';
import type { Shape } from '@autodevops/domain/kubernetes/shape';
import { describe, expect, it } from 'vitest';
import { Damaged } from './damaged.ts';
import { parseJson } from './parse-json.ts';
import { RecurringJson } from './recurring-json.ts';

const leaf = object({ a: text, ab: number, é: flag, '"': json, __proto__: name });
const inner = object({ a: name, ab: list(leaf), name: optional(leaf), é: strings, '\u0000': texts, '12': json });
const shape = object({
  a: inner,
  ab: list(inner),
  name,
  é: optional(list(inner)),
  '"': made(inner, ({ a }) => a.length),
  '12': list(list(text)),
});

/** V8 of Node 24 takes any key of one escaped letter for a key "\" that it saw before: such keys are left out. */
const keys = ['a', 'ab', 'name', '__proto__', '"', 'é', '\u0000', '12', 'unread'];

const key = fc.constantFrom(...keys);
const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom(...keys, '\\', '\\"', '{', '}', 'fieldsV1'),
);
const { value, object: record } = fc.letrec<{ value: unknown; list: unknown; object: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    word,
    fc.integer(),
    fc.double({ noNaN: true }),
    fc.constantFrom(null, true, false, 1, 12, 123, -1.5e-7),
    tie('list'),
    tie('object'),
    tie('object'),
  ),
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc.dictionary(key, tie('value'), { maxKeys: 6 }),
}));

interface Step {
  readonly at: number;
  readonly to: unknown;
  readonly how: 'replace' | 'remove' | 'insert';
}

/** Changes one of the parts, counted through. */
function changed(whole: unknown, step: Step): unknown {
  const count = (part: unknown): number =>
    typeof part === 'object' && part !== null
      ? 1 + Object.values(part).reduce<number>((sum, one) => sum + count(one), 0)
      : 1;
  let left = step.at % count(whole);
  const walk = (part: unknown): unknown => {
    if (left-- === 0) return step.to;
    if (Array.isArray(part)) return part.flatMap((one) => edited(one));
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).flatMap(([field, one]) =>
        edited(one).map((next, index) => [index === 0 ? field : 'added', next]),
      ),
    );
  };
  const edited = (one: unknown): unknown[] => {
    const isHere = left === 0;
    const next = walk(one);
    if (!isHere || step.how === 'replace') return [next];
    return step.how === 'remove' ? [] : [one, next];
  };
  return walk(whole);
}

const steps = fc.array(
  fc.record({
    at: fc.nat(),
    to: value,
    how: fc.constantFrom('replace' as const, 'remove' as const, 'insert' as const),
  }),
  { maxLength: 3 },
);
/** A document and what becomes of it, step by step. */
const history = fc.tuple(record, fc.array(steps, { maxLength: 6 })).map(([first, all]) => {
  const documents = [first];
  for (const some of all) documents.push(some.reduce<unknown>(changed, documents.at(-1)));
  return documents;
});

function recurringWith(wanted: Shape<unknown> = shape, path: readonly string[] = [], early = 0): RecurringJson {
  let left = early;
  return new RecurringJson({ shape: wanted, keep: (part) => part, object: path, isEarly: () => left-- > 0 });
}

function outcome(read: () => unknown): unknown {
  try {
    return { read: read() };
  } catch (error) {
    return error instanceof SyntaxError || error instanceof Damaged ? 'damaged' : error;
  }
}

function alone(document: Buffer): unknown {
  const parsed = parseJson(document);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new Damaged('');
  return shape.read(parsed);
}

describe('JSON that resembles the JSON before it', () => {
  it('is read as it would be for itself, compact or not', () => {
    fc.assert(
      fc.property(history, fc.constantFrom(0, 1), fc.constantFrom(0, 2, 9), (documents, indent, first) => {
        const recurring = recurringWith(shape, [], first);
        for (const bytes of documents.map((one) => Buffer.from(JSON.stringify(one, undefined, indent)))) {
          expect(outcome(() => recurring.parse(bytes))).toEqual(outcome(() => alone(bytes)));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('is not compared as long as it is early, and shared all the same', () => {
    const before: unknown[] = [];
    const keep = <T>(value: T, like: unknown): T => {
      before.push(like);
      return value;
    };
    let left = 2;
    const recurring = new RecurringJson({ shape, keep, object: [], isEarly: () => left-- > 0 });
    const read = ['x', 'y', 'z'].map((one) => {
      expect(recurring.parseBeginning).toBeUndefined();
      return recurring.parse(Buffer.from(JSON.stringify({ name: one })));
    });
    expect(before).toEqual([undefined, read[0], read[1]]);
    expect(recurring.parseBeginning?.(Buffer.from('{"name":"a"},{"'))).toMatchObject({ length: 12 });
  });

  it('is read as it would be for itself when other bytes follow it', () => {
    fc.assert(
      fc.property(history, fc.constantFrom('', ',', ',{"a":{"a":"b"}}', ']}', ' '), (documents, rest) => {
        const recurring = recurringWith();
        for (const one of documents) {
          const bytes = Buffer.from(JSON.stringify(one));
          const beginning = recurring.parseBeginning?.(Buffer.concat([bytes, Buffer.from(rest)]));
          if (beginning === undefined) outcome(() => recurring.parse(bytes));
          else expect(beginning).toMatchObject({ value: alone(bytes), length: bytes.length });
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is found damaged when what is read of it is, and then counts for nothing', () => {
    const damage = fc.record({
      at: fc.nat(),
      to: fc.constantFrom('', ',', '"', '{', '}', '[', ']', ':', '1', ' ', '\\', 'x'),
      length: fc.constantFrom(0, 1, 2),
    });
    fc.assert(
      fc.property(history, damage, (documents, { at, to, length }) => {
        const recurring = recurringWith();
        for (const json of documents.map((one) => JSON.stringify(one))) {
          const from = at % (json.length + 1);
          const spoiled = Buffer.from(json.slice(0, from) + to + json.slice(from + length));
          const [beside, itself] = [outcome(() => recurring.parse(spoiled)), outcome(() => alone(spoiled))];
          // Damage in what is not read need not be seen.
          if (itself !== 'damaged') expect(beside).toEqual(itself);
          else expect(beside === 'damaged' || JSON.stringify(beside).startsWith('{"read":')).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
    const recurring = recurringWith();
    recurring.parse(Buffer.from('{"name":"x","a":{"a":"y"}}'));
    for (const bytes of [
      '{"name":"x","a":{"a":"y"}',
      '{"name":"x","a":{"a":"z"',
      '{"name":"x","a":{"a":z}}',
      '{"name":"x" "a":{}}',
      '{"name":"w",}',
      '{"name":"x","a":{"a":"y"}}}',
    ]) {
      expect(outcome(() => recurring.parse(Buffer.from(bytes)))).toBe('damaged');
    }
    expect(recurring.parse(Buffer.from('{"name":"x","a":{"a":"z"}}'))).toEqual(
      shape.read({ name: 'x', a: { a: 'z' } }),
    );
  });

  it('is the same value where it is the same, also when only what is not read differs', () => {
    const recurring = recurringWith();
    const take = (one: unknown) => recurring.parse(Buffer.from(JSON.stringify(one))) as ReturnType<typeof shape.read>;
    const [first, second, third] = [
      take({ name: 'x-1', a: { a: 'web', unread: 1 }, ab: [{ a: '1' }, { a: '2' }] }),
      take({ name: 'x-20', a: { a: 'web', unread: 234 }, ab: [{ a: '3' }, { a: '2' }] }),
      take({ unread: [], name: 'x-3', a: { a: 'web', unread: 5 }, ab: [{ a: '3' }, { a: '2' }] }),
    ];
    expect([
      second?.a === first?.a,
      second?.ab[1] === first?.ab[1],
      second?.ab === first?.ab,
      third?.ab === second?.ab,
    ]).toEqual([true, true, false, true]);
    expect([first?.name, second?.name, third?.name]).toEqual(['x-1', 'x-20', 'x-3']);
    expect(first?.ab[0]?.a).toBe('1');
  });

  it('takes the last of a key that is there twice', () => {
    const recurring = recurringWith();
    for (const json of [
      '{"name":"1","a":{}}',
      '{"name":"3","a":{},"name":"4"}',
      '{"name":"5","a":{},"name":"4"}',
      '{"name":"1","name":"2"}',
      '{"name":"3","name":"2"}',
    ]) {
      expect(recurring.parse(Buffer.from(json))).toEqual(shape.read(JSON.parse(json)));
    }
  });

  it('is no document without its object', () => {
    const recurring = recurringWith(object({ object: object({ metadata: object({ name }) }) }), ['object', 'metadata']);
    const documents = [
      '{"object":{"metadata":{"name":"a"}}}',
      '{"object":{"metadata":{"name":"b"}}}',
      '{"object":{"metadata":null}}',
      '{"object":{}}',
      '{}',
      'null',
      '[]',
      '{"object":{"metadata":[]}}',
      '{"object":{"metadata":{}}}',
    ];
    expect(documents.map((one) => outcome(() => recurring.parse(Buffer.from(one))) !== 'damaged')).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
      false,
      false,
      true,
    ]);
  });

  it('is read for itself when it is large or nested deeply', () => {
    const recurring = recurringWith(object({ deep: json, text }));
    for (const one of [1, 2]) {
      let { deep } = recurring.parse(Buffer.from(`{"deep":${'['.repeat(20_000)}${one}${']'.repeat(20_000)}}`)) as {
        deep: unknown;
      };
      while (Array.isArray(deep)) [deep] = deep as unknown[];
      expect(deep).toBe(one);
    }
    const large = { text: 'x'.repeat(100_000) };
    for (let i = 0; i < 2; i++) {
      expect(recurring.parse(Buffer.from(JSON.stringify(large)))).toEqual({ ...large, deep: undefined });
    }
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { defaultLimits } from '../limits.ts';
import { jsonPieces } from './json-pieces.ts';
import { parseGeneralYaml, parseYaml } from './parse-yaml.ts';
import type { Piece, PieceCutter } from './piece.ts';
import { yamlPieces } from './yaml-pieces.ts';

function cut(make: (emit: (piece: Piece) => void) => PieceCutter, text: string, sizes: readonly number[]): Piece[] {
  const pieces: Piece[] = [];
  const cutter = make((piece) => pieces.push(piece));
  let at = 0;
  for (let n = 0; at < text.length; n++) {
    const size = sizes[n % sizes.length] ?? 1;
    cutter.write(text.slice(at, at + size));
    at += size;
  }
  cutter.end();
  return pieces;
}

const json = (emit: (piece: Piece) => void): PieceCutter => jsonPieces(emit, () => false, defaultLimits);
const yaml = (emit: (piece: Piece) => void): PieceCutter => yamlPieces(emit, defaultLimits);

/** Puts the values together again out of their pieces. */
function assemble(pieces: readonly Piece[], parse: (text: string) => unknown): unknown[] {
  const values: unknown[] = [];
  let items: unknown[] = [];
  for (const { role, text, problem } of pieces) {
    expect(problem).toBeUndefined();
    if (role === 'begin') items = [];
    else if (role === 'item') items.push(parse(text));
    else if (role === 'value') values.push(parse(text));
    else {
      const list = parse(text);
      values.push(Array.isArray(list) ? items : { ...(list as object), items });
    }
  }
  return values;
}

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom('"', '\\', '{', '}', '[', ']', ':', ',', '\n', 'a', '-', ' ') }),
  fc.constantFrom('items', '---', '- a'),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(text, tie('tree'), { maxKeys: 3 }),
  ),
}));
const object = fc
  .dictionary(fc.oneof(text, fc.constantFrom('kind', 'metadata', 'a')), tree, { minKeys: 1, maxKeys: 4 })
  .filter((value) => !('items' in value) && !('__proto__' in value));
const list = fc
  .tuple(object, fc.array(object, { maxLength: 3 }), fc.boolean())
  .map(([around, items, first]) => (first ? { items, ...around } : { ...around, items }));
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });

describe('JSON pieces', () => {
  it('put together are the values of the file, whatever the chunks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(object, list, fc.array(object)), { minLength: 1, maxLength: 4 }),
        sizes,
        fc.constantFrom(0, 2),
        (values, chunks, indent) => {
          const file = values.map((value) => JSON.stringify(value, null, indent)).join('\n');
          expect(assemble(cut(json, file, chunks), JSON.parse)).toEqual(values);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('of any text at all are cut without an exception', () => {
    fc.assert(
      fc.property(text, sizes, (file, chunks) => {
        expect(() => cut(json, file, chunks)).not.toThrow();
      }),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(text, sizes, (file, chunks) => {
        expect(() => cut(yaml, file, chunks)).not.toThrow();
      }),
      { numRuns: 1000 },
    );
  });

  it('know their line', () => {
    const file = '{\n "kind": "List",\n "items": [\n  {"a": 1},\n  {\n   "b": 2}\n ]\n}\n{"c": 3}';
    expect(cut(json, file, [7]).map(({ role, line }) => `${role} ${line}`)).toEqual([
      'begin 1',
      'item 4',
      'item 5',
      'list 1',
      'value 9',
    ]);
  });
});

describe('YAML pieces', () => {
  it('put together are the documents of the file, whatever the chunks and the layout', () => {
    const options = fc.record({ indentSeq: fc.boolean(), lineWidth: fc.constantFrom(0, 80) });
    const listed = list.filter(({ items }) => items.length > 0);
    fc.assert(
      fc.property(
        fc.array(fc.oneof(object, listed), { minLength: 1, maxLength: 3 }),
        sizes,
        options,
        (values, chunks, layout) => {
          const documents = values.map((value) =>
            stringify(value, { version: '1.1', aliasDuplicateObjects: false, ...layout }),
          );
          const read = (piece: string): unknown => parseYaml(piece, defaultLimits);
          // Not `values`: the printer itself loses some texts of nothing but white space.
          expect(assemble(cut(yaml, documents.join('---\n'), chunks), read)).toEqual(documents.map(parseGeneralYaml));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('of a document that is a sequence are its items', () => {
    expect(cut(yaml, '# x\n- a: 1\n- a: 2\n  b:\n  - c\n', [3]).map(({ role }) => role)).toEqual([
      'begin',
      'item',
      'item',
      'list',
    ]);
  });
});

import { json, name, object, strings } from '@autodevops/domain/kubernetes/shape';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Damaged } from './damaged.ts';
import { LineScanner } from './line-scanner.ts';
import { ListScanner } from './list-scanner.ts';
import { RecurringJson } from './recurring-json.ts';

/** Texts that look like what is searched for. */
const text = fc.oneof(
  fc.string(),
  fc.constantFrom('"items":[', '}]}', '\\', '"', '\\"', '"fieldsV1":{', 'ä€😀', '\n', '{"metadata":{'),
);
const item = fc.record({
  metadata: fc.record({ name: text, labels: fc.dictionary(text, text, { maxKeys: 3 }) }),
  spec: fc.oneof(fc.array(fc.object({ maxDepth: 2 }), { maxLength: 3 }), fc.constant({ items: [1] })),
});

/** The bytes in pieces of these sizes, over and over. */
function inPieces(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

function scanned(
  bytes: Buffer,
  sizes: readonly number[] = [7],
): { items: unknown[]; resourceVersion: string; continueToken: string } {
  const items: unknown[] = [];
  const scanner = new ListScanner((one) => items.push(one));
  for (const piece of inPieces(bytes, sizes)) scanner.push(piece);
  return { items, ...scanner.end() };
}

interface Managed {
  readonly metadata: { readonly managedFields: readonly object[] };
}

function withoutFields(object: unknown): object {
  const { metadata, ...rest } = object as Managed;
  return {
    ...rest,
    metadata: { ...metadata, managedFields: metadata.managedFields.map((one) => ({ ...one, fieldsV1: undefined })) },
  };
}

const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 });

describe('a list', () => {
  it('is read as JSON.parse would read it, wherever its bytes are cut, compact or not, in any order of fields', () => {
    fc.assert(
      fc.property(
        fc.array(item, { maxLength: 6 }),
        fc.record({ first: fc.boolean(), indent: fc.constantFrom(0, 2) }),
        sizes,
        (items, { first, indent }, pieces) => {
          const metadata = { resourceVersion: '12', continue: 'next"items":[' };
          const list = first ? { kind: 'PodList', metadata, items } : { items, remaining: { items: [{}] }, metadata };
          expect(scanned(Buffer.from(JSON.stringify(list, undefined, indent)), pieces)).toEqual({
            items: JSON.parse(JSON.stringify(items)),
            resourceVersion: '12',
            continueToken: 'next"items":[',
          });
        },
      ),
    );
  });

  it('is read by shape as JSON.parse and the shape would read it, wherever its bytes are cut', () => {
    const shape = object({ metadata: object({ name, labels: strings }), spec: json });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(item, fc.nat({ max: 3 })), { maxLength: 6 }),
        fc.record({ indent: fc.constantFrom(0, 2), early: fc.constantFrom(0, 3, 100) }),
        sizes,
        (groups, { indent, early }, pieces) => {
          const items = groups.flatMap(([one, copies]) =>
            Array.from({ length: copies + 1 }, (_, copy) => ({
              ...one,
              metadata: { ...one.metadata, name: `${one.metadata.name}${copy}` },
            })),
          );
          const found: unknown[] = [];
          const scanner = new ListScanner(
            (one) => found.push(one),
            new RecurringJson({
              shape,
              keep: (part) => part,
              object: ['metadata'],
              isEarly: () => found.length < early,
            }),
          );
          for (const piece of inPieces(
            Buffer.from(JSON.stringify({ metadata: { resourceVersion: '12' }, items }, undefined, indent)),
            pieces,
          )) {
            scanner.push(piece);
          }
          expect(scanner.end().resourceVersion).toBe('12');
          expect(found).toEqual(items.map((one) => shape.read(JSON.parse(JSON.stringify(one)))));
        },
      ),
    );
  });

  it('gives an item as soon as its end has come, though nothing follows it yet', () => {
    const found: unknown[] = [];
    const scanner = new ListScanner((one) => found.push(one));
    const inner = '{"metadata":{"name":"a"},"spec":{"of":[{"b":{}}]}}';
    scanner.push(Buffer.from(`{"metadata":{"resourceVersion":"12"},"items":[${inner.slice(0, -2)}`));
    expect(found).toEqual([]);
    scanner.push(Buffer.from(inner.slice(-2)));
    expect(found).toEqual([JSON.parse(inner)]);
  });

  it('loses nothing but what managers say about each field', () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(text, fc.object({ maxDepth: 1 }), { maxKeys: 3 }), { maxLength: 3 }),
        sizes,
        (fields, pieces) => {
          const managers = fields.map((one, index) => ({
            manager: `m${index}`,
            fieldsV1: { 'f:x': one },
            subresource: 'status',
          }));
          const object = {
            metadata: { managedFields: managers, labels: { '\\"fieldsV1': '"fieldsV1":{' } },
            data: { fieldsV1: 'kept' },
          };
          const { items } = scanned(
            Buffer.from(JSON.stringify({ metadata: { resourceVersion: '1' }, items: [object, object] })),
            pieces,
          );
          expect(items.map(withoutFields)).toEqual([withoutFields(object), withoutFields(object)]);
        },
      ),
    );
  });

  it('has nothing of what managers say about each field, as the API server writes it', () => {
    const fields = { 'f:status': { 'f:conditions': { 'k:{"type":"Ready"}': { '.': {}, 'f:type': {} } } } };
    const managers = [
      { manager: 'a', time: 't', fieldsType: 'FieldsV1', fieldsV1: fields },
      { manager: 'b', fieldsV1: fields, subresource: 'status' },
    ];
    const short = managers.map((one) => ({ ...one, fieldsV1: {} }));
    for (const metadata of [{ managedFields: managers }, { managedFields: managers.toReversed() }]) {
      const { items } = scanned(
        Buffer.from(
          JSON.stringify({ metadata: { resourceVersion: '1' }, items: [{ metadata, spec: { list: [{}] } }] }),
        ),
      );
      expect(items).toEqual([
        {
          metadata: { managedFields: metadata.managedFields === managers ? short : short.toReversed() },
          spec: { list: [{}] },
        },
      ]);
    }
  });

  it('may have no items at all', () => {
    expect(scanned(Buffer.from('{"items":null,"metadata":{"resourceVersion":"3"}}'))).toEqual({
      items: [],
      resourceVersion: '3',
      continueToken: '',
    });
  });

  it('is read whole when items hold what looks like the end of one, and when it is long and printed otherwise', () => {
    const nested = { metadata: { name: 'a' }, spec: { templates: [{ metadata: {} }, { metadata: {} }, { x: 1 }] } };
    const other = { kind: 'Pod', metadata: { name: 'b' } };
    const items = [nested, other, nested, ...Array.from({ length: 20_000 }, () => other), nested, nested];
    expect(
      scanned(Buffer.from(JSON.stringify({ metadata: { resourceVersion: '1' }, items })), [65_536, 1000]).items,
    ).toEqual(items);
  });

  it('is refused when cut anywhere', () => {
    const bytes = Buffer.from(
      JSON.stringify({
        metadata: { resourceVersion: '1' },
        items: [{ metadata: {}, a: ['"', { b: '\\' }] }, { metadata: {} }, { c: 1 }],
      }),
    );
    for (let length = 0; length < bytes.length; length++) {
      expect(() => scanned(bytes.subarray(0, length))).toThrow(Damaged);
    }
  });

  it('is refused when one object is larger than 8 MiB', () => {
    const bytes = Buffer.from(`{"items":[{"a":"${'x'.repeat(9 * 1024 * 1024)}"}]}`);
    expect(() => scanned(bytes, [65_536])).toThrow('8 MiB');
  });

  it('takes time in proportion to its bytes when they come in small pieces', () => {
    const bytes = Buffer.from(`{"items":[{"a":"${'x'.repeat(4 * 1024 * 1024)}"}],"metadata":{"resourceVersion":"1"}}`);
    const began = performance.now();
    expect(scanned(bytes, [100]).items).toHaveLength(1);
    expect(performance.now() - began).toBeLessThan(3000);
  });
});

describe('lines', () => {
  it('are the same wherever their bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ type: text, object: item })), sizes, fc.boolean(), (events, pieces, ended) => {
        const lines: unknown[] = [];
        const scanner = new LineScanner((line) => lines.push(line));
        const whole = events.map((event) => JSON.stringify(event)).join('\n');
        for (const piece of inPieces(Buffer.from(ended ? `${whole}\n` : whole), pieces)) scanner.push(piece);
        scanner.end();
        expect(lines).toEqual(JSON.parse(JSON.stringify(events)));
      }),
    );
  });
});

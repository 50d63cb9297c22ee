import { kindNames, kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainJson } from '../../json/parse-json.ts';
import type { ParsedObject } from '../../json/parsed-object.ts';
import { sourcesOf } from './list-source.ts';
import { createSharing } from './object-reader.ts';

const base = {
  metadata: {
    name: 'web',
    namespace: 'shop',
    uid: 'u',
    resourceVersion: '1',
    labels: { app: 'web', tier: 'front' },
    annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}', note: 'n' },
    ownerReferences: [{ kind: 'ReplicaSet', name: 'web-1', uid: 'o', controller: true }],
    managedFields: [{ manager: 'kubelet', operation: 'Update', time: 't', fieldsV1: {} }],
  },
  type: 'Opaque',
  data: { a: 'x', b: 'y' },
  reason: 'Failed',
  message: 'm',
  involvedObject: { kind: 'Pod', name: 'web' },
  subsets: [{ addresses: [{ ip: '1' }] }],
  spec: {
    nodeName: 'n',
    containers: [
      { name: 'a', image: 'i', env: [{ name: 'E', value: 'v' }], command: ['c', 'd'], ports: [{ containerPort: 1 }] },
      { name: 'b' },
    ],
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
  },
  status: {
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'True' }],
    containerStatuses: [{ name: 'a', restartCount: 0, state: { running: { startedAt: 't' } } }],
    capacity: { cpu: '1' },
  },
};

type Path = readonly (string | number)[];

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key]))].filter(
    (one) => one.length > 0,
  );
}

function changed(value: unknown, [key, ...rest]: Path, to: unknown): unknown {
  if (key === undefined) return to;
  if (typeof value !== 'object' || value === null) return value;
  const copy = structuredClone(value) as Record<string | number, unknown>;
  const inner = changed(copy[key], rest, to);
  if (inner === undefined) delete copy[key];
  else copy[key] = inner;
  return copy;
}

const change = fc.record({
  path: fc.constantFrom(...pathsIn(base)),
  to: fc.oneof(
    fc.constantFrom(undefined, null, '', 'other', 0, 7, true, [], {}),
    fc.constant([{ name: 'z' }, 3]),
    fc.constant({ app: 'other', n: 1 }),
  ),
});
const raw = fc
  .array(change, { maxLength: 4 })
  .map(
    (changes) =>
      JSON.parse(
        JSON.stringify(changes.reduce<unknown>((value, { path, to }) => changed(value, path, to), base)),
      ) as unknown,
  );

function asObject(value: unknown): ParsedObject {
  const { metadata } = value as { metadata?: unknown };
  return typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata)
    ? (value as ParsedObject)
    : { ...(value as object), metadata: {} };
}

function sourceOf(kind: KindName) {
  const [source] = sourcesOf(kind, kinds[kind].versions[0] ?? 'v1');
  if (source === undefined) throw new Error('no source');
  return source;
}

/** Reads raw objects as they would come in a list. */
function readerOf<T extends object>(kind: KindName, source = sourceOf(kind)): (value: unknown, before?: object) => T {
  const { parser, read } = createSharing().ofList(kind, source);
  return (value, before) => read(parser.parse(Buffer.from(JSON.stringify(value))) as ParsedObject, before) as T;
}

describe('objects that are read beside similar ones', () => {
  it('are what they are when read alone, and leave the others as they were', () => {
    const history = fc.array(fc.record({ raw, of: fc.nat({ max: 2 }) }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(fc.constantFrom(...kindNames), history, (kind, versions) => {
        const source = sourceOf(kind);
        const read = readerOf(kind, source);
        const former = new Map<number, object>();
        const objects = versions.map(({ raw: one, of }) => {
          const object = read(asObject(one), former.get(of));
          former.set(of, object);
          return object;
        });
        expect(objects).toEqual(versions.map(({ raw: one }) => source.read(structuredClone(asObject(one)))));
      }),
      { numRuns: 1000 },
    );
  });

  it('are read out of events as out of lists, but for errors, which are as they came', () => {
    const { parser, read } = createSharing().ofWatch('Pod', sourceOf('Pod'));
    const take = (type: string, object: unknown) =>
      parser.parse(Buffer.from(JSON.stringify({ type, object }))) as { type: string; object: ParsedObject };
    const changes = [base, changed(base, ['status', 'phase'], 'Failed'), changed(base, ['metadata', 'uid'], 'u2')];
    expect(changes.map((one) => read(take('MODIFIED', one).object))).toEqual(
      changes.map((one) => kinds.Pod.shape.read(structuredClone(one))),
    );
    for (const status of [{ kind: 'Status', metadata: {}, code: 410, reason: 'Expired' }, { code: 410 }]) {
      expect(take('ERROR', status)).toEqual({ type: 'ERROR', object: status });
    }
    expect(() => take('MODIFIED', {})).toThrow('an object that is none');
  });

  it('share what has not changed with their former version, whatever was read between', () => {
    const take = readerOf<{ spec: unknown; status: { conditions: unknown } }>('Pod');
    const first = take(base);
    expect(take(base, first)).toBe(first);
    take({ metadata: { name: 'other' }, spec: { nodeName: 'elsewhere' } });
    const next = take(changed(base, ['status', 'phase'], 'Failed'), first);
    expect([
      next.spec === first.spec,
      next.status.conditions === first.status.conditions,
      next.status === first.status,
    ]).toEqual([true, true, false]);
  });

  it('share what they have in common with the last one of their controller', () => {
    const take = readerOf<{ spec: unknown }>('Pod');
    const of = (owner: string, image: string) => ({
      ...base,
      metadata: { ...base.metadata, ownerReferences: [{ uid: owner }] },
      spec: { containers: [{ name: 'a', image }] },
    });
    const [web, , other] = [of('web', 'web:1'), of('db', 'db:1'), of('web', 'web:1')].map((one) => take(one));
    expect(other?.spec).toBe(web?.spec);
  });

  it('leave nothing of a Secret in memory but what is read of it', () => {
    const { parser, read } = createSharing().ofList('Secret', sourceOf('Secret'));
    const secret = read(
      parser.parse(
        Buffer.from(JSON.stringify({ metadata: { name: 's' }, data: { password: 'c2VjcmV0' } })),
      ) as ParsedObject,
    );
    expect([parser === plainJson, JSON.stringify(secret).includes('c2VjcmV0')]).toEqual([true, false]);
  });
});

import * as fc from 'fast-check';
import { pod } from '@autodevops/domain/kubernetes/pod';
import { describe, expect, it } from 'vitest';
import { createKeeper } from './keeper.ts';
import { newestEvents } from './newest-events.ts';
import { event } from '@autodevops/domain/kubernetes/event';

describe('the keeper', () => {
  it('changes nothing that can be seen, whatever was kept before', () => {
    const value = fc.jsonValue({ maxDepth: 4 });
    fc.assert(
      fc.property(fc.array(value, { maxLength: 6 }), (values) => {
        const keeper = createKeeper();
        let before: fc.JsonValue = null;
        for (const one of values) {
          const kept: fc.JsonValue = keeper.keepLike(structuredClone(one), before);
          expect(kept).toEqual(one);
          before = kept;
        }
      }),
    );
  });

  it('shares what the pods of one workload have in common', () => {
    const keeper = createKeeper();
    const read = (name: string) =>
      pod.read({ metadata: { name }, spec: { containers: [{ name: 'app', image: 'web:1' }] } });
    const first = read('a');
    const second = keeper.keepLike(read('b'), first);
    expect(second.spec).toBe(first.spec);
    expect(second.metadata.name).toBe('b');
  });

  it('takes what lies too deep as it is', () => {
    const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) as unknown;
    expect(createKeeper().keepLike<unknown>(deep, structuredClone([[]]))).toBe(deep);
  });
});

describe('events beyond the limit', () => {
  it('are the oldest ones, in whatever order they came', () => {
    const newest = newestEvents(100);
    const at = (minute: number) =>
      event.read({ metadata: { name: `e-${minute}` }, lastTimestamp: new Date(minute * 60_000).toISOString() });
    const minutes = Array.from({ length: 1000 }, (_, index) => (index * 617) % 1000);
    for (const minute of minutes) newest.add([at(minute)]);
    expect(newest.seen()).toBe(1000);
    expect(
      newest
        .all()
        .map(({ metadata }) => Number(metadata.name.slice(2)))
        .toSorted((a, b) => a - b),
    ).toEqual(Array.from({ length: 100 }, (_, index) => 900 + index));
  });
});

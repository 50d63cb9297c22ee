import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyzers } from '../../agent-core/src/analyzers/registry.ts';
import { confidenceRank } from '../../agent-core/src/jamie/causes/cause-group.ts';
import { diagnoseSnapshot } from '../../agent-core/src/jamie/diagnose.ts';
import { refKey } from '../../packages/domain/src/object-ref.ts';
import { Snapshot } from '../../packages/domain/src/snapshot.ts';
import { readFixtures } from '../../packages/testkit/src/fixture.ts';

/** Each is one diagnosis: of many events that say the same, a few tell as much. */
const mostTaken = 8;

function withoutEach<T>(all: readonly T[]): readonly (readonly T[])[] {
  return all.slice(0, mostTaken).map((_, taken) => all.filter((_one, index) => index !== taken));
}

/** The same cluster without one of its logs, and without one of its events. */
function lessSeen({ parts }: Snapshot): readonly Snapshot[] {
  return [
    ...withoutEach(parts.logs ?? []).map((logs) => new Snapshot({ ...parts, logs })),
    ...withoutEach(parts.objects?.Event ?? []).map(
      (Event) => new Snapshot({ ...parts, objects: { ...parts.objects, Event } }),
    ),
  ];
}

/** How certain each cause is, by its code and object. */
function certainty(snapshot: Snapshot): ReadonlyMap<string, number> {
  const { causes, information } = diagnoseSnapshot(snapshot);
  const ranks = new Map<string, number>();
  for (const { code, object, confidence } of [...causes, ...information]) {
    const key = `${code} of ${refKey(object)}`;
    ranks.set(key, Math.max(ranks.get(key) ?? 0, confidenceRank(confidence)));
  }
  return ranks;
}

describe('with less evidence no cause is more certain', () => {
  const told = analyzers.flatMap(({ name }) => {
    const folder = new URL(`../../agent-core/src/analyzers/${name}/fixtures/`, import.meta.url);
    const fixtures = existsSync(folder) ? readFixtures(folder) : [];
    return fixtures.map(({ name: title, snapshot }) => ({
      id: `${name}/${title}`,
      snapshot,
      less: lessSeen(snapshot),
    }));
  });

  it.each(told.filter(({ less }) => less.length > 0))('$id', ({ snapshot, less }) => {
    const before = certainty(snapshot);
    const surer = less.flatMap((one) => [...certainty(one)]).filter(([key, rank]) => rank > (before.get(key) ?? rank));
    expect(surer.map(([key]) => key)).toEqual([]);
  });
});

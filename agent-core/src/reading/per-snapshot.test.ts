import { Snapshot } from '@autodevops/domain/snapshot';
import { describe, expect, it } from 'vitest';
import { perSnapshot, perSnapshotInSteps } from './per-snapshot.ts';

function snapshot(): Snapshot {
  return new Snapshot({ capturedAt: '2026-01-01T00:00:00Z', objects: { Pod: [] } });
}

describe('an index', () => {
  it('is built once for the same objects, also after logs were added', () => {
    let built = 0;
    const index = perSnapshot(() => (built += 1));
    const first = snapshot();
    expect([index(first), index(first.withLogs([])), index(snapshot())]).toEqual([1, 1, 2]);
  });
});

describe('an index that takes long', () => {
  function counting(): { index: ReturnType<typeof perSnapshotInSteps<number>>; built: () => number } {
    let built = 0;
    const index = perSnapshotInSteps(function* () {
      yield;
      yield;
      built += 1;
      return built;
    });
    return { index, built: () => built };
  }

  it('is there once its steps are done', () => {
    const { index, built } = counting();
    const one = snapshot();
    expect([...index.steps(one)]).toHaveLength(2);
    expect([index.of(one), built()]).toEqual([1, 1]);
    expect([...index.steps(one)]).toHaveLength(0);
  });

  it('is built at once for whoever does not wait for the steps', () => {
    const { index, built } = counting();
    const one = snapshot();
    const steps = index.steps(one)[Symbol.iterator]();
    steps.next();
    expect([index.of(one), index.of(one), built()]).toEqual([1, 1, 1]);
  });
});

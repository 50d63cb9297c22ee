import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ClusterReader, LogRequest } from '@autodevops/domain/ports/cluster';
import { Snapshot } from '@autodevops/domain/snapshot';
import type { SnapshotParts } from '@autodevops/domain/snapshot';
import { main } from '../main.ts';
import type { Follower } from '../surroundings.ts';
import { problem } from '../render/testing/example-diagnosis.ts';
import { fakeSurroundings, readerOf, tinyCluster } from '../testing/fake-surroundings.ts';
import { followCache } from './cache-follower.ts';
import { changeText } from './change-text.ts';
import { changesBetween } from './diagnosis-change.ts';

const look = { columns: 100, rows: undefined, colour: false, unicode: true };
const [image, hostile] = problem.causes;

describe('what changed between two answers', () => {
  it('is nothing when only words and times did', () => {
    const later = { ...problem, observed: { ...problem.observed, milliseconds: 9 }, causes: problem.causes.map((c) => ({ ...c, evidence: [], began: '' })) };
    expect(changesBetween(problem, later)).toEqual([]);
    expect(changesBetween(problem, { ...problem, causes: problem.causes.toReversed() })).toEqual([]);
  });

  it('is what appeared, became worse or better, and went', () => {
    if (image === undefined || hostile === undefined) throw new Error('the example has two causes');
    const graver = { ...hostile, severity: 'critical' as const };
    expect(changesBetween(problem, { ...problem, causes: [image, graver] }).map((c) => c.what)).toEqual(['worse']);
    expect(changesBetween({ ...problem, causes: [image, graver] }, problem).map((c) => c.what)).toEqual(['better']);
    expect(changesBetween({ ...problem, causes: [image] }, { ...problem, causes: [hostile] }).map((c) => c.what)).toEqual(['appeared', 'resolved']);
    expect(changesBetween(problem, { ...problem, causes: [], verdict: 'healthy' }).map((c) => c.what)).toEqual(['resolved', 'resolved', 'verdict']);
  });

  it('is told in a line each, with nothing that a terminal obeys', () => {
    const text = changeText(changesBetween({ ...problem, causes: [] }, problem), look, problem.observed.capturedAt);
    expect(text).toMatch(/\+ new\s+critical: Image not found: Deployment shop\/web\./);
    expect(text).not.toContain('\u001B');
  });
});

/** Plays states of a cluster one after the other, then presses Ctrl-C. */
async function watch(states: readonly (SnapshotParts | Error)[], line: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const controller = new AbortController();
  let at = 0;
  const reader = readerOf(() => {
    const state = states[at];
    if (state === undefined || state instanceof Error) throw state ?? new Error('no more states');
    return state;
  });
  const changed = async (): Promise<void> => {
    at += 1;
    if (at >= states.length) controller.abort();
  };
  const fake = fakeSurroundings({ follow: () => Promise.resolve({ reader: { ...reader, snapshot: async (request, options) => reader.snapshot(request, options) }, changed }) });
  const code = await main(['diagnose', '--watch', ...line], fake.surroundings, controller.signal);
  return { code, out: fake.out(), err: fake.err() };
}

describe('diagnose --watch', () => {
  const [sick, healthy] = [tinyCluster('sick'), tinyCluster('healthy')];

  it('prints the answer once and then what changes, and ends with the last verdict', async () => {
    const { code, out } = await watch([healthy, healthy, sick, sick, healthy], []);
    expect(code).toBe(0);
    expect(out.match(/\+ new/g)).toHaveLength(1);
    expect(out.match(/- gone/g)).toHaveLength(1);
    expect(await watch([healthy, sick], [])).toMatchObject({ code: 1 });
  });

  it('goes on through an outage and says so once', async () => {
    const outage = new AutoDevOpsError('cluster.no-answer', 'The API server does not answer.', 'Wait.');
    const { code, err, out } = await watch([sick, outage, outage, healthy], []);
    expect(code).toBe(0);
    expect(err.match(/does not answer/g)).toHaveLength(1);
    expect(err).toContain('answers again');
    expect(out).toContain('- gone');
  });

  it('prints a JSON object a line with -o json', async () => {
    const { out } = await watch([healthy, sick], ['-o', 'json']);
    const records = out.trimEnd().split('\n').map((text) => JSON.parse(text) as { what: string });
    expect(records.map((record) => record.what)).toEqual(['diagnosis', 'appeared', 'verdict']);
  });
});

describe('following a watch cache', () => {
  function setUp(): { follower: Follower; change: () => void; closed: string[]; asked: LogRequest[] } {
    const listeners = new Set<() => void>();
    const closed: string[] = [];
    const asked: LogRequest[] = [];
    const reader: ClusterReader = {
      ...readerOf(() => { throw new Error('the cache knows'); }),
      logs: async (requests) => {
        asked.push(...requests);
        return [];
      },
      close: async () => void closed.push('reader'),
    };
    const cache = {
      ready: () => Promise.resolve(),
      snapshot: () => new Snapshot(tinyCluster('healthy')),
      onChange: (listener: () => void) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      close: async () => void closed.push('cache'),
    };
    return { follower: followCache(cache, reader), change: () => listeners.forEach((listener) => listener()), closed, asked };
  }

  it('waits for a change, and no longer than it is wanted', async () => {
    const { follower, change } = setUp();
    const controller = new AbortController();
    const waiting = follower.changed(controller.signal);
    change();
    await expect(waiting).resolves.toBeUndefined();
    const again = follower.changed(controller.signal);
    controller.abort();
    await expect(again).resolves.toBeUndefined();
    await expect(follower.changed(controller.signal)).resolves.toBeUndefined();
  });

  it('answers from the cache, reads logs beside it, and closes both', async () => {
    const { follower, closed, asked } = setUp();
    const { signal } = new AbortController();
    expect((await follower.reader.snapshot({ kinds: [], custom: true }, { signal })).parts).toEqual(tinyCluster('healthy'));
    const log = { namespace: 'shop', pod: 'web', container: 'app', previous: false, tailLines: 1, limitBytes: 1 };
    await follower.reader.logs([log], { signal });
    expect(asked).toEqual([log]);
    await follower.reader.close();
    expect(closed).toEqual(['cache', 'reader']);
  });
});

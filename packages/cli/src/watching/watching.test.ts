import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { SnapshotParts } from '@autodevops/domain/snapshot';
import { main } from '../main.ts';
import { problem } from '../render/testing/example-diagnosis.ts';
import { fakeSurroundings, readerOf, tinyCluster } from '../testing/fake-surroundings.ts';
import { changeText } from './change-text.ts';
import { changesBetween } from './diagnosis-change.ts';

const look = { columns: 100, rows: undefined, colour: false, unicode: true };
const [image, hostile] = problem.causes;

describe('what changed between two answers', () => {
  it('is nothing when only words and times did', () => {
    const later = {
      ...problem,
      observed: { ...problem.observed, milliseconds: 9 },
      causes: problem.causes.map((c) => ({ ...c, evidence: [], began: '' })),
    };
    expect(changesBetween(problem, later)).toEqual([]);
    expect(changesBetween(problem, { ...problem, causes: problem.causes.toReversed() })).toEqual([]);
  });

  it('is what appeared, became worse or better, and went', () => {
    if (image === undefined || hostile === undefined) throw new Error('the example has two causes');
    const graver = { ...hostile, severity: 'critical' as const };
    expect(changesBetween(problem, { ...problem, causes: [image, graver] }).map((c) => c.what)).toEqual(['worse']);
    expect(changesBetween({ ...problem, causes: [image, graver] }, problem).map((c) => c.what)).toEqual(['better']);
    expect(
      changesBetween({ ...problem, causes: [image] }, { ...problem, causes: [hostile] }).map((c) => c.what),
    ).toEqual(['appeared', 'resolved']);
    expect(changesBetween(problem, { ...problem, causes: [], verdict: 'healthy' }).map((c) => c.what)).toEqual([
      'resolved',
      'resolved',
      'verdict',
    ]);
  });

  it('is not how many pods of a loop are down at the moment, but what else is affected', () => {
    if (image === undefined) throw new Error('the example has causes');
    const beside = (kind: string) => ({ code: 'pod.crash.unknown', object: { ...image.object, kind, name: 'other' } });
    const alone = { ...problem, causes: [image] };
    const withSymptom = (kind: string) => ({
      ...problem,
      causes: [{ ...image, symptoms: [...image.symptoms, beside(kind)] }],
    });
    expect(changesBetween(alone, withSymptom('Pod'))).toEqual([]);
    expect(changesBetween(withSymptom('Job'), alone)).toEqual([]);
    expect(changesBetween(alone, withSymptom('Service')).map((c) => c.what)).toEqual(['worse']);
    expect(changesBetween(withSymptom('Deployment'), alone).map((c) => c.what)).toEqual(['better']);
  });

  it('is told in a line each, with nothing that a terminal obeys', () => {
    const text = changeText(changesBetween({ ...problem, causes: [] }, problem), look, problem.observed.capturedAt);
    expect(text).toMatch(/\+ new\s+critical: Image not found: Deployment shop\/web\./);
    expect(text).not.toContain('\u001B');
  });
});

/** Plays states of a cluster one after the other, then presses Ctrl-C. */
async function watch(
  states: readonly (SnapshotParts | Error)[],
  line: readonly string[],
): Promise<{ code: number; out: string; err: string }> {
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
  const fake = fakeSurroundings({
    follow: () =>
      Promise.resolve({
        reader: { ...reader, snapshot: async (request, options) => reader.snapshot(request, options) },
        changed,
        version: () => at,
        changedSince: () => new Set(),
        staleness: () => 0,
      }),
  });
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
    const records = out
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text) as { what: string });
    expect(records.map((record) => record.what)).toEqual(['diagnosis', 'appeared', 'verdict']);
  });
});

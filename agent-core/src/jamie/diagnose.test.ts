import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '@autodevops/domain/diagnosis';
import type { ClusterReader, LogRequest } from '@autodevops/domain/ports/cluster';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { diagnose, diagnoseSnapshot, look } from './diagnose.ts';

const ended = { exitCode: 1, reason: 'Error', startedAt: '2026-01-01T11:58:00Z', finishedAt: '2026-01-01T11:58:05Z' };
const crashing = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop', uid: 'u', creationTimestamp: '2026-01-01T11:00:00Z' },
  spec: { nodeName: 'worker', containers: [{ name: 'app', image: 'app:1' }] },
  status: {
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'False' }],
    containerStatuses: [
      {
        name: 'app',
        ready: false,
        restartCount: 5,
        state: { waiting: { reason: 'CrashLoopBackOff' } },
        lastState: { terminated: ended },
      },
    ],
  },
};
const sick = new Snapshot(partsFrom([crashing], '2026-01-01T12:00:00Z'));
const complaint = 'Error: getaddrinfo ENOTFOUND db';

/** A reader of one snapshot that remembers which logs it was asked for. */
function readerOf(snapshot: Snapshot): ClusterReader & { readonly asked: LogRequest[] } {
  const asked: LogRequest[] = [];
  return {
    source: 'test',
    asked,
    snapshot: () => Promise.resolve(snapshot),
    logs: (requests) => {
      asked.push(...requests);
      return Promise.resolve(
        requests.map(({ namespace, pod, container, previous }) => ({
          namespace,
          pod,
          container,
          previous,
          text: complaint,
          truncated: false,
        })),
      );
    },
    close: () => Promise.resolve(),
  };
}

const { signal } = new AbortController();

describe('a diagnosis', () => {
  it('reads no logs of a cluster in which nothing is wrong', async () => {
    const reader = readerOf(new Snapshot(partsFrom([], '2026-01-01T12:00:00Z')));
    expect((await diagnose(reader, {}, { signal })).verdict).toBe('healthy');
    expect(reader.asked).toEqual([]);
  });

  it('reads only the logs that the findings point at, and looks again', async () => {
    const reader = readerOf(sick);
    const answer = await diagnose(reader, {}, { signal });
    expect(reader.asked.map((r) => `${r.pod}/${r.container}`)).toEqual(['web/app', 'web/app']);
    expect(answer.observed.logs).toBe(2);
    expect(answer.causes[0]?.evidence.map((e) => e.quote).join('\n')).toContain('ENOTFOUND');
  });

  it('tells a first answer before it reads logs', async () => {
    const told: Diagnosis[] = [];
    const answer = await diagnose(readerOf(sick), {}, { signal, onFirstAnswer: (first) => told.push(first) });
    expect(told.map((first) => [first.verdict, first.observed.logs])).toEqual([['problem', 0]]);
    expect(answer.causes[0]?.code).not.toBe(told[0]?.causes[0]?.code);
  });

  it('says how many logs it is about to read', async () => {
    const steps: string[] = [];
    await diagnose(readerOf(sick), {}, { signal, onProgress: ({ step, total }) => steps.push(`${step} ${total}`) });
    expect(steps).toEqual(['logs 2']);
  });

  it('takes a snapshot that was asked for before, and counts its time from then', async () => {
    const reader = { ...readerOf(sick), snapshot: () => Promise.reject(new Error('asked twice')) };
    const asked = { snapshot: Promise.resolve(sick), at: performance.now() - 5000 };
    const answer = await diagnose(reader, {}, { signal, asked });
    expect(answer.verdict).toBe('problem');
    expect(answer.observed.milliseconds).toBeGreaterThanOrEqual(5000);
  });

  it('names its source', async () => {
    expect((await diagnose(readerOf(sick), {}, { signal })).observed.source).toBe('test');
  });

  it('passes on that there is nothing to read', async () => {
    const unreachable = { ...readerOf(sick), snapshot: () => Promise.reject(new Error('unreachable')) };
    await expect(diagnose(unreachable, {}, { signal })).rejects.toThrow('unreachable');
  });
});

/** A cluster on which every rule about metrics fails. */
class WithoutSeries extends Snapshot {
  override get series(): never {
    throw new Error('series of another kind');
  }
}

describe('a rule that fails', () => {
  const broken = new WithoutSeries(sick.parts);

  it('is a blind spot that says why, and stops no other rule', () => {
    const { findings, blindSpots } = look(broken);
    expect(findings.map((f) => f.code)).toEqual(look(sick).findings.map((f) => f.code));
    expect(blindSpots.length).toBeGreaterThan(0);
    for (const spot of blindSpots) expect(spot.why).toContain('series of another kind');
  });

  it('makes an answer without problems inconclusive', () => {
    expect(
      diagnoseSnapshot(new WithoutSeries({ ...sick.parts, objects: { ...sick.parts.objects, Pod: [] } })).verdict,
    ).toBe('inconclusive');
  });
});

describe('hygiene', () => {
  it('is looked at when asked for only', () => {
    const codes = (hygiene: boolean): string[] =>
      look(sick, { hygiene })
        .findings.map((f) => f.code)
        .filter((code) => code.startsWith('hygiene.'));
    expect(codes(false)).toEqual([]);
    expect(codes(true)).not.toEqual([]);
  });
});

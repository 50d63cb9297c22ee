import { describe, expect, it } from 'vitest';
import type { LocalEvent } from '@autodevops/domain/local-cluster';
import { localStatus, stubLocalCluster } from '../testing/stub-local-cluster.ts';
import { LocalLife, shareOfPlan } from './local-life.ts';

const signal = AbortSignal.timeout(20_000);

describe('the share of a run that is done', () => {
  const planned = (nodes: number | null, ready: number | null): LocalEvent => ({
    type: 'plan',
    steps: [
      { step: 'nodes', says: '', estimateMs: nodes },
      { step: 'ready', says: '', estimateMs: ready },
    ],
    estimateMs: nodes === null || ready === null ? null : nodes + ready,
  });
  const ended = (step: 'nodes' | 'ready'): LocalEvent => ({ type: 'step-done', step, says: '', ms: 5 });

  it('grows with each step by what that step was estimated to take', () => {
    const share = shareOfPlan();
    expect([planned(30_000, 10_000), ended('nodes'), ended('ready')].map(share)).toEqual([0, 0.75, 1]);
  });

  it('is not made up where a step was never done before', () => {
    const share = shareOfPlan();
    expect([planned(30_000, null), ended('nodes')].map(share)).toEqual([undefined, undefined]);
  });
});

it('one thing is done to a local cluster at a time', async () => {
  const { cluster } = stubLocalCluster({ before: localStatus('absent'), after: localStatus('running') });
  const life = new LocalLife(async () => cluster);
  const first = life.run(
    'Starting',
    (one, options) => one.up(options),
    () => undefined,
    signal,
  );
  await expect(
    life.run(
      'Stopping',
      (one, options) => one.stop(options),
      () => undefined,
      signal,
    ),
  ).rejects.toMatchObject({ code: 'usage' });
  expect((await first).status.phase).toBe('running');
  expect(life.state.value).toMatchObject({ kind: 'known', status: { phase: 'running' } });
});

it('a run that ends without a word is a failure', async () => {
  const { cluster } = stubLocalCluster({ before: localStatus('absent'), after: localStatus('absent') });
  const life = new LocalLife(async () => cluster);
  await expect(
    life.run(
      'Nothing',
      async function* () {
        yield { type: 'note', says: 'Hm.', remedy: '' };
      },
      () => undefined,
      signal,
    ),
  ).rejects.toMatchObject({ code: 'internal' });
});

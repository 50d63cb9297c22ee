import { expect, it } from 'vitest';
import { interrupted } from '@autodevops/domain/interruption';
import type { ClusterReader } from '@autodevops/domain/ports/cluster';
import { Snapshot } from '@autodevops/domain/snapshot';
import { warmUp } from './warming.ts';

interface Scene {
  /** What was done, in its order. */
  readonly done: readonly string[];
  readonly warm: (
    ages: readonly (number | undefined)[],
    signal?: AbortSignal,
    snapshot?: ClusterReader['snapshot'],
  ) => Promise<void>;
}

function scene(): Scene {
  const done: string[] = [];
  const look: ClusterReader['snapshot'] = async () => {
    done.push('looks');
    return new Snapshot({ capturedAt: '2026-01-01T00:00:00Z' });
  };
  return {
    done,
    warm: async (ages, signal = new AbortController().signal, snapshot = look) => {
      const left = [...ages];
      await warmUp(
        {
          watching: {
            begin: () => done.push('begins'),
            age: () => (left.length > 1 ? left.shift() : left[0]),
            reader: { source: 'memory', snapshot, logs: async () => [], close: async () => {} },
          },
          clock: {
            wait: async () => {
              done.push('waits');
              if (signal.aborted) throw interrupted();
            },
          },
          log: (message) => void done.push(message),
        },
        signal,
      );
    },
  };
}

it('waits until memory is in step, and makes one diagnosis from it', async () => {
  const { done, warm } = scene();
  await warm([undefined, Infinity, 0]);
  expect(done).toEqual(['begins', 'waits', 'waits', 'looks', 'ready for alerts: the cluster is held in memory']);
});

it('says that the first look failed, and throws nothing', async () => {
  const { done, warm } = scene();
  await warm([0], undefined, async () => await Promise.reject(new Error('away')));
  expect(done).toEqual(['begins', 'the first look at the cluster failed']);
});

it('ends with the agent, without a word', async () => {
  const { done, warm } = scene();
  await warm([undefined], AbortSignal.abort());
  expect(done).toEqual(['begins', 'waits']);
});

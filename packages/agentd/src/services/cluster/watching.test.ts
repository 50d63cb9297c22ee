import { describe, expect, it } from 'vitest';
import type { ClusterFollower, ClusterReader } from '@autodevops/domain/ports/cluster';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { interrupted } from '@autodevops/domain/interruption';
import { Snapshot } from '@autodevops/domain/snapshot';
import { watchCluster } from './watching.ts';
import type { Watching } from './watching.ts';

const { signal } = new AbortController();
const request = { kinds: [], custom: false };

interface Scene {
  readonly watching: Watching;
  /** What was done, in its order. */
  readonly done: readonly string[];
  /** Lets the follower that is being opened come, or fail. */
  readonly settle: (failure?: Error) => Promise<void>;
  staleness: number;
  version: number;
}

function scene(): Scene {
  const done: string[] = [];
  let opening = Promise.withResolvers<void>();
  const readerOf = (name: string): ClusterReader => ({
    source: name,
    snapshot: async () => new Snapshot({ capturedAt: '2026-01-01T00:00:00Z', cluster: name }),
    logs: async () => [],
    close: async () => void done.push(`${name} closed`),
  });
  const follower: ClusterFollower = {
    reader: readerOf('memory'),
    staleness: () => made.staleness,
    version: () => made.version,
    changedSince: (version) => new Set([`beyond ${version}`]),
    changed: async (beyond) => void done.push(`waits beyond ${beyond}`),
  };
  const watching = watchCluster({
    look: readerOf('look'),
    follow: async () => {
      done.push('follows');
      await opening.promise;
      return follower;
    },
    clock: {
      wait: async (milliseconds, until) => {
        done.push(`waits ${milliseconds}`);
        if (until.aborted) throw interrupted();
      },
    },
    log: (_message, { says = '' }) => void done.push(says),
  });
  const made: Scene = {
    watching,
    done,
    staleness: 0,
    version: 0,
    settle: async (failure) => {
      const settled = opening;
      opening = Promise.withResolvers();
      if (failure === undefined) settled.resolve();
      else settled.reject(failure);
      // Whatever was waiting for it goes on before anything else is looked at.
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
  return made;
}

async function from({ watching }: Scene, reader: 'reader' | 'memory' | 'look' = 'reader'): Promise<string> {
  return (await watching[reader].snapshot(request, { signal })).parts.cluster ?? '';
}

describe('an agent that does not stay', () => {
  it('looks, and holds nothing in memory', async () => {
    const made = scene();
    expect([await from(made), await from(made), made.done, made.watching.age()]).toEqual([
      'look',
      'look',
      [],
      undefined,
    ]);
  });
});

describe('an agent that stays', () => {
  it('holds the cluster in memory from the first question on, once', async () => {
    const made = scene();
    made.watching.stay();
    expect(made.done).toEqual([]);
    expect([await from(made), await from(made)]).toEqual(['look', 'look']);
    await made.settle();
    expect([await from(made), await from(made, 'memory'), await from(made, 'look')]).toEqual([
      'memory',
      'memory',
      'look',
    ]);
    expect(made.done).toEqual(['follows']);
  });

  it('looks while memory is old, but has it for those who are told its age', async () => {
    const made = scene();
    made.watching.begin();
    await made.settle();
    made.staleness = 60_000;
    expect([await from(made), await from(made, 'memory'), made.watching.age()]).toEqual(['look', 'memory', 60_000]);
    made.staleness = Number.POSITIVE_INFINITY;
    expect(await from(made, 'memory')).toBe('look');
  });

  it('tries again while the cluster cannot be followed, and says why once', async () => {
    const made = scene();
    made.watching.begin();
    const away = new AutoDevOpsError('cluster.no-answer', 'It does not answer.', 'Wait.');
    await made.settle(away);
    await made.settle(away);
    await made.settle();
    expect(made.done).toEqual(['follows', 'It does not answer.', 'waits 5000', 'follows', 'waits 5000', 'follows']);
    expect(await from(made)).toBe('memory');
  });
});

describe('news', () => {
  it('may come every few seconds while nothing tells of it, and comes with the memory', async () => {
    const made = scene();
    const { watching } = made;
    const before = watching.version();
    await watching.changed(before, signal);
    expect(made.done).toEqual(['waits 3000']);
    watching.begin();
    await made.settle();
    await watching.changed(before, signal);
    expect(made.done.at(-1)).toBe('follows');
    expect(watching.version()).toBeGreaterThan(before);
  });

  it('is what the follower tells from then on, and nothing that was seen already', async () => {
    const made = scene();
    const { watching } = made;
    watching.begin();
    await made.settle();
    made.version = 4;
    const seen = watching.version();
    await watching.changed(seen, signal);
    expect(made.done.at(-1)).toBe('waits beyond 4');
    made.version = 5;
    await watching.changed(seen, signal);
    expect(made.done.filter((one) => one.startsWith('waits beyond'))).toHaveLength(1);
  });
});

describe('at the end', () => {
  it('both are closed, also what was only being opened', async () => {
    const made = scene();
    made.watching.begin();
    const closing = made.watching.close();
    await made.settle();
    await closing;
    expect(made.done).toEqual(['follows', 'memory closed', 'look closed']);
  });

  it('nothing is tried any more', async () => {
    const made = scene();
    made.watching.begin();
    const closing = made.watching.close();
    await made.settle(interrupted());
    await closing;
    expect(made.done).toEqual(['follows', 'waits 5000', 'look closed']);
  });
});

import { describe, expect, it } from 'vitest';
import { objectNews } from './object-news.ts';
import type { NewsChoice, ObjectNews } from './object-news.ts';

interface Cluster {
  readonly choice: NewsChoice;
  readonly signal: AbortSignal;
  readonly begun: () => number;
}

/** A cluster whose news are these, one set after the other; an undefined one: nothing tells for three seconds. */
function clusterWith(...news: readonly (readonly string[] | undefined)[]): Cluster {
  const ending = new AbortController();
  let [version, now, begun] = [0, 0, 0];
  const watching = {
    begin: () => {
      begun += 1;
    },
    version: () => version,
    changed: async () => {
      if (version === news.length) return ending.abort();
      if (news[version] === undefined) now += 3_000;
      version += 1;
    },
    changedSince: (since: number) =>
      news[since] === undefined ? undefined : new Set(news.slice(since, version).flatMap((kinds) => kinds ?? [])),
  };
  const clock = {
    now: () => now,
    wait: async (milliseconds: number) => {
      now += milliseconds;
    },
  };
  return { choice: { watching, clock }, signal: ending.signal, begun: () => begun };
}

async function told({ choice, signal }: Cluster): Promise<readonly ObjectNews[]> {
  const events: ObjectNews[] = [];
  for await (const { event } of objectNews(choice, signal)) events.push(event);
  return events;
}

describe('news of objects', () => {
  it('are the kinds that changed, from the moment on at which somebody listens', async () => {
    const cluster = clusterWith(['Pod', 'ConfigMap'], ['Service']);
    expect(await told(cluster)).toEqual([
      { type: 'changed', kinds: ['ConfigMap', 'Pod'] },
      { type: 'changed', kinds: ['Service'] },
    ]);
    expect(cluster.begun()).toBe(1);
  });

  it('are none while time alone goes by', async () => {
    expect(await told(clusterWith([], []))).toEqual([]);
  });

  it('may be any, every half a minute, where nothing tells of changes', async () => {
    expect(await told(clusterWith(...Array.from({ length: 21 }, () => undefined)))).toEqual([
      { type: 'changed' },
      { type: 'changed' },
    ]);
  });
});

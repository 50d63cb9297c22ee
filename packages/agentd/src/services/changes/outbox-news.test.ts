import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '@autodevops/testkit/memory-store';
import { outboxEvent } from '@autodevops/testkit/store-conformance-samples';
import { outboxNews, tellingStore } from './outbox-news.ts';

const signal = new AbortController().signal;

/** Waits that end when the test says so. */
function waits(): {
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly asked: number[];
  end: () => void;
} {
  const made = {
    asked: [] as number[],
    end: (): void => {},
    wait: async (milliseconds: number): Promise<void> => {
      made.asked.push(milliseconds);
      await new Promise<void>((resolve) => {
        made.end = resolve;
      });
    },
  };
  return made;
}

describe('who follows', () => {
  it('is woken by a write, all at once', async () => {
    const news = outboxNews(waits().wait);
    const since = news.version();
    const followers = Promise.all([news.changed(since, signal), news.changed(since, signal)]);
    news.written();
    await followers;
    expect(news.version()).toBe(since + 1);
  });

  it('looks again soon where something was written while he looked', async () => {
    const { wait, asked } = waits();
    const news = outboxNews(wait);
    const since = news.version();
    news.written();
    void news.changed(since, signal);
    expect(asked).toEqual([20]);
  });

  it('looks by himself where only others write', async () => {
    const clock = waits();
    const news = outboxNews(clock.wait);
    const looked = news.changed(news.version(), signal);
    expect(clock.asked).toEqual([300]);
    clock.end();
    await looked;
  });
});

it('a store tells of what is written for those who follow, after it was written, and of nothing else', async () => {
  const store = createMemoryStore();
  const heads: number[] = [];
  let told = 0;
  const telling = tellingStore(store, () => {
    told += 1;
    void store.outbox.head().then((head) => heads.push(head));
  });
  await telling.settings.put('a', 1, []);
  expect(told).toBe(0);
  await telling.settings.put('a', 2, [], [outboxEvent('one')]);
  await telling.settings.swap('a', 2, 3, [], [outboxEvent('two')]);
  await expect(telling.settings.swap('a', 2, 4, [], [outboxEvent('three')])).rejects.toMatchObject({
    code: 'store.conflict',
  });
  expect([told, await store.settings.get('a'), heads]).toEqual([2, 3, [1, 2]]);
});

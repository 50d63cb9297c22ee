import { describe, expect, it } from 'vitest';
import { plainAccess } from '../kubeconfig/plain-access.ts';
import { readAllPages } from './object-pages.ts';

interface Page {
  readonly next: string;
  readonly bytes: number;
}

/** Reads from a server that answers the nth request with this page, of one object. Counts the requests. */
async function reading(pageOf: (asked: number) => Page): Promise<{ items: readonly unknown[]; asked: number }> {
  let asked = 0;
  const client = {
    access: plainAccess('test', 'http://127.0.0.1:1'),
    read: async () => {
      const { next, bytes } = pageOf(asked++);
      return await Promise.resolve({ value: { metadata: { continue: next }, items: [{ kind: 'Pod' }, null] }, bytes });
    },
  };
  const items = await readAllPages(client, '/api/v1/pods', { selectors: {}, signal: new AbortController().signal });
  return { items, asked };
}

describe('whole objects page by page', () => {
  it('are those of every page, without what is no object', async () => {
    const { items, asked } = await reading((page) => ({ next: page < 2 ? `page-${page}` : '', bytes: 100 }));
    expect([items.length, asked]).toEqual([3, 3]);
  });

  it.each([
    ['pages', 1, /does not come to an end \(2,000 objects in 1,000 pages so far\)/],
    ['bytes', 100 * 1024 ** 2, /does not come to an end \(more than 512 MiB\)/],
  ])('end at a bound of %s, whatever a server goes on to send', async (_what, bytes, says) => {
    const endless = reading((page) => ({ next: `page-${page}`, bytes }));
    await expect(endless).rejects.toMatchObject({
      code: 'cluster.bad-answer',
      message: expect.stringMatching(says) as string,
    });
  });
});

import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Logs } from '@autodevops/domain/ports/signals';

/** What the source has to hold within its last hour: one line each second, the needle among them. */
export const conformanceStream = {
  labels: { namespace: 'shop', pod: 'web-1', container: 'app' },
  needle: 'FATAL: "db" said no (really?)',
  lines: 3_000,
};

export interface LogsSetting {
  readonly open: () => Promise<Logs>;
  readonly now: () => number;
}

const hour = 3_600_000;
const soon = (): { readonly signal: AbortSignal } => ({ signal: AbortSignal.timeout(20_000) });

/** Every adapter of the port Logs behaves so. */
export function logsConformance(adapter: string, { open, now }: LogsSetting): void {
  const range = () => ({ start: now() - hour, end: now() });
  const { labels, needle } = conformanceStream;

  describe(`${adapter} as Logs`, () => {
    it('knows which labels streams have', async () => {
      expect(await (await open()).labels(range(), soon())).toEqual(
        expect.arrayContaining(['namespace', 'pod', 'container']),
      );
    });

    it('finds a needle among thousands of lines, in whatever case, with all that is in it', async () => {
      const { lines, cut } = await (
        await open()
      ).search({ labels, words: [needle.toLowerCase()], range: range(), lines: 10 }, soon());
      expect(lines.map(({ text }) => text)).toEqual([needle]);
      expect(lines[0]?.labels['pod']).toBe('web-1');
      expect(cut).toBe(false);
    });

    it('gives the newest lines, oldest first, and says that there were more', async () => {
      const { lines, cut } = await (await open()).search({ labels, words: [], range: range(), lines: 50 }, soon());
      const times = lines.map(({ time }) => time);
      expect([lines.length, cut]).toEqual([50, true]);
      expect(times).toEqual(times.toSorted());
      expect(now() - Date.parse(times.at(-1) ?? '')).toBeLessThan(5 * 60_000);
    });

    it('finds nothing in streams that are not there', async () => {
      expect(
        (
          await (
            await open()
          ).search({ labels: { namespace: 'nowhere' }, words: [], range: range(), lines: 10 }, soon())
        ).lines,
      ).toEqual([]);
    });

    it('lets no label and no word become a part of the query', async () => {
      const logs = await open();
      expect(
        (
          await logs.search(
            { labels: { namespace: 'nowhere"} or {namespace="shop' }, words: [], range: range(), lines: 10 },
            soon(),
          )
        ).lines,
      ).toEqual([]);
      expect((await logs.search({ labels, words: ['.*'], range: range(), lines: 10 }, soon())).lines).toEqual([]);
      expect((await logs.search({ labels, words: ['") or ("'], range: range(), lines: 10 }, soon())).lines).toEqual([]);
    });

    it('refuses to search everything', async () => {
      await expect(
        (await open()).search({ labels: {}, words: [], range: range(), lines: 10 }, soon()),
      ).rejects.toBeInstanceOf(AutoDevOpsError);
    });
  });
}

import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Panels } from '@autodevops/domain/ports/signals';

export interface PanelsSetting {
  readonly open: () => Promise<Panels>;
  /** A dashboard that is there, with a panel 2. */
  readonly dashboard: string;
  readonly rendered: boolean;
  readonly now: () => number;
}

const soon = (): { readonly signal: AbortSignal } => ({ signal: AbortSignal.timeout(30_000) });

/** Every adapter of the port Panels behaves so. */
export function panelsConformance(adapter: string, { open, dashboard, rendered, now }: PanelsSetting): void {
  const range = () => ({ start: now() - 3_600_000, end: now() });

  describe(`${adapter} as Panels`, () => {
    it('links to a panel with its time and variables, whatever is in them', async () => {
      const link = new URL(
        (await open()).link({ dashboard, panel: 2, range: range(), variables: { pod: 'web-1&from=0#x' } }),
      );
      expect(link.searchParams.get('var-pod')).toBe('web-1&from=0#x');
      expect(link.searchParams.get('viewPanel')).toBe('2');
      expect(Number(link.searchParams.get('to')) - Number(link.searchParams.get('from'))).toBe(3_600_000);
    });

    it('refuses a dashboard that would leave its path', async () => {
      const panels = await open();
      expect(() => panels.link({ dashboard: '../admin', range: range() })).toThrow(AutoDevOpsError);
    });

    it("links to a query of one's own", async () => {
      const link = new URL((await open()).exploreLink('prom-1', 'up{job="a&b"}', range()));
      expect(link.searchParams.get('panes')).toContain('up{job=\\"a&b\\"}');
    });

    it('finds an annotation that it made', async () => {
      const panels = await open();
      const id = await panels.annotate(
        { time: now(), text: 'A change was made.', tags: ['autodevops', 'conformance'] },
        soon(),
      );
      const found = await panels.annotations(
        { start: now() - 60_000, end: now() + 60_000 },
        ['autodevops', 'conformance'],
        soon(),
      );
      expect(found.find((one) => one.id === id)).toMatchObject({
        text: 'A change was made.',
        tags: ['autodevops', 'conformance'],
      });
    });

    it(rendered ? 'renders a panel' : 'says that nothing renders pictures there', async () => {
      const picture = await (
        await open()
      ).picture({ dashboard, panel: 2, range: range() }, { width: 400, height: 200 }, soon());
      expect(picture === undefined ? undefined : Buffer.from(picture.slice(1, 4)).toString('latin1')).toBe(
        rendered ? 'PNG' : undefined,
      );
    });
  });
}

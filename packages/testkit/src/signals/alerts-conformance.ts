import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Alerts, NewSilence } from '@autodevops/domain/ports/signals';

export interface AlertsSetting {
  readonly open: () => Promise<Alerts>;
  /** The name of an alert that fires all the time and is silenced by nobody. */
  readonly firing: string;
  readonly now: () => number;
}

const soon = (): { readonly signal: AbortSignal } => ({ signal: AbortSignal.timeout(20_000) });

async function failureOf(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => 'no error',
    (error: unknown) => (error instanceof AutoDevOpsError ? error.code : 'not of ours'),
  );
}

/** Every adapter of the port Alerts behaves so. */
export function alertsConformance(adapter: string, { open, firing, now }: AlertsSetting): void {
  const silence = (name: string, parts: Partial<NewSilence> = {}): NewSilence => ({
    matchers: [{ name: 'alertname', value: name, isRegex: false, isEqual: true }],
    startsAt: new Date(now()).toISOString(),
    endsAt: new Date(now() + 600_000).toISOString(),
    createdBy: 'conformance',
    comment: `about ${name}`,
    ...parts,
  });

  describe(`${adapter} as Alerts`, () => {
    it('lists alerts that fire, with labels, beginning and state', async () => {
      const alerts = await (await open()).alerts(soon());
      const found = alerts.find(({ labels }) => labels['alertname'] === firing);
      expect(found?.status.state).toBe('active');
      expect(Date.parse(found?.startsAt ?? '')).toBeGreaterThan(0);
    });

    it('makes a silence that is found again as it was made', async () => {
      const alerts = await open();
      const wish = silence('MadeHere');
      const id = await alerts.silence(wish, soon());
      const found = (await alerts.silences(soon())).find((one) => one.id === id);
      expect(found).toMatchObject({ matchers: wish.matchers, createdBy: 'conformance', comment: 'about MadeHere' });
      expect(Date.parse(found?.endsAt ?? '')).toBe(Date.parse(wish.endsAt));
      expect(found?.state).toMatch(/^(active|pending)$/);
    });

    it('ends a silence, and twice is no error', async () => {
      const alerts = await open();
      const id = await alerts.silence(silence('EndedHere'), soon());
      await alerts.expire(id, soon());
      await alerts.expire(id, soon());
      expect((await alerts.silences(soon())).find((one) => one.id === id)?.state).toBe('expired');
    });

    it('refuses a silence that ends before it starts, and one without a condition', async () => {
      const alerts = await open();
      expect(
        await failureOf(
          alerts.silence(silence('Backwards', { endsAt: new Date(now() - 60_000).toISOString() }), soon()),
        ),
      ).toBe('signals.refused');
      expect(await failureOf(alerts.silence(silence('Everything', { matchers: [] }), soon()))).toBe('signals.refused');
    });

    it('refuses an id that is none, before anything is sent', async () => {
      expect(await failureOf((await open()).expire('../alerts', soon()))).toBe('signals.refused');
    });

    it('says of a silence that is not there that it is not', async () => {
      expect(await failureOf((await open()).expire('00000000-0000-4000-8000-000000000000', soon()))).toMatch(
        /^signals\.(bad-answer|refused)$/,
      );
    });
  });
}

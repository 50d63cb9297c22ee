import { afterAll, describe, expect, it } from 'vitest';
import { alertsConformance } from '@autodevops/testkit/signals/alerts-conformance';
import { httpCarrier } from '../carrying/http-carrier.ts';
import { fakeAlertmanager } from '../testing/fake-alertmanager.ts';
import { alertmanager } from './alertmanager.ts';

const signal = AbortSignal.timeout(60_000);
const now = (): number => Date.now();
const server = await fakeAlertmanager({
  now,
  alerts: [
    {
      labels: { alertname: 'QueueIsLong', namespace: 'shop' },
      annotations: { summary: 'token=abcdefghij123456' },
      startsAt: new Date(Date.now() - 60_000).toISOString(),
      endsAt: new Date(Date.now() + 60_000).toISOString(),
    },
  ],
});
afterAll(async () => await server.close());
const alerts = alertmanager({ carrier: httpCarrier({ url: `${server.url}/` }) });

alertsConformance('Alertmanager', { open: async () => await Promise.resolve(alerts), firing: 'QueueIsLong', now });

describe('Alertmanager', () => {
  it('says of an alert that it is silenced', async () => {
    const id = await alerts.silence(
      {
        matchers: [{ name: 'alertname', value: 'Queue.*', isRegex: true, isEqual: true }],
        startsAt: new Date().toISOString(),
        endsAt: new Date(Date.now() + 60_000).toISOString(),
        createdBy: 'ann',
        comment: 'known',
      },
      { signal },
    );
    expect((await alerts.alerts({ signal }))[0]?.status.state).toBe('suppressed');
    await alerts.expire(id, { signal });
    expect((await alerts.alerts({ signal }))[0]?.status.state).toBe('active');
  });

  it('shows no secret that stands in an annotation', async () => {
    expect(JSON.stringify(await alerts.alerts({ signal }))).not.toContain('abcdefghij');
  });

  it("tells in Alertmanager's words why it refuses", async () => {
    const wish = {
      matchers: [{ name: 'alertname', value: '.*', isRegex: true, isEqual: true }],
      startsAt: new Date().toISOString(),
      endsAt: new Date(Date.now() + 60_000).toISOString(),
      createdBy: 'ann',
      comment: 'all',
    };
    await expect(alerts.silence(wish, { signal })).rejects.toThrow(
      'at least one matcher must not match the empty string',
    );
  });
});

import { afterAll, describe, expect, it } from 'vitest';
import { metricsConformance } from '@autodevops/testkit/signals/metrics-conformance';
import { httpCarrier } from '../carrying/http-carrier.ts';
import { fakePrometheus } from '../testing/fake-prometheus.ts';
import { prometheus, stepOf } from './prometheus.ts';

const noon = Date.parse('2026-01-01T12:00:00Z');
const now = (): number => noon;
const signal = AbortSignal.timeout(60_000);
const hostile = 'web-1\u001b[2J password=hunter2hunter2';

const server = await fakePrometheus({
  now,
  metrics: {
    queue_length: [
      { labels: { __name__: 'queue_length', pod: 'a' }, value: (time) => time % 7 },
      { labels: { __name__: 'queue_length', pod: 'b' }, value: () => 3 },
    ],
    strange: [{ labels: { pod: hostile }, value: () => Infinity }],
    many: Array.from({ length: 700 }, (_, index) => ({ labels: { pod: `p-${index}` }, value: () => 1 })),
  },
  alerts: [
    {
      labels: { alertname: 'Fires' },
      annotations: { summary: `${hostile} ${'x'.repeat(5_000)}` },
      state: 'firing',
      activeAt: '2026-01-01T11:00:00Z',
      value: '1e+00',
    },
    {
      labels: { alertname: 'NotYet' },
      annotations: {},
      state: 'pending',
      activeAt: '2026-01-01T11:59:00Z',
      value: '1e+00',
    },
  ],
});
afterAll(async () => await server.close());
const metrics = prometheus({ carrier: httpCarrier({ url: server.url }) });

metricsConformance('Prometheus', { open: async () => await Promise.resolve(metrics), gauge: 'queue_length', now });

describe('Prometheus', () => {
  it('drives no terminal and shows no secret by its labels and texts', async () => {
    const { series } = await metrics.instant('strange', noon, { signal });
    expect(series[0]?.labels['pod']).toBe('web-1\\x1b[2J password=[redacted]');
    const [alert] = await metrics.firing({ signal });
    expect(alert?.annotations['summary']?.length).toBeLessThanOrEqual(1_000);
    expect(JSON.stringify(alert)).not.toContain('hunter2');
  });

  it('makes a gap of a number that is none', async () => {
    expect((await metrics.instant('strange', noon, { signal })).series[0]?.points).toEqual([[noon / 1000, Number.NaN]]);
  });

  it('says when there were more series than it gives', async () => {
    const { series, cut } = await metrics.instant('many', noon, { signal });
    expect([series.length, cut]).toEqual([500, true]);
  });

  it('tells of alerts that fire, not of those that only may', async () => {
    expect((await metrics.firing({ signal })).map(({ labels }) => labels['alertname'])).toEqual(['Fires']);
  });

  it('asks in steps that give no more points than its bounds', () => {
    expect(stepOf({ start: 0, end: 3_600_000, step: 15_000 }, 1_000)).toBe(15);
    expect(stepOf({ start: 0, end: 30 * 86_400_000, step: 15_000 }, 1_000)).toBe(2595);
  });

  it('gives the server a little less time than it has itself', async () => {
    await metrics.instant('queue_length', noon, { signal, deadline: 2_000 });
    expect(server.asked.at(-1)?.query.get('timeout')).toBe('1800ms');
  });
});

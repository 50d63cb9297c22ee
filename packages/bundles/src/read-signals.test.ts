import { describe, expect, it } from 'vitest';
import { readAlerts, readSeries } from './read-signals.ts';

const labels = { alertname: 'Slow', namespace: 'shop', severity: 'critical' };
const startsAt = '2026-03-02T09:00:00Z';

describe('alerts', () => {
  it.each<[string, unknown]>([
    ["Alertmanager's list", [{ labels, startsAt, status: { state: 'active' } }]],
    [
      "Alertmanager's groups",
      [
        {
          labels: { namespace: 'shop' },
          receiver: { name: 'web' },
          alerts: [{ labels, startsAt, status: { state: 'active' } }],
        },
      ],
    ],
    ['the first version of its API', { status: 'success', data: [{ labels, startsAt, status: { state: 'active' } }] }],
    [
      'a notification',
      {
        version: '4',
        status: 'firing',
        alerts: [{ status: 'firing', labels, startsAt, endsAt: '0001-01-01T00:00:00Z' }],
      },
    ],
    [
      "Prometheus' alerts",
      {
        status: 'success',
        data: {
          alerts: [
            { labels, state: 'firing', activeAt: startsAt, value: '1e+00' },
            { labels, state: 'pending', activeAt: startsAt },
          ],
        },
      },
    ],
    [
      "Prometheus' rules",
      {
        status: 'success',
        data: {
          groups: [
            {
              name: 'g',
              rules: [
                { type: 'recording', name: 'r' },
                {
                  type: 'alerting',
                  name: 'Slow',
                  state: 'firing',
                  alerts: [{ labels, state: 'firing', activeAt: startsAt }],
                },
              ],
            },
          ],
        },
      },
    ],
  ])('are read from %s', (_, value) => {
    expect(readAlerts(value)).toEqual([{ labels, annotations: {}, startsAt, endsAt: '', status: { state: 'active' } }]);
  });

  it('that a notification calls resolved keep their end', () => {
    const endsAt = '2026-03-02T09:10:00Z';
    expect(readAlerts({ alerts: [{ status: 'resolved', labels, startsAt, endsAt }] })).toMatchObject([{ endsAt }]);
  });

  it.each([
    null,
    7,
    'x',
    {},
    { data: 7 },
    { data: { groups: [null, { rules: [7, { alerts: [[]] }] }] } },
    [[['x']]],
    { alerts: { a: 1 } },
  ])('are none in %j', (value) => {
    expect(readAlerts(value)).toEqual([]);
  });
});

describe('series', () => {
  const metric = { __name__: 'up', pod: 'web-1' };
  const values = [
    [1, '0'],
    [2, 'NaN'],
  ];
  const series = {
    query: 'up',
    labels: metric,
    points: [
      [1, 0],
      [2, Number.NaN],
    ],
  };

  it.each<[string, unknown]>([
    ['an answer', { status: 'success', data: { resultType: 'matrix', result: [{ metric, values }] } }],
    ['a list of answers', [{ status: 'success', data: { result: [{ metric, values }] } }]],
    ['the bare list of one', [{ metric, values }]],
    ['what stands in one', { resultType: 'matrix', result: [{ metric, values }] }],
  ])('are read from %s', (_, value) => {
    expect(readSeries(value, 'up')).toEqual([series]);
  });

  it.each([null, 7, [], [[]], [null, 7], {}, { data: [] }, [[[{ metric, values }]]]])('are none in %j', (value) => {
    expect(readSeries(value, 'up')).toEqual([]);
  });
});

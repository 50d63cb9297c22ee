import { createHash } from 'node:crypto';
import { GrafanaPayload } from '@autodevops/domain/incident/grafana-payload';
import { describe, expect, it } from 'vitest';
import { grafanaGroup } from './grafana.ts';
import type { AlertGroup } from './alert-group.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** As Grafana 12 posts it; shortened. */
const posted = {
  receiver: 'autodevops',
  status: 'firing',
  orgId: 1,
  alerts: [
    {
      status: 'firing',
      labels: { alertname: 'HighLatency', grafana_folder: 'shop', namespace: 'shop', severity: 'critical' },
      annotations: { summary: 'p99 is above 2 s' },
      startsAt: '2026-01-01T12:00:00.000Z',
      endsAt: '0001-01-01T00:00:00Z',
      values: { B: 2.41 },
      generatorURL: 'https://grafana.example/alerting/x/view',
      fingerprint: '57c6d9296de2ad39',
      silenceURL: 'https://grafana.example/alerting/silence/new',
      dashboardURL: '',
      panelURL: '',
      valueString: '[ metric=... ]',
    },
  ],
  groupLabels: { alertname: 'HighLatency' },
  commonLabels: {},
  commonAnnotations: {},
  externalURL: 'https://grafana.example/',
  version: '1',
  groupKey: '{}:{alertname="HighLatency", grafana_folder="shop"}',
  truncatedAlerts: 0,
  title: '[FIRING:1] HighLatency shop',
  state: 'alerting',
  message: '**Firing**',
};

function read(changes: Readonly<Record<string, unknown>> = {}): AlertGroup {
  return grafanaGroup(GrafanaPayload.parse({ ...posted, ...changes }), 'Watchdog', digest);
}

describe('a notice of Grafana', () => {
  it('is read as one of Alertmanager, whose groups are others', () => {
    expect(read()).toMatchObject({
      groupKey: 'grafana 1 {}:{alertname="HighLatency", grafana_folder="shop"}',
      title: 'HighLatency in shop',
      severity: 'sev2',
      heartbeat: undefined,
      alerts: [
        {
          fingerprint: '57c6d9296de2ad39',
          name: 'HighLatency',
          state: 'firing',
          startsAt: '2026-01-01T12:00:00.000Z',
          summary: 'p99 is above 2 s',
        },
      ],
    });
    expect(read({ orgId: 2 }).groupKey).not.toBe(read().groupKey);
  });

  it('without data, and without notes, is an alert too', () => {
    const [alert] = posted.alerts;
    expect(
      read({
        alerts: [
          {
            ...alert,
            annotations: null,
            values: null,
            labels: { alertname: 'DatasourceNoData', rulename: 'HighLatency' },
          },
        ],
      }).alerts,
    ).toMatchObject([{ name: 'DatasourceNoData', severity: 'sev3' }]);
  });

  it('is refused in any other version, and without a group', () => {
    for (const changes of [{ version: '4' }, { groupKey: '' }, { alerts: 'x' }, { truncatedAlerts: -1 }]) {
      expect(GrafanaPayload.safeParse({ ...posted, ...changes }).success).toBe(false);
    }
  });
});

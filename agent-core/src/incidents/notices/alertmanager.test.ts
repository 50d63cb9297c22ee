import { createHash } from 'node:crypto';
import { AlertmanagerPayload } from '@autodevops/domain/incident/alertmanager-payload';
import { IncidentEvent } from '@autodevops/domain/incident/incident-event';
import { describe, expect, it } from 'vitest';
import { alertGroupFrom } from './alertmanager.ts';
import type { AlertGroup } from './alert-group.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

function alert(
  labels: Readonly<Record<string, string>>,
  more: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return {
    status: 'firing',
    labels,
    annotations: {},
    startsAt: '2026-01-01T00:00:00Z',
    endsAt: '0001-01-01T00:00:00Z',
    generatorURL: 'http://p',
    fingerprint: JSON.stringify(labels).slice(0, 60),
    ...more,
  };
}

function read(alerts: readonly unknown[], more: Readonly<Record<string, unknown>> = {}): AlertGroup {
  return alertGroupFrom(
    AlertmanagerPayload.parse({
      version: '4',
      groupKey: '{}:{}',
      status: 'firing',
      receiver: 'r',
      externalURL: 'http://a',
      alerts,
      ...more,
    }),
    'Watchdog',
    digest,
  );
}

describe('a notice of Alertmanager', () => {
  it('is read with the worst alert first, whose name and namespace make the title', () => {
    const group = read([
      alert({ alertname: 'Slow', severity: 'warning', namespace: 'shop' }),
      alert(
        { alertname: 'Down', severity: 'critical', namespace: 'shop' },
        { annotations: { summary: 'The shop is down', description: 'No endpoint' } },
      ),
    ]);
    expect(group).toMatchObject({
      title: 'Down and 1 more alert in shop',
      severity: 'sev2',
      left: 0,
      heartbeat: undefined,
    });
    expect(group.alerts[0]).toMatchObject({
      name: 'Down',
      summary: 'The shop is down - No endpoint',
      startsAt: '2026-01-01T00:00:00.000Z',
      endsAt: '',
    });
  });

  it('joins what it says so that it reads on', () => {
    const said = (annotations: Readonly<Record<string, string>>): string | undefined =>
      read([alert({ alertname: 'A' }, { annotations })]).alerts[0]?.summary;
    expect(said({ summary: 'The shop is down.', description: 'It has no endpoint.' })).toBe(
      'The shop is down. It has no endpoint.',
    );
    expect(said({ summary: 'Down', message: 'no endpoint' })).toBe('Down - no endpoint');
    expect(said({ description: 'No endpoint' })).toBe('No endpoint');
  });

  it('keeps no secret, no control character and no long text of what it says', () => {
    const {
      alerts: [kept],
    } = read([
      alert(
        { alertname: 'A\u001b[31m', password: 'hunter2hunter2', url: 'postgres://app:hunter2@db' },
        { annotations: { description: `token=abcdef ${'x'.repeat(50_000)}` } },
      ),
    ]);
    expect(JSON.stringify(kept)).not.toMatch(/hunter2|abcdef|\u001b/);
    expect(kept?.summary.length).toBeLessThanOrEqual(2000);
  });

  it('fits into an event however large it is, and counts what it leaves out', () => {
    const many = Array.from({ length: 1500 }, (_, number) => alert({ alertname: 'A', pod: `p-${number}` }));
    const { alerts, left, groupKey, title, severity } = read(many, { groupKey: 'k'.repeat(5000), truncatedAlerts: 7 });
    expect([alerts.length, left]).toEqual([1000, 507]);
    const actor = { kind: 'automation', account: 'a', person: '', name: 'A', roles: [], surface: 'http' };
    expect(
      IncidentEvent.safeParse({
        type: 'opened',
        time: '',
        actor,
        idempotencyKey: '',
        origin: 'alert',
        title,
        severity,
        groupKey,
        causes: [],
        alerts,
      }).success,
    ).toBe(true);
  });

  it('tells long keys of groups apart that begin alike', () => {
    const [one, other] = [
      read([], { groupKey: `${'k'.repeat(5000)}1` }),
      read([], { groupKey: `${'k'.repeat(5000)}2` }),
    ];
    expect(one.groupKey).not.toBe(other.groupKey);
  });

  it('takes words of JavaScript for what they are: labels', () => {
    expect(read([alert({ alertname: 'constructor', severity: 'constructor', toString: 'x' })])).toMatchObject({
      severity: 'sev3',
      title: 'constructor',
    });
  });

  it('has the heartbeat beside its alerts, and nothing that fires by design or is for nobody among them', () => {
    const group = read([
      alert({ alertname: 'Watchdog', severity: 'none' }),
      alert({ alertname: 'InfoInhibitor', severity: 'none' }),
      alert({ alertname: 'Quiet', severity: 'none' }),
    ]);
    expect([group.heartbeat, group.alerts]).toEqual([true, []]);
    expect(read([alert({ alertname: 'Watchdog' }, { status: 'resolved' })]).heartbeat).toBe(false);
  });

  it('is refused in any other version, and without a group', () => {
    for (const more of [{ version: '3' }, { groupKey: '' }, { alerts: [{ status: 'maybe' }] }]) {
      expect(
        AlertmanagerPayload.safeParse({ version: '4', groupKey: 'k', status: 'firing', alerts: [], ...more }).success,
      ).toBe(false);
    }
  });
});

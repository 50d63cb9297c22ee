import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '../../../packages/domain/src/change/change.ts';
import type { ActionRequest } from '../../../packages/domain/src/change/plan.ts';
import type { Cause } from '../../../packages/domain/src/diagnosis.ts';
import type { Incident } from '../../../packages/domain/src/incident/incident.ts';
import type { Alerts } from '../../../packages/domain/src/ports/signals.ts';
import { alertmanager } from '../../../packages/signals/src/alertmanager/alertmanager.ts';
import { httpCarrier } from '../../../packages/signals/src/carrying/http-carrier.ts';
import { alertsConformance } from '../../../packages/testkit/src/signals/alerts-conformance.ts';
import { monitoringUnavailableReason } from '../../bed/fixtures.ts';
import { until } from '../../bed/host/wait.ts';
import { alertScene } from './alert-scene.ts';
import type { AlertScene } from './alert-scene.ts';

const reason = await monitoringUnavailableReason();
const hour = 3_600_000;
const patiently = (): { readonly signal: AbortSignal } => ({ signal: AbortSignal.timeout(60_000) });

const rules = `groups:
  - name: test
    rules:
      - {alert: WebIsSlow, expr: queue_length > 5, labels: {severity: warning}, annotations: {summary: 'The queue of {{ $labels.pod }} is long: password=hunter2hunter2'}}
      - {alert: DiskIsSlow, expr: disk_wait > 5, labels: {severity: warning}}
`;

const queue = 'queue_length{namespace="shop",pod="web"}';
const disk = 'disk_wait{namespace="bank",pod="db"}';

/** Crashes because of what its log says; the alert names it. */
const crashing = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop', uid: 'u', creationTimestamp: new Date(Date.now() - hour).toISOString() },
  spec: {
    nodeName: 'worker',
    containers: [{ name: 'app', image: 'app:1', resources: { limits: { memory: '512Mi' } } }],
  },
  status: {
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: new Date(Date.now() - hour / 2).toISOString() }],
    containerStatuses: [
      {
        name: 'app',
        ready: false,
        restartCount: 8,
        state: { waiting: { reason: 'CrashLoopBackOff' } },
        lastState: {
          terminated: {
            exitCode: 137,
            reason: 'OOMKilled',
            startedAt: new Date(Date.now() - hour).toISOString(),
            finishedAt: new Date(Date.now() - hour / 2).toISOString(),
          },
        },
      },
    ],
  },
};

/** Well, whatever the alert about its disk says. */
const well = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'db', namespace: 'bank', uid: 'v', creationTimestamp: new Date(Date.now() - hour).toISOString() },
  spec: { nodeName: 'worker', containers: [{ name: 'app', image: 'app:1' }] },
  status: {
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: new Date(Date.now() - hour).toISOString() }],
    containerStatuses: [
      {
        name: 'app',
        ready: true,
        restartCount: 0,
        state: { running: { startedAt: new Date(Date.now() - hour).toISOString() } },
      },
    ],
  },
};

const named = (namespace: string, name: string): ActionRequest['target'] => ({
  apiVersion: 'alertmanager/v2',
  kind: 'Alert',
  namespace,
  name,
  uid: '',
});

describe.skipIf(reason !== undefined)(
  `a real Alertmanager${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let scene: AlertScene;
    let alerts: Alerts;

    beforeAll(async () => {
      scene = await alertScene({
        objects: [
          crashing,
          well,
          ...['shop', 'bank'].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
        ],
        rules,
        values: { [queue]: 9, [disk]: 9 },
      });
      alerts = alertmanager({ carrier: httpCarrier({ url: scene.alertmanager.url }), deadline: 20_000 });
      await until(
        { for: 'alerts that fire', seconds: 60 },
        async () => (await alerts.alerts(patiently())).length === 2,
      );
    });
    afterAll(async () => await scene?.close());

    const incidents = async (): Promise<readonly Incident[]> => {
      const { incidents: lines } = await scene.client.incidents(
        { query: { ongoing: 'false', limit: 50 } },
        patiently(),
      );
      return await Promise.all(
        lines.map(async ({ id }) => await scene.client.incident({ params: { id } }, patiently())),
      );
    };
    const incidentOf = async (name: string): Promise<Incident | undefined> =>
      (await incidents()).find((incident) => incident.alerts.some((alert) => alert.name === name));
    const stateOf = async (name: string): Promise<string | undefined> =>
      (await alerts.alerts(patiently())).find(({ labels }) => labels['alertname'] === name)?.status.state;

    /** Jamie's finding that the alert fires about something in that namespace. */
    const told = async (namespace: string): Promise<Cause | undefined> =>
      (await scene.client.diagnose({ body: { namespaces: [namespace] } }, patiently())).causes.find(
        ({ code }) => code === 'signal.alert.firing',
      );
    const findingOf = ({ code, object: { kind, namespace, name } }: Cause) => ({ code, kind, namespace, name });

    /** Proposed, agreed to, and followed to its end. */
    const carriedOut = async (request: ActionRequest, cause?: Cause): Promise<Change> => {
      const finding = cause === undefined ? {} : { finding: findingOf(cause) };
      const { id, digest } = await scene.client.propose(
        { body: { requests: [request], reason: 'A test wants it.', ...finding } },
        patiently(),
      );
      await scene.client.approve({ params: { id }, body: { digest } }, patiently());
      return await ended(id);
    };
    const ended = async (id: string): Promise<Change> => {
      let last: Change | undefined;
      for await (const { event } of scene.client.watchChange({ params: { id } }, patiently())) last = event;
      if (last === undefined) throw new Error(`nothing was told of ${id}`);
      return last;
    };

    alertsConformance('a real Alertmanager', {
      open: async () => await Promise.resolve(alerts),
      firing: 'DiskIsSlow',
      now: () => Date.now(),
    });

    it('tells an agent of what fires, which makes an incident of it with its cause', async () => {
      const incident = await until({ for: 'an incident with a cause', seconds: 60 }, async () => {
        const found = await incidentOf('WebIsSlow');
        return found !== undefined && found.causes.length > 0 ? found : undefined;
      });
      expect(incident.origin).toBe('alert');
      expect(incident.causes[0]?.code).toMatch(/^pod\.memory\./);
      expect(JSON.stringify(incident)).not.toContain('hunter2');
    });

    it('alertmanager-silence-create: what was seen to fire is silenced, and nothing else', async () => {
      const change = await carriedOut({
        action: 'alertmanager-silence-create',
        target: named('shop', 'WebIsSlow'),
        params: { minutes: 30, why: 'The load test runs.' },
      });
      expect(change.state, change.says).toBe('succeeded');
      expect(await stateOf('WebIsSlow')).toBe('suppressed');
      expect(await stateOf('DiskIsSlow')).toBe('active');
      const made = (await alerts.silences(patiently())).find(({ comment }) =>
        comment.startsWith('The load test runs.'),
      );
      expect(made).toMatchObject({ state: 'active', createdBy: 'Scarlet' });
      expect(Date.parse(made?.endsAt ?? '') - Date.parse(made?.startsAt ?? '')).toBeLessThanOrEqual(30 * 60_000);
      await expect(
        scene.client.propose(
          {
            body: {
              requests: [
                {
                  action: 'alertmanager-silence-create',
                  target: named('shop', 'WebIsSlow'),
                  params: { minutes: 30, why: 'Once more.' },
                },
              ],
              reason: 'Again.',
            },
          },
          patiently(),
        ),
      ).rejects.toThrow('silenced or inhibited already');
      const back = await scene.client.undo({ params: { id: change.id }, body: { why: 'It is over.' } }, patiently());
      await scene.client.approve({ params: { id: back.id }, body: { digest: back.digest } }, patiently());
      expect(await ended(back.id)).toMatchObject({ state: 'succeeded' });
      expect(await stateOf('WebIsSlow')).toBe('active');
    });

    it('alertmanager-silence-create: what is known to be noise is no finding any more, until the silence ends', async () => {
      const cause = await told('bank');
      if (cause === undefined) expect.fail('Jamie does not tell that the alert fires');
      const change = await carriedOut(
        {
          action: 'alertmanager-silence-create',
          target: named('bank', 'DiskIsSlow'),
          params: { minutes: 30, why: 'The disk is being copied.' },
        },
        cause,
      );
      expect(change.state, change.says).toBe('succeeded');
      expect(change.says).toContain(`"${cause.title}" on`);
      expect(await told('bank')).toBeUndefined();
      const back = await scene.client.undo({ params: { id: change.id }, body: { why: 'It is over.' } }, patiently());
      await scene.client.approve({ params: { id: back.id }, body: { digest: back.digest } }, patiently());
      expect(await ended(back.id)).toMatchObject({ state: 'succeeded' });
      expect(await told('bank')).toMatchObject({ code: cause.code });
    });

    it('alertmanager-silence-expire: a silence that a person made ends, and Jamie tells of the alert again', async () => {
      const id = await alerts.silence(
        {
          matchers: [
            { name: 'alertname', value: 'DiskIsSlow', isRegex: false, isEqual: true },
            { name: 'namespace', value: 'bank', isRegex: false, isEqual: true },
          ],
          startsAt: new Date().toISOString(),
          endsAt: new Date(Date.now() + hour).toISOString(),
          createdBy: 'Ann',
          comment: 'Known.',
        },
        patiently(),
      );
      await until(
        { for: 'the silence to hold', seconds: 30 },
        async () => (await stateOf('DiskIsSlow')) === 'suppressed',
      );
      expect(await told('bank'), 'nobody is told of it').toBeUndefined();
      const change = await carriedOut({
        action: 'alertmanager-silence-expire',
        target: named('bank', 'DiskIsSlow'),
        params: { silence: id },
      });
      expect(change.state, change.says).toBe('succeeded');
      expect((await alerts.silences(patiently())).find((silence) => silence.id === id)?.state).toBe('expired');
      expect(await stateOf('DiskIsSlow')).toBe('active');
      expect(await told('bank')).toMatchObject({ code: 'signal.alert.firing' });
    });

    it('is not told to silence an alert wherever it fires', async () => {
      const silence = {
        action: 'alertmanager-silence-create',
        target: named('', 'DiskIsSlow'),
        params: { minutes: 30, why: 'All of them.' },
      };
      await expect(
        scene.client.propose({ body: { requests: [silence], reason: 'A test wants it.' } }, patiently()),
      ).rejects.toThrow('No alert DiskIsSlow fires now.');
    });

    it('gives its alerts to whoever asks Jamie, under the cause that explains them', async () => {
      const { causes } = await scene.client.diagnose({ body: { namespaces: ['shop'] } }, patiently());
      expect(causes[0]?.symptoms.map(({ code }) => code)).toContain('signal.alert.firing');
    });

    it('tells of the end too, which resolves the incident', async () => {
      scene.exporter.set(queue, 0);
      const incident = await until({ for: 'the incident to be resolved', seconds: 90 }, async () => {
        const found = await incidentOf('WebIsSlow');
        return found?.state === 'resolved' ? found : undefined;
      });
      expect(incident.alerts.map(({ state }) => state)).toEqual(['resolved']);
    });
  },
);

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Alerts, Metrics, SignalCarrier } from '../../../packages/domain/src/ports/signals.ts';
import { serviceCarrier } from '../../../packages/kube/src/services/service-carrier.ts';
import { alertmanager } from '../../../packages/signals/src/alertmanager/alertmanager.ts';
import { prometheus } from '../../../packages/signals/src/prometheus/prometheus.ts';
import { metricsConformance } from '../../../packages/testkit/src/signals/metrics-conformance.ts';
import { bedUnavailableReason, monitoringUnavailableReason, startControlPlane } from '../../bed/fixtures.ts';
import type { Bed } from '../../bed/fixtures.ts';
import { until } from '../../bed/host/wait.ts';
import { startAlertmanager } from '../../bed/monitoring/alertmanager.ts';
import { startPrometheus } from '../../bed/monitoring/prometheus.ts';
import { ClusterHand } from '../../scenarios/cluster-hand.ts';
import { startExporter } from './exporter.ts';
import { openMetrics } from './open-metrics.ts';
import { ownAddress, startRelay } from './relay.ts';
import type { Relay } from './relay.ts';

const address = ownAddress();
const reason =
  (await monitoringUnavailableReason()) ??
  (await bedUnavailableReason('control-plane')) ??
  (address === undefined
    ? 'this machine has no address but the loopback one, and an API server proxies to no such'
    : undefined);
const minute = 60_000;
const now = Math.floor(Date.now() / minute) * minute;
const history = openMetrics(
  now,
  30,
  ['a', 'b'].map((pod) => ({ name: 'queue_length', type: 'gauge', labels: { pod }, value: () => 3 })),
);
const patiently = (): { readonly signal: AbortSignal } => ({ signal: AbortSignal.timeout(60_000) });

/** A Service of one pod, which has the address at which the relay listens: an API server proxies to pods alone. */
async function serve(hand: ClusterHand, name: string, relay: Relay): Promise<void> {
  const metadata = { name, namespace: 'monitoring' };
  const apply = async (...items: readonly object[]): Promise<void> =>
    void (await hand.must(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items })));
  await apply(
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata,
      spec: { automountServiceAccountToken: false, containers: [{ name: 'app', image: 'app:1' }] },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { ports: [{ name: 'web', port: 80, targetPort: relay.port }] },
    },
  );
  await hand.must([
    '-n',
    'monitoring',
    'patch',
    'pod',
    name,
    '--subresource=status',
    '--type=merge',
    '-p',
    JSON.stringify({ status: { podIP: relay.address, podIPs: [{ ip: relay.address }] } }),
  ]);
  await apply({
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata,
    subsets: [
      {
        addresses: [{ ip: relay.address, targetRef: { kind: 'Pod', namespace: 'monitoring', name } }],
        ports: [{ name: 'web', port: relay.port }],
      },
    ],
  });
}

describe.skipIf(reason !== undefined)(
  `monitoring behind a real API server${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    const closing: (() => Promise<void> | void)[] = [];
    let bed: Bed;
    let hand: ClusterHand;
    let metrics: Metrics;
    let alerts: Alerts;

    const carrierOf = async (name: string, kubeconfig = bed.kubeconfigPath): Promise<SignalCarrier> => {
      const carrier = await serviceCarrier({ kubeconfig, service: { namespace: 'monitoring', name, port: 'web' } });
      closing.push(() => carrier.close());
      return carrier;
    };

    beforeAll(async () => {
      bed = await startControlPlane({ scheduler: false });
      closing.push(async () => await bed.stop());
      hand = new ClusterHand(await bed.kubectl(), bed.kubeconfigPath);
      const exporter = await startExporter({ 'queue_length{pod="a"}': 3, 'queue_length{pod="b"}': 3 });
      closing.push(async () => await exporter.close());
      const started = {
        prometheus: await startPrometheus({ targets: [{ address: exporter.address }], history }),
        alertmanager: await startAlertmanager(),
      };
      closing.push(
        async () => await started.prometheus.stop(),
        async () => await started.alertmanager.stop(),
      );
      await hand.createNamespaces(['monitoring']);
      for (const [name, { url }] of Object.entries(started)) {
        const relay = await startRelay(address ?? '', Number(new URL(url).port));
        closing.push(async () => await relay.close());
        await serve(hand, name, relay);
      }
      metrics = prometheus({ carrier: await carrierOf('prometheus'), deadline: 20_000 });
      alerts = alertmanager({ carrier: await carrierOf('alertmanager'), deadline: 20_000 });
      await until(
        { for: 'a first scrape, through the API server', seconds: 60 },
        async () => (await metrics.metadata('queue_length', patiently())).length === 1,
      );
    });
    afterAll(async () => {
      for (const close of closing.toReversed()) await close();
    });

    metricsConformance('Prometheus behind an API server', {
      open: async () => await Promise.resolve(metrics),
      gauge: 'queue_length',
      now: () => now,
    });

    it('makes and ends silences by the same way', async () => {
      const id = await alerts.silence(
        {
          matchers: [{ name: 'alertname', value: 'Any', isRegex: false, isEqual: true }],
          startsAt: new Date().toISOString(),
          endsAt: new Date(Date.now() + minute).toISOString(),
          createdBy: 'a test',
          comment: 'Through a Service.',
        },
        patiently(),
      );
      await alerts.expire(id, patiently());
      expect((await alerts.silences(patiently())).find((silence) => silence.id === id)?.state).toBe('expired');
    });

    it('says what right is missing to somebody who may not', async () => {
      await hand.must(['-n', 'monitoring', 'create', 'serviceaccount', 'stranger']);
      const carrier = await carrierOf('prometheus', await bed.serviceAccountKubeconfig('monitoring', 'stranger'));
      await expect(prometheus({ carrier }).firing(patiently())).rejects.toMatchObject({
        code: 'signals.unauthorized',
        remedy: expect.stringContaining('services/proxy') as unknown,
      });
    });

    it('lets somebody in who may do that and nothing else', async () => {
      await hand.must(['-n', 'monitoring', 'create', 'serviceaccount', 'reader']);
      await hand.must([
        '-n',
        'monitoring',
        'create',
        'role',
        'reader',
        '--verb=get',
        '--resource=services/proxy',
        '--resource-name=http:prometheus:web',
      ]);
      await hand.must([
        '-n',
        'monitoring',
        'create',
        'rolebinding',
        'reader',
        '--role=reader',
        '--serviceaccount=monitoring:reader',
      ]);
      const kubeconfig = await bed.serviceAccountKubeconfig('monitoring', 'reader');
      expect(await prometheus({ carrier: await carrierOf('prometheus', kubeconfig) }).firing(patiently())).toEqual([]);
      await expect(
        alertmanager({ carrier: await carrierOf('alertmanager', kubeconfig) }).alerts(patiently()),
      ).rejects.toMatchObject({ code: 'signals.unauthorized' });
    });

    it('says that there is no such Service', async () => {
      await expect(prometheus({ carrier: await carrierOf('thanos') }).firing(patiently())).rejects.toMatchObject({
        code: 'signals.unreachable',
      });
    });
  },
);

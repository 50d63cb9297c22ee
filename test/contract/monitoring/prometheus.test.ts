import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../../agent-core/src/jamie/diagnose.ts';
import type { Diagnosis } from '../../../packages/domain/src/diagnosis.ts';
import type { ClusterReader } from '../../../packages/domain/src/ports/cluster.ts';
import type { Metrics } from '../../../packages/domain/src/ports/signals.ts';
import { Snapshot } from '../../../packages/domain/src/snapshot.ts';
import { httpCarrier } from '../../../packages/signals/src/carrying/http-carrier.ts';
import { prometheus } from '../../../packages/signals/src/prometheus/prometheus.ts';
import { partsFrom } from '../../../packages/testkit/src/fixture.ts';
import { metricsConformance } from '../../../packages/testkit/src/signals/metrics-conformance.ts';
import { monitoringUnavailableReason } from '../../bed/fixtures.ts';
import { until } from '../../bed/host/wait.ts';
import type { StartedProgram } from '../../bed/monitoring/program-process.ts';
import { startPrometheus } from '../../bed/monitoring/prometheus.ts';
import { startExporter } from './exporter.ts';
import type { Exporter } from './exporter.ts';
import { openMetrics } from './open-metrics.ts';

const reason = await monitoringUnavailableReason();
const minute = 60_000;
/** Whole minutes, so that samples lie where ranges ask. */
const now = Math.floor(Date.now() / minute) * minute;
const began = now - 40 * minute;
const labels = { namespace: 'shop', pod: 'web', container: 'app' };

/** Three hours of a container that grew, was killed and restarted, and of a program that failed since then. */
const history = openMetrics(now, 180, [
  {
    name: 'kube_pod_container_status_restarts_total',
    type: 'counter',
    labels,
    value: (time) => (time < began ? 0 : Math.floor((time - began) / (5 * minute)) + 1),
  },
  {
    name: 'container_memory_working_set_bytes',
    type: 'gauge',
    labels,
    value: (time) => (time < began - 2 * minute ? 100 : 500) * 2 ** 20,
  },
  { name: 'queue_length', type: 'gauge', labels: { pod: 'a' }, value: () => 3 },
  { name: 'queue_length', type: 'gauge', labels: { pod: 'b' }, value: () => 4 },
]);

const killed = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'web',
    namespace: 'shop',
    uid: 'u',
    creationTimestamp: new Date(now - 5 * 60 * minute).toISOString(),
  },
  spec: {
    nodeName: 'worker',
    containers: [{ name: 'app', image: 'app:1', resources: { limits: { memory: '512Mi' } } }],
  },
  status: {
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: new Date(began).toISOString() }],
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
            startedAt: new Date(began - minute).toISOString(),
            finishedAt: new Date(began).toISOString(),
          },
        },
      },
    ],
  },
};

async function answer(metrics: Metrics): Promise<Diagnosis> {
  const snapshot = new Snapshot(partsFrom([killed], new Date(now).toISOString()));
  const reader: ClusterReader = {
    source: 'test',
    signals: { metrics, within: 20_000 },
    snapshot: async () => await Promise.resolve(snapshot),
    logs: async () => await Promise.resolve([]),
    close: async () => await Promise.resolve(),
  };
  return await diagnose(reader, {}, { signal: AbortSignal.timeout(60_000) });
}

describe.skipIf(reason !== undefined)(`a real Prometheus${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  let exporter: Exporter;
  let program: StartedProgram;
  let metrics: Metrics;

  beforeAll(async () => {
    exporter = await startExporter({ 'queue_length{pod="a"}': 3, 'queue_length{pod="b"}': 4 });
    program = await startPrometheus({ targets: [{ address: exporter.address }], history });
    metrics = prometheus({ carrier: httpCarrier({ url: program.url }), deadline: 20_000 });
    // Types of metrics are known once something was scraped.
    await until(
      { for: 'a first scrape', seconds: 30 },
      async () => (await metrics.metadata('queue_length', { signal: AbortSignal.timeout(10_000) })).length === 1,
    );
  });
  afterAll(async () => {
    await program?.stop();
    await exporter?.close();
  });

  metricsConformance('a real Prometheus', {
    open: async () => await Promise.resolve(metrics),
    gauge: 'queue_length',
    now: () => now,
  });

  it('refuses what is no PromQL in its own words', async () => {
    await expect(
      metrics.instant('sum by (pod) (rate(queue_length[5m])', now, { signal: AbortSignal.timeout(10_000) }),
    ).rejects.toThrow(/parse error|unclosed/);
  });

  it('tells Jamie what changed when the cause began', async () => {
    const { causes } = await answer(metrics);
    const quotes = causes[0]?.evidence.filter(({ source }) => source === 'metric').map(({ quote }) => quote) ?? [];
    expect(causes[0]?.code).toMatch(/^pod\.memory\./);
    expect(quotes.join('\n')).toContain('memory in use: 100Mi → 500Mi');
    expect(quotes.join('\n')).toMatch(/restarts: 0 → [89]/);
  });

  it('lacks what nobody exports, and Jamie says so', async () => {
    const { blindSpots } = await answer({
      ...metrics,
      instant: async (query, at, options) =>
        await metrics.instant(
          query.replaceAll('kube_pod_container_status_restarts_total', 'no_such_metric'),
          at,
          options,
        ),
    });
    expect(blindSpots.map(({ what }) => what)).toContain('metrics: restarts');
  });

  it('is a blind spot when it has been stopped', async () => {
    const other = await startPrometheus();
    await other.stop();
    const { blindSpots, verdict } = await answer(prometheus({ carrier: httpCarrier({ url: other.url }) }));
    expect(verdict).toBe('problem');
    expect(blindSpots.find(({ what }) => what.startsWith('Prometheus at'))?.why).toContain(
      'cannot be reached (ECONNREFUSED)',
    );
  });
});

import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '@autodevops/domain/diagnosis';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { interrupted } from '@autodevops/domain/interruption';
import type { ClusterReader } from '@autodevops/domain/ports/cluster';
import type { Logs, LogSearch, Metrics, SignalSources } from '@autodevops/domain/ports/signals';
import type { Alert, Series } from '@autodevops/domain/signal';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { diagnose } from './diagnose.ts';

const noon = Date.parse('2026-01-01T12:00:00Z');
const ended = {
  exitCode: 137,
  reason: 'OOMKilled',
  startedAt: '2026-01-01T11:50:00Z',
  finishedAt: '2026-01-01T11:55:05Z',
};
const killed = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop', uid: 'u', creationTimestamp: '2026-01-01T09:00:00Z' },
  spec: {
    nodeName: 'worker',
    containers: [{ name: 'app', image: 'app:1', resources: { limits: { memory: '512Mi' } } }],
  },
  status: {
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: '2026-01-01T11:55:05Z' }],
    containerStatuses: [
      {
        name: 'app',
        ready: false,
        restartCount: 5,
        state: { waiting: { reason: 'CrashLoopBackOff' } },
        lastState: { terminated: ended },
      },
    ],
  },
};
const sick = new Snapshot(partsFrom([killed], '2026-01-01T12:00:00Z'));
const well = new Snapshot(partsFrom([], '2026-01-01T12:00:00Z'));
const { signal } = new AbortController();

function reader(snapshot: Snapshot, signals: SignalSources, log = { text: 'started', truncated: true }): ClusterReader {
  return {
    source: 'test',
    signals,
    snapshot: async () => await Promise.resolve(snapshot),
    logs: async (requests) =>
      await Promise.resolve(
        requests.map(({ namespace, pod, container, previous }) => ({ namespace, pod, container, previous, ...log })),
      ),
    close: async () => await Promise.resolve(),
  };
}

type Values = Readonly<Record<string, (minute: number) => number>>;

/** Has these metrics of the container "app", one point a minute for three hours. */
function metricsWith(values: Values, parts: Partial<Metrics> = {}): Metrics & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    source: 'Prometheus at test',
    instant: async (query) => {
      const series = Object.keys(values)
        .filter((name) => query.includes(name))
        .map((name): Series => ({ query, labels: { __name__: name }, points: [[noon / 1000, 1]] }));
      return await Promise.resolve({ series, cut: false, warnings: [] });
    },
    range: async (query) => {
      asked.push(query);
      const series = Object.entries(values)
        .filter(([name]) => query.includes(name))
        .map(([, value]): Series => ({
          query,
          labels: { namespace: 'shop', pod: 'web', container: 'app' },
          points: Array.from({ length: 181 }, (_, index) => [noon / 1000 - (180 - index) * 60, value(index)] as const),
        }));
      return await Promise.resolve({ series, cut: false, warnings: [] });
    },
    metadata: async () => await Promise.resolve([]),
    firing: async () => await Promise.resolve([]),
    ...parts,
  };
}

const growing: Values = {
  kube_pod_container_status_restarts_total: (minute) => (minute < 175 ? 0 : 5),
  container_memory_working_set_bytes: (minute) => (minute < 175 ? 100 : 500) * 2 ** 20,
};
const alert = (name: string): Alert => ({
  labels: { alertname: name, namespace: 'shop', pod: 'web', severity: 'warning' },
  annotations: { summary: 'It is red.' },
  startsAt: '2026-01-01T11:56:00Z',
  endsAt: '',
  status: { state: 'active' },
});
const quotes = ({ causes }: Diagnosis): string =>
  causes.flatMap(({ evidence }) => evidence.map(({ source, quote }) => `${source}: ${quote}`)).join('\n');

/** Never answers; ends when the deadline does, as the adapters do. */
async function hanging(
  _query: unknown,
  _at: unknown,
  options: { readonly signal: AbortSignal; readonly deadline?: number },
): Promise<never> {
  return await new Promise((_resolve, reject) => {
    AbortSignal.timeout(options.deadline ?? 1).addEventListener('abort', () =>
      reject(new AutoDevOpsError('signals.no-answer', 'test gave no whole answer.', 'Wait.')),
    );
    options.signal.addEventListener('abort', () => reject(interrupted()));
  });
}

describe('a diagnosis with metrics', () => {
  it('quotes what they say of the time in which the cause began', async () => {
    const answer = await diagnose(reader(sick, { metrics: metricsWith(growing) }), {}, { signal });
    expect(answer.causes[0]?.code).toMatch(/^pod\.memory\./);
    expect(quotes(answer)).toMatch(/metric: memory in use: 100Mi → 500Mi/);
    expect(quotes(answer)).toMatch(/metric: restarts: 0 → 5/);
  });

  it('asks nothing of a cluster in which nothing is wrong', async () => {
    const metrics = metricsWith(growing);
    expect((await diagnose(reader(well, { metrics }), {}, { signal })).verdict).toBe('healthy');
    expect(metrics.asked).toEqual([]);
  });

  it('names a metric that is not there, with who would export it', async () => {
    const answer = await diagnose(
      reader(sick, { metrics: metricsWith({ container_memory_working_set_bytes: () => 1 }) }),
      {},
      { signal },
    );
    expect(answer.blindSpots).toContainEqual({
      what: 'metrics: restarts',
      why: 'Prometheus at test has no series of kube_pod_container_status_restarts_total.',
      remedy: 'Let it scrape kube-state-metrics, where that exports it.',
    });
  });

  it('says that a source is dead, and answers all the same', async () => {
    const dead = async (): Promise<never> =>
      await Promise.reject(
        new AutoDevOpsError('signals.unreachable', 'test cannot be reached (ECONNREFUSED).', 'Check the address.'),
      );
    const answer = await diagnose(
      reader(sick, { metrics: metricsWith({}, { instant: dead, firing: dead }) }),
      {},
      { signal },
    );
    expect(answer.blindSpots.filter(({ what }) => what === 'Prometheus at test')).toEqual([
      { what: 'Prometheus at test', why: 'test cannot be reached (ECONNREFUSED).', remedy: 'Check the address.' },
    ]);
    expect(answer.verdict).toBe('problem');
  });

  it('goes on after one query that is too large', async () => {
    const whole = metricsWith(growing);
    const metrics = {
      ...whole,
      range: async (...given: Parameters<Metrics['range']>) =>
        given[0].includes('restarts')
          ? await Promise.reject(
              new AutoDevOpsError('signals.too-large', 'test answers with too much.', 'Ask for less.'),
            )
          : await whole.range(...given),
    };
    const answer = await diagnose(reader(sick, { metrics }), {}, { signal });
    expect(quotes(answer)).toContain('memory in use');
    expect(answer.blindSpots.map(({ why }) => why)).toContain('test answers with too much.');
  });

  it('has told its first answer before a source that hangs is given up', async () => {
    const told: string[] = [];
    const metrics = metricsWith({}, { instant: hanging, firing: async (options) => await hanging('', 0, options) });
    const answer = await diagnose(
      reader(sick, { metrics, within: 50 }),
      {},
      { signal, onFirstAnswer: ({ causes }) => told.push(`first ${causes.length}`) },
    );
    told.push(`final ${answer.causes.length}`);
    expect(told).toEqual(['first 1', 'final 1']);
    expect(answer.blindSpots.map(({ what }) => what)).toContain('Prometheus at test');
  });

  it('ends when it is told to, also while it waits for a source', async () => {
    const ending = new AbortController();
    const metrics = metricsWith({}, { instant: hanging, firing: async (options) => await hanging('', 0, options) });
    const work = diagnose(
      reader(sick, { metrics, within: 60_000 }),
      {},
      { signal: ending.signal, onFirstAnswer: () => setImmediate(() => ending.abort()) },
    );
    await expect(work).rejects.toMatchObject({ code: 'interrupted' });
  });
});

describe('a diagnosis with alerts', () => {
  const alerts = (...given: readonly Alert[]): SignalSources => ({
    alerts: { source: 'Alertmanager at test', alerts: async () => await Promise.resolve(given) },
  });

  it('puts an alert under the cause that explains it', async () => {
    const { causes } = await diagnose(reader(sick, alerts(alert('WebIsDown'))), {}, { signal });
    expect(causes).toHaveLength(1);
    expect(causes[0]?.symptoms.map(({ code }) => code)).toContain('signal.alert.firing');
  });

  it('leaves out what is silenced there', async () => {
    const silenced = { ...alert('WebIsDown'), status: { state: 'suppressed' } };
    expect((await diagnose(reader(well, alerts(silenced)), {}, { signal })).verdict).toBe('healthy');
    expect((await diagnose(reader(well, alerts(alert('WebIsDown'))), {}, { signal })).verdict).toBe('problem');
  });

  it('keeps to those that it was given', async () => {
    const { causes } = await diagnose(reader(sick.withAlerts([]), alerts(alert('WebIsDown'))), {}, { signal });
    expect(causes.flatMap(({ symptoms }) => symptoms.map(({ code }) => code))).not.toContain('signal.alert.firing');
  });
});

describe('a diagnosis with a log store', () => {
  function storeOf(
    lines: readonly string[],
    labels = ['namespace', 'pod', 'container'],
  ): Logs & { readonly asked: LogSearch[] } {
    const asked: LogSearch[] = [];
    return {
      asked,
      source: 'Loki at test',
      labels: async () => await Promise.resolve(labels),
      search: async (search) => {
        asked.push(search);
        return await Promise.resolve({
          lines: lines.map((text) => ({ time: '2026-01-01T11:55:00Z', labels: {}, text })),
          cut: false,
        });
      },
    };
  }
  const crash = {
    ...killed,
    status: {
      ...killed.status,
      containerStatuses: [
        {
          ...killed.status.containerStatuses[0],
          lastState: { terminated: { ...ended, exitCode: 1, reason: 'Error' } },
        },
      ],
    },
  };
  const crashing = new Snapshot(partsFrom([crash], '2026-01-01T12:00:00Z'));
  const needle = 'Error: getaddrinfo ENOTFOUND db';

  it("finds the needle that the kubelet's last lines lack", async () => {
    const without = await diagnose(reader(crashing, {}), {}, { signal });
    const logs = storeOf([needle]);
    const answer = await diagnose(reader(crashing, { logs }), {}, { signal });
    expect(quotes(without)).not.toContain('ENOTFOUND');
    expect(quotes(answer)).toContain('ENOTFOUND');
    expect(logs.asked[0]).toMatchObject({ labels: { namespace: 'shop', pod: 'web', container: 'app' } });
    expect(answer.observed.logs).toBe(without.observed.logs);
  });

  it("searches the life of the container that ended, not the next one's", async () => {
    const logs = storeOf([needle]);
    await diagnose(reader(crashing, { logs }), {}, { signal });
    const ranges = logs.asked.map(({ range }) => new Date(range.end).toISOString());
    expect(ranges).toContain('2026-01-01T11:55:07.000Z');
  });

  it('asks nothing where the whole log was read', async () => {
    const logs = storeOf([needle]);
    await diagnose(reader(crashing, { logs }, { text: 'started', truncated: false }), {}, { signal });
    expect(logs.asked).toEqual([]);
  });

  it('knows the names that collectors give, and says when it knows none', async () => {
    const named = storeOf([needle], ['k8s_namespace_name', 'k8s_pod_name']);
    await diagnose(reader(crashing, { logs: named }), {}, { signal });
    expect(named.asked[0]?.labels).toEqual({ k8s_namespace_name: 'shop', k8s_pod_name: 'web' });
    const answer = await diagnose(reader(crashing, { logs: storeOf([needle], ['job']) }), {}, { signal });
    expect(answer.blindSpots.find(({ what }) => what === 'Loki at test')?.why).toBe(
      'Its streams have no labels that name a namespace and a pod.',
    );
  });
});

describe('a diagnosis of what looks healthy', () => {
  const named = (name: string, env: readonly object[] = []) => [
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name, namespace: 'shop', uid: name },
      spec: { replicas: 1, selector: { matchLabels: { app: name } } },
      status: { replicas: 1, readyReplicas: 1, currentReplicas: 1, updatedReplicas: 1 },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: 'shop', uid: `${name}-svc` },
      spec: { clusterIP: 'None', selector: { app: name }, ports: [{ port: 80 }] },
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `${name}-0`,
        namespace: 'shop',
        uid: `${name}-pod`,
        labels: { app: name },
        ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name, uid: name, controller: true }],
      },
      spec: { nodeName: 'worker', containers: [{ name: 'app', image: 'app:1', env }] },
      status: {
        phase: 'Running',
        conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2025-12-01T00:00:00Z' }],
        containerStatuses: [
          { name: 'app', ready: true, restartCount: 0, state: { running: { startedAt: '2025-12-01T00:00:00Z' } } },
        ],
      },
    },
  ];
  const calm = new Snapshot({
    ...partsFrom(
      [...named('web', [{ name: 'DB_URL', value: 'http://db:80' }]), ...named('db')],
      '2026-01-01T12:00:00Z',
    ),
  });
  const late =
    (pod: string, from: number, to: number) =>
    (query: string): Series => ({
      query,
      labels: { namespace: 'shop', pod },
      points: Array.from(
        { length: 181 },
        (_, index) => [noon / 1000 - (180 - index) * 60, index < 150 ? from : to] as const,
      ),
    });
  const prometheus: Metrics = {
    ...metricsWith({ http_request_duration_seconds_bucket: () => 1, container_cpu_usage_seconds_total: () => 1 }),
    range: async (query) => {
      const series = query.includes('http_request_duration')
        ? [late('web-0', 0.1, 0.9)(query), late('db-0', 0.02, 0.8)(query)]
        : query.includes('container_cpu_usage')
          ? [late('db-0', 0.1, 1.5)(query), late('web-0', 0.1, 0.1)(query)]
          : [];
      return await Promise.resolve({ series, cut: false, warnings: [] });
    },
  };

  it('asks how users are served, and finds what began it', async () => {
    const answers: string[] = [];
    const { causes } = await diagnose(
      reader(calm, { metrics: prometheus }),
      {},
      { signal, onFirstAnswer: ({ verdict }) => answers.push(verdict) },
    );
    expect(answers).toEqual(['healthy']);
    expect(causes.map(({ code, object }) => `${code} ${object.name}`)).toEqual(['signal.cpu.rose db']);
    expect(causes[0]?.symptoms.map(({ object }) => object.name)).toContain('web');
    expect(causes[0]?.since).toBe('2026-01-01T11:30:00.000Z');
  });

  it('then reads the logs of what the metrics found', async () => {
    const read: string[] = [];
    const cluster = reader(calm, { metrics: prometheus });
    await diagnose(
      {
        ...cluster,
        logs: async (requests, options) => {
          read.push(...requests.map(({ pod }) => pod));
          return await cluster.logs(requests, options);
        },
      },
      {},
      { signal },
    );
    expect(new Set(read)).toEqual(new Set(['db-0', 'web-0']));
  });

  it('hands over all that the answer was made of', async () => {
    let seen: Snapshot | undefined;
    await diagnose(reader(calm, { metrics: prometheus }), {}, { signal, onSeen: (snapshot) => (seen = snapshot) });
    expect(seen?.series.length).toBeGreaterThan(0);
    expect(seen?.parts.logs?.length).toBeGreaterThan(0);
  });

  it('says nothing of a metric that nobody exports, where nothing calls for it', async () => {
    expect((await diagnose(reader(calm, { metrics: metricsWith({}) }), {}, { signal })).blindSpots).toEqual([]);
  });
});

describe('a diagnosis of a record', () => {
  const healthy = {
    ...killed,
    status: {
      ...killed.status,
      conditions: [{ type: 'Ready', status: 'True' }],
      containerStatuses: [
        { name: 'app', ready: true, restartCount: 0, state: { running: { startedAt: '2025-12-01T00:00:00Z' } } },
      ],
    },
  };
  const calm = new Snapshot(partsFrom([healthy], '2026-01-01T12:00:00Z'));
  const lines = (text: (i: number) => string): string =>
    Array.from({ length: 120 }, (_, i) => `${new Date(noon - (120 - i) * 30_000).toISOString()} ${text(i)}`).join('\n');
  const recorded = (text: string): ClusterReader => ({
    ...reader(calm, {}, { text, truncated: false }),
    recorded: true,
  });

  it('reads logs that nothing points at, and hears those that began to complain', async () => {
    const { causes } = await diagnose(
      recorded(lines((i) => (i < 70 ? 'level=info msg=served' : 'level=error msg="no answer from the ledger"'))),
      {},
      { signal },
    );
    expect(causes.map(({ code }) => code)).toEqual(['signal.log.errors-prevail']);
  });

  it('takes nothing else from them: what a healthy program prints of others is no evidence', async () => {
    const printed = lines(
      () =>
        'pods is forbidden: User "system:serviceaccount:shop:default" cannot list resource "pods" in API group "" at the cluster scope',
    );
    expect((await diagnose(recorded(printed), {}, { signal })).causes).toEqual([]);
  });
});

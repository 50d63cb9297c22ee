import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { ActionRequest } from '@autodevops/domain/change/plan';
import { plainAccess } from '@autodevops/kube/plain-access';
import { startReplayServer } from '@autodevops/kube/replay';
import type { Agent } from './agent.ts';
import { agentClient } from './client/agent-client.ts';
import type { AgentClient } from './client/agent-client.ts';
import { composeAgent } from './compose.ts';
import { Configuration } from './configuration/configuration.ts';
import { otlpReceiver } from './testing/otlp-receiver.ts';
import type { OtlpReceiver, ReceivedSpan } from './testing/otlp-receiver.ts';

const options = {
  get signal() {
    return AbortSignal.timeout(60_000);
  },
};
const asker = { trace: '4bf92f3577b34da6a3ce929d0e0e4736', span: '00f067aa0ba902b7' };
const ready = { conditions: [{ type: 'Ready', status: 'True' }] };
const node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'worker', uid: 'uid-node' },
  spec: { unschedulable: true },
  status: { ...ready, allocatable: { cpu: '4', memory: '8Gi', pods: '110' } },
};
const crashed = {
  name: 'app',
  ready: false,
  restartCount: 9,
  state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off SECRET-IN-A-MESSAGE' } },
  lastState: { terminated: { exitCode: 1, reason: 'Error', finishedAt: '2026-01-01T00:00:00Z' } },
  image: 'web:1',
  imageID: '',
};
const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web-1', namespace: 'shop', uid: 'uid-pod' },
  spec: {
    nodeName: 'worker',
    containers: [{ name: 'app', image: 'web:1', env: [{ name: 'PASSWORD', value: 'SECRET-IN-A-VALUE' }] }],
  },
  status: { phase: 'Running', containerStatuses: [crashed] },
};
const namespaces = ['shop', 'default'].map((name) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, uid: `uid-${name}` },
  status: { phase: 'Active' },
}));
const uncordon: ActionRequest = {
  action: 'uncordon',
  target: { apiVersion: 'v1', kind: 'Node', namespace: '', name: 'worker', uid: '' },
  params: {},
};

interface Scene {
  readonly agent: Agent;
  readonly client: AgentClient;
  readonly receiver: OtlpReceiver;
}

/** An agent that tells a collector what it does, asked by a client inside of a trace of its own. */
async function scene(): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-traces-'));
  const receiver = await otlpReceiver();
  const log = {
    namespace: 'shop',
    pod: 'web-1',
    container: 'app',
    previous: true,
    text: 'SECRET-IN-A-LOG fatal: cannot connect',
  };
  const server = await startReplayServer(
    { objects: [node, pod, ...namespaces], logs: [log], serverVersion: 'v1.36.3' },
    { writable: true },
  );
  const configuration = Configuration.parse({ observability: { traces: { otlp: receiver.address } } });
  const agent = await composeAgent({
    configuration,
    folder,
    version: '0.0.0',
    environment: {},
    writeLog: () => undefined,
    pace: { lease: 15_000, poll: 100, settle: 200, again: 200 },
    access: plainAccess('sample', server.url),
  });
  onTestFinished(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  let keys = 0;
  const client = agentClient({
    address: 'http://localhost',
    fetch: agent.fetch,
    token: async () => undefined,
    newKey: () => `key-0000${++keys}`,
    wait: async (milliseconds) => {
      await sleep(milliseconds);
    },
    traceparent: () => `00-${asker.trace}-${asker.span}-01`,
  });
  return { agent, client, receiver };
}

const named = (spans: readonly ReceivedSpan[], name: string): readonly ReceivedSpan[] =>
  spans.filter((span) => span.name === name);

it('a question is told from who asked down to each rule, and none of what the cluster says is in it', async () => {
  const { agent, client, receiver } = await scene();
  await client.diagnose({ body: { namespaces: ['shop'] } }, options);
  await client.killSwitch({}, options);
  await agent.close();
  const spans = receiver.spans().filter(({ traceId }) => traceId === asker.trace);
  const [request] = named(spans, 'POST /v1/diagnose');
  expect(request).toMatchObject({
    kind: 2,
    parentSpanId: asker.span,
    attributes: { 'http.request.method': 'POST', 'http.route': '/v1/diagnose', 'http.response.status_code': 200 },
  });
  const [diagnosis] = named(spans, 'diagnose');
  expect(diagnosis).toMatchObject({ parentSpanId: request?.spanId, attributes: { 'autodevops.verdict': 'problem' } });
  expect(named(spans, 'snapshot')[0]?.parentSpanId).toBe(diagnosis?.spanId);
  const analyzers = named(spans, 'analyze');
  expect(new Set(analyzers.map(({ attributes }) => attributes['autodevops.analyzer'])).size).toBeGreaterThan(30);
  expect(analyzers.every(({ parentSpanId }) => parentSpanId === diagnosis?.spanId)).toBe(true);
  const [asked] = named(spans, 'GET /v1/kill-switch');
  expect(named(spans, 'store settings.get').some(({ parentSpanId }) => parentSpanId === asked?.spanId)).toBe(true);
  expect(receiver.raw()).not.toMatch(/SECRET-IN|refused:/);
}, 60_000);

it('a change is told by its steps and its verification, with names and no more', async () => {
  const { agent, client, receiver } = await scene();
  const change = await client.propose({ body: { requests: [uncordon], reason: 'SECRET-IN-A-REASON' } }, options);
  await client.approve({ params: { id: change.id }, body: { digest: change.digest } }, options);
  for await (const { event } of client.watchChange({ params: { id: change.id } }, options)) {
    if (event.state === 'succeeded') break;
  }
  await agent.close();
  const spans = receiver.spans();
  const [execution] = named(spans, 'change execute');
  const [step] = named(spans, 'change step');
  expect(execution?.attributes).toMatchObject({
    'autodevops.change': change.id,
    'autodevops.change.state': 'succeeded',
  });
  expect(step).toMatchObject({
    traceId: execution?.traceId,
    attributes: {
      'autodevops.action': 'uncordon',
      'k8s.object.name': 'worker',
      'autodevops.step.verb': 'patch',
      'autodevops.step.outcome': 'done',
    },
  });
  expect(named(spans, 'cluster patch').some(({ parentSpanId }) => parentSpanId === step?.spanId)).toBe(true);
  expect(named(spans, 'store changes.append').some(({ parentSpanId }) => parentSpanId === step?.spanId)).toBe(true);
  expect(named(spans, 'change verify')[0]).toMatchObject({
    traceId: execution?.traceId,
    attributes: { 'autodevops.change.state': 'succeeded' },
  });
  expect(receiver.raw()).not.toMatch(/SECRET-IN|refused:/);
}, 60_000);

it('what goes on by itself all the time is not told', async () => {
  const { agent, receiver } = await scene();
  await sleep(1500);
  await agent.close();
  expect(receiver.spans().filter(({ name }) => name.startsWith('store '))).toEqual([]);
});

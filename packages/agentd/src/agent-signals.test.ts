import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Diagnosis } from '@autodevops/domain/diagnosis';
import { plainAccess } from '@autodevops/kube/plain-access';
import { startReplayServer } from '@autodevops/kube/replay';
import { agentClient } from './client/agent-client.ts';
import type { AgentClient } from './client/agent-client.ts';
import { composeAgent } from './compose.ts';
import { Configuration } from './configuration/configuration.ts';

const signal = (): { readonly signal: AbortSignal } => ({ signal: AbortSignal.timeout(30_000) });
const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'web',
    namespace: 'shop',
    uid: 'u',
    creationTimestamp: new Date(Date.now() - 3_600_000).toISOString(),
  },
  spec: { nodeName: 'worker', containers: [{ name: 'app', image: 'app:1' }] },
  status: {
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'True' }],
    containerStatuses: [
      {
        name: 'app',
        ready: true,
        restartCount: 0,
        state: { running: { startedAt: new Date(Date.now() - 3_600_000).toISOString() } },
      },
    ],
  },
};
const alert = {
  labels: { alertname: 'WebIsSlow', namespace: 'shop', pod: 'web', severity: 'warning' },
  annotations: {},
  startsAt: new Date(Date.now() - 60_000).toISOString(),
  endsAt: '',
  status: { state: 'active' },
};

/** An Alertmanager with one alert; `pause` in milliseconds before it answers. */
async function alertmanager(pause = 0): Promise<string> {
  const server = createServer((_request, response) => {
    setTimeout(
      () => response.setHeader('Content-Type', 'application/json').end(JSON.stringify([alert])),
      pause,
    ).unref();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function agentWith(signals: object): Promise<AgentClient> {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-agent-signals-'));
  const server = await startReplayServer({ objects: [pod], logs: [], serverVersion: 'v1.36.3' });
  const agent = await composeAgent({
    configuration: Configuration.parse({ signals }),
    folder,
    version: '0.0.0',
    environment: {},
    writeLog: () => {},
    access: plainAccess('sample', server.url),
  });
  onTestFinished(async () => {
    await agent.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  let keys = 0;
  return agentClient({
    address: 'http://localhost',
    fetch: agent.fetch,
    token: async () => undefined,
    newKey: () => `key-${++keys}`,
    wait: async (milliseconds) => {
      await sleep(milliseconds);
    },
  });
}

const codes = ({ causes }: Diagnosis): readonly string[] => causes.map(({ code }) => code);

describe('an agent with monitoring', () => {
  it('tells of alerts in the answers that it is asked for', async () => {
    const client = await agentWith({ alertmanager: { url: await alertmanager() } });
    expect(codes(await client.diagnose({ body: {} }, signal()))).toEqual(['signal.alert.firing']);
  });

  it('answers by the cluster alone to those who follow its findings', async () => {
    const client = await agentWith({ alertmanager: { url: await alertmanager() } });
    for await (const { event } of client.findings({ query: {} }, signal())) {
      expect(codes(event.diagnosis)).toEqual([]);
      break;
    }
  });

  it('says that a source is too slow, and answers all the same', async () => {
    const client = await agentWith({ alertmanager: { url: await alertmanager(20_000) }, withinSeconds: 0.2 });
    const { verdict, blindSpots } = await client.diagnose({ body: {} }, signal());
    expect([
      verdict,
      blindSpots.map(({ why }) => why).find((why) => why.includes('gave no whole answer within 0.2 s')) !== undefined,
    ]).toEqual(['healthy', true]);
  });
});

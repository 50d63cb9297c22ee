import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { AgentClient } from '@autodevops/agentd/client';
import { composeAgent } from '@autodevops/agentd/compose';
import { Configuration } from '@autodevops/agentd/configuration';
import { agentClientOf } from '@autodevops/agentd/process/agent-client-of';
import type { Incident } from '@autodevops/domain/incident/incident';
import { openWritableSample, samplePace } from '../sample/compose.ts';

const options = { get signal() { return AbortSignal.timeout(30_000); } };
const token = 'a-token-of-monitoring-that-is-long-enough';

interface Scene {
  readonly client: AgentClient;
  /** Posts a notice over the network, as Alertmanager does. */
  readonly address: string;
  readonly post: (payload: unknown, credential?: string) => Promise<{ readonly status: number; readonly incident: string }>;
}

/** An agent of this process over the sample cluster, to which monitoring speaks over TCP. */
async function scene(): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-incidents-'));
  writeFileSync(join(folder, 'alert-token'), `${token}\n`, { mode: 0o600 });
  const sample = await openWritableSample();
  const configuration = Configuration.parse({ incidents: { alertmanager: { tokenFile: 'alert-token' } } });
  const agent = await composeAgent({ configuration, folder, version: '0.0.0', environment: {}, writeLog: () => undefined, access: sample.access, pace: samplePace });
  onTestFinished(async () => {
    await agent.close();
    await sample.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const { address } = await agent.listen({ kind: 'tcp', host: '127.0.0.1', port: 0 });
  return {
    address,
    client: agentClientOf({ fetch: agent.fetch, token: undefined, traceparent: undefined }),
    post: async (payload, credential = token) => {
      const response = await fetch(new URL('/v1/alerts/alertmanager', address), { method: 'POST', body: JSON.stringify(payload), signal: options.signal, headers: { 'content-type': 'application/json', authorization: `Bearer ${credential}` } });
      const answer = (await response.json()) as { readonly incident?: string };
      return { status: response.status, incident: answer.incident ?? '' };
    },
  };
}

function notice(name: string, labels: Readonly<Record<string, string>>, status: 'firing' | 'resolved' = 'firing'): unknown {
  const startsAt = new Date(Date.now() - 60_000).toISOString().replace(/:\d\d\.\d+Z$/, ':00Z');
  const alert = { status, labels: { alertname: name, severity: 'critical', ...labels }, annotations: { summary: `${name} of ${Object.values(labels).join('/')}` }, startsAt, endsAt: '0001-01-01T00:00:00Z', generatorURL: 'http://prometheus/graph' };
  return { version: '4', groupKey: `{}:{alertname="${name}",${JSON.stringify(labels)}}`, truncatedAlerts: 0, status, receiver: 'autodevops', groupLabels: { alertname: name }, commonLabels: alert.labels, commonAnnotations: {}, externalURL: 'http://alertmanager', alerts: [alert] };
}

async function until(client: AgentClient, id: string, holds: (incident: Incident) => boolean): Promise<Incident> {
  for (let tries = 0; tries < 200; tries += 1) {
    const incident = await client.incident({ params: { id } }, options);
    if (holds(incident)) return incident;
    await sleep(50);
  }
  throw new Error(`It never came to be: ${JSON.stringify(await client.incident({ params: { id } }, options))}`);
}

const api = { namespace: 'shop', deployment: 'api' };

it('an alert becomes one incident with its cause, which a second alert of the same cause joins; it ends with them and leaves a post-mortem', async () => {
  const { client, post } = await scene();
  const first = await post(notice('KubeDeploymentReplicasMismatch', api));
  expect(first).toEqual({ status: 200, incident: expect.stringMatching(/^inc-[a-z0-9]{12}$/) });

  const known = await until(client, first.incident, ({ causes }) => causes.length > 0);
  expect(known).toMatchObject({ state: 'open', severity: 'sev2', origin: 'alert', causes: [{ object: { kind: 'Deployment', namespace: 'shop', name: 'api' } }] });
  expect(known.timeline.map(({ source }) => source)).toEqual(['Alertmanager', 'Jamie']);

  // Another group of alerts, about the same thing.
  const second = await post(notice('KubeDeploymentRolloutStuck', api));
  const joined = await until(client, first.incident, ({ alerts }) => alerts.length === 2);
  expect(await until(client, second.incident, ({ state }) => state === 'merged')).toMatchObject({ mergedInto: first.incident });
  expect((await client.incidents({ query: { ongoing: 'true' } }, options)).incidents.map(({ id, firing }) => [id, firing])).toEqual([[joined.id, 2]]);

  expect(await client.assignIncident({ params: { id: joined.id }, body: {} }, options)).toMatchObject({ state: 'investigating', commander: { account: expect.stringMatching(/^local:/) } });
  await client.updateIncident({ params: { id: joined.id }, body: { task: 'Alert on the port of the database' } }, options);

  await post(notice('KubeDeploymentReplicasMismatch', api, 'resolved'));
  expect(await client.incident({ params: { id: joined.id } }, options)).toMatchObject({ state: 'investigating' });
  await post(notice('KubeDeploymentRolloutStuck', api, 'resolved'));
  const over = await client.incident({ params: { id: joined.id } }, options);
  expect(over).toMatchObject({ state: 'resolved', metrics: { toAcknowledge: expect.any(Number), toCause: expect.any(Number), toMitigate: expect.any(Number), toResolve: expect.any(Number) } });

  const { markdown } = await client.postMortem({ params: { id: joined.id } }, options);
  expect(markdown).toContain('Deployment shop/api');
  expect(markdown).toContain('- [ ] Alert on the port of the database');
  expect(markdown).toMatch(/\| Resolved: No alert fires any more\. \|/);

  const topics: string[] = [];
  for await (const { event } of client.events({ query: { after: 0 } }, options)) {
    if (event.subject === joined.id) topics.push(event.topic);
    if (event.topic === 'incident.resolved') break;
  }
  expect(topics).toEqual(['incident.opened', 'incident.diagnosed', 'incident.absorbed', 'incident.assigned', 'incident.task-added', 'incident.alerts-told', 'incident.alerts-told', 'incident.resolved']);
}, 60_000);

it('monitoring shows itself by its own token, which opens no other door, and nobody else tells of alerts', async () => {
  const { client, post, address } = await scene();
  expect(await post(notice('A', api), 'a-token-of-somebody-else-that-is-long-too')).toMatchObject({ status: 401 });
  expect(await post({ version: '3' })).toMatchObject({ status: 400 });
  for (const path of ['/v1/incidents', '/v1/diagnosis', '/v1/people']) expect((await fetch(new URL(path, address), { signal: options.signal, headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
  expect((await client.incidents({}, options)).incidents).toEqual([]);
}, 60_000);

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { agentClient } from '@autodevops/agentd/client';
import type { AgentClient } from '@autodevops/agentd/client';
import { composeAgent } from '@autodevops/agentd/compose';
import { Configuration } from '@autodevops/agentd/configuration';
import { agentClientOf } from '@autodevops/agentd/process/agent-client-of';
import type { Incident } from '@autodevops/domain/incident/incident';
import { openWritableSample, samplePace } from '../../sample/compose.ts';

export const options = {
  get signal() {
    return AbortSignal.timeout(30_000);
  },
};

/** Of each source of alerts the token that its file holds. */
export const tokens = {
  alertmanager: 'a-token-of-monitoring-that-is-long-enough',
  grafana: 'a-token-of-grafana-that-is-long-enough-too',
  pagerduty: 'a-token-of-pagerduty-that-is-long-enough-',
  checks: 'a-token-of-the-checks-that-is-long-enough-',
} as const;

export interface Posted {
  readonly status: number;
  readonly incident: string;
}

export interface SampleAgent {
  readonly client: AgentClient;
  /** The same caller, whose writes all are attempts of one. */
  readonly withKey: (key: string) => AgentClient;
  /** Where monitoring reaches it over the network. */
  readonly address: string;
  /** Posts a notice as Alertmanager does, or another source under its path. */
  readonly post: (payload: unknown, credential?: string, path?: string) => Promise<Posted>;
}

export interface SampleChoice {
  readonly incidents?: Readonly<Record<string, unknown>>;
  readonly repositories?: readonly unknown[];
  /** Files of the configuration's folder, by name. */
  readonly files?: Readonly<Record<string, string>>;
}

/** An agent of this process over the sample cluster, to which monitoring speaks over TCP. */
export async function sampleAgent({
  incidents = {},
  repositories = [],
  files = {},
}: SampleChoice = {}): Promise<SampleAgent> {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-incidents-'));
  for (const [source, token] of Object.entries(tokens)) {
    writeFileSync(join(folder, `${source}-token`), `${token}\n`, { mode: 0o600 });
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const sample = await openWritableSample();
  const configuration = Configuration.parse({
    incidents: { alertmanager: { tokenFile: 'alertmanager-token' }, ...incidents },
    repositories,
  });
  const agent = await composeAgent({
    configuration,
    folder,
    version: '0.0.0',
    environment: {},
    writeLog: () => undefined,
    access: sample.access,
    pace: samplePace,
  });
  onTestFinished(async () => {
    await agent.close();
    await sample.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const { address } = await agent.listen({ kind: 'tcp', host: '127.0.0.1', port: 0 });
  return {
    address,
    client: agentClientOf({ fetch: agent.fetch, token: undefined, traceparent: undefined }),
    withKey: (key) =>
      agentClient({
        address: 'http://localhost',
        fetch: agent.fetch,
        token: async () => undefined,
        newKey: () => key,
        wait: async (milliseconds) => {
          await sleep(milliseconds);
        },
      }),
    post: async (payload, credential = tokens.alertmanager, path = '/v1/alerts/alertmanager') => {
      const response = await fetch(new URL(path, address), {
        method: 'POST',
        body: JSON.stringify(payload),
        signal: options.signal,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${credential}` },
      });
      const answer = (await response.json()) as { readonly incident?: string };
      return { status: response.status, incident: answer.incident ?? '' };
    },
  };
}

/** Labels of an alert about a Deployment of the sample that is not well. */
export const api = { namespace: 'shop', deployment: 'api' };

/** A notice as Alertmanager posts it. */
export function notice(
  name: string,
  labels: Readonly<Record<string, string>>,
  status: 'firing' | 'resolved' = 'firing',
): unknown {
  const startsAt = new Date(Date.now() - 60_000).toISOString().replace(/:\d\d\.\d+Z$/, ':00Z');
  const alert = {
    status,
    labels: { alertname: name, severity: 'critical', ...labels },
    annotations: { summary: `${name} of ${Object.values(labels).join('/')}` },
    startsAt,
    endsAt: '0001-01-01T00:00:00Z',
    generatorURL: 'http://prometheus/graph',
  };
  return {
    version: '4',
    groupKey: `{}:{alertname="${name}",${JSON.stringify(labels)}}`,
    truncatedAlerts: 0,
    status,
    receiver: 'autodevops',
    groupLabels: { alertname: name },
    commonLabels: alert.labels,
    commonAnnotations: {},
    externalURL: 'http://alertmanager',
    alerts: [alert],
  };
}

/** Waits until an incident is so; fails with how it is instead. */
export async function until(
  client: AgentClient,
  id: string,
  holds: (incident: Incident) => boolean,
): Promise<Incident> {
  for (let tries = 0; tries < 200; tries += 1) {
    const incident = await client.incident({ params: { id } }, options);
    if (holds(incident)) return incident;
    await sleep(50);
  }
  throw new Error(`It never came to be: ${JSON.stringify(await client.incident({ params: { id } }, options))}`);
}

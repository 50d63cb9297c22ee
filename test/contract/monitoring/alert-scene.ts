import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { agentClient } from '../../../packages/agentd/src/client/agent-client.ts';
import type { AgentClient } from '../../../packages/agentd/src/client/agent-client.ts';
import { composeAgent } from '../../../packages/agentd/src/compose.ts';
import { Configuration } from '../../../packages/agentd/src/configuration/configuration.ts';
import type { RawObject } from '../../../packages/kube/src/replay/recording.ts';
import { startWritableCluster } from '../../agent/writable-cluster.ts';
import { freePorts } from '../../bed/control-plane/ports.ts';
import { startAlertmanager } from '../../bed/monitoring/alertmanager.ts';
import { startPrometheus } from '../../bed/monitoring/prometheus.ts';
import { startExporter } from './exporter.ts';
import type { Exporter } from './exporter.ts';

/** A program, a Prometheus that scrapes it, an Alertmanager that is told, and an agent that Alertmanager tells. */
export interface AlertScene {
  readonly exporter: Exporter;
  readonly alertmanager: { readonly url: string };
  readonly prometheus: { readonly url: string };
  /** As this machine's user. */
  readonly client: AgentClient;
  readonly close: () => Promise<void>;
}

const quickPace = { lease: 60_000, poll: 20, settle: 40, again: 50 };

export async function alertScene({
  objects,
  rules,
  values,
}: {
  readonly objects: readonly RawObject[];
  readonly rules: string;
  readonly values: Readonly<Record<string, number>>;
}): Promise<AlertScene> {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-alerts-'));
  const closing: (() => Promise<void> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const end of closing.toReversed()) await end();
  };
  try {
    const [port = 0] = await freePorts(1);
    const token = randomUUID() + randomUUID();
    writeFileSync(join(folder, 'token'), token);
    const cluster = await startWritableCluster(objects);
    closing.push(async () => await cluster.close());
    writeFileSync(join(folder, 'kubeconfig'), cluster.kubeconfig);
    const exporter = await startExporter(values);
    closing.push(async () => await exporter.close());
    const alertmanager = await startAlertmanager({ url: `http://127.0.0.1:${port}/v1/alerts/alertmanager`, token });
    closing.push(async () => await alertmanager.stop());
    const prometheus = await startPrometheus({
      targets: [{ address: exporter.address }],
      rules,
      alertmanager: new URL(alertmanager.url).host,
    });
    closing.push(async () => await prometheus.stop());
    const configuration = Configuration.parse({
      cluster: { type: 'context', kubeconfig: join(folder, 'kubeconfig') },
      agents: { scarlet: { autonomy_level: 'suggest' } },
      incidents: { alertmanager: { tokenFile: 'token' } },
      signals: { prometheus: { url: prometheus.url }, alertmanager: { url: alertmanager.url }, withinSeconds: 20 },
    });
    const agent = await composeAgent({
      configuration,
      folder,
      version: '0.0.0',
      environment: {},
      writeLog: () => undefined,
      pace: quickPace,
    });
    closing.push(async () => await agent.close());
    await agent.listen({ kind: 'tcp', host: '127.0.0.1', port });
    const client = agentClient({
      address: 'http://localhost',
      fetch: agent.fetch,
      token: async () => await Promise.resolve(undefined),
      newKey: randomUUID,
      wait: async (milliseconds) => {
        await sleep(milliseconds);
      },
    });
    return { exporter, alertmanager, prometheus, client, close };
  } catch (error) {
    await close();
    throw error;
  }
}

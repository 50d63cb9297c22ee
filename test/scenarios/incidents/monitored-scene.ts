import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Incident } from '../../../packages/domain/src/incident/incident.ts';
import { patiently } from '../../agent/started-agent.ts';
import { startAlertmanager } from '../../bed/monitoring/alertmanager.ts';
import { startPrometheus } from '../../bed/monitoring/prometheus.ts';
import { botScene } from '../../bot/bot-scene.ts';
import type { BotScene, Workspace } from '../../bot/bot-scene.ts';
import { alertToken, customerAgent } from '../../bot/customer-agent.ts';
import type { CustomerAgent } from '../../bot/customer-agent.ts';
import type { BothBundles } from '../../bot/incident-scene.ts';
import { seenBy } from '../../bot/incident-thread.ts';
import type { SeenThreads } from '../../bot/incident-thread.ts';
import { startStateExporter } from './state-exporter.ts';
import { startWebhookRelay } from './webhook-relay.ts';
import type { WebhookRelay } from './webhook-relay.ts';

/** A cluster that Prometheus watches, an Alertmanager that tells an agent, and the agent's people in Slack. */
export interface MonitoredScene {
  readonly alertmanager: { readonly url: string };
  readonly relay: WebhookRelay;
  readonly acme: CustomerAgent;
  readonly bots: BotScene;
  readonly at: Workspace;
  /** As Ann sees it. */
  readonly seen: SeenThreads;
  /** Of the agent, the oldest first. */
  readonly incidents: () => Promise<readonly Incident[]>;
  readonly close: () => Promise<void>;
}

const rules = readFileSync(join(import.meta.dirname, 'rules.yaml'), 'utf8');

async function listed(acme: CustomerAgent): Promise<readonly Incident[]> {
  const { incidents } = await acme.client.incidents({ query: { ongoing: 'false', limit: 100 } }, patiently);
  const all = await Promise.all(
    incidents.map(async ({ id }) => await acme.client.incident({ params: { id } }, patiently)),
  );
  return all.toSorted((a, b) => a.openedAt.localeCompare(b.openedAt));
}

/** Prometheus watches these namespaces and all nodes; Jamie sees the whole cluster. */
export async function monitoredScene({
  kubeconfig,
  namespaces,
  bundles,
}: {
  readonly kubeconfig: string;
  readonly namespaces: readonly string[];
  readonly bundles: BothBundles;
}): Promise<MonitoredScene> {
  const closing: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of closing.toReversed()) await end();
  };
  const kept = <T extends { readonly close: () => Promise<void> }>(one: T): T => {
    closing.push(async () => await one.close());
    return one;
  };
  try {
    const relay = kept(await startWebhookRelay());
    const exporter = kept(await startStateExporter(kubeconfig, namespaces));
    const alertmanager = await startAlertmanager({ url: relay.url, token: alertToken });
    closing.push(alertmanager.stop);
    const prometheus = await startPrometheus({
      everySeconds: 4,
      targets: [{ address: exporter.address }],
      rules,
      alertmanager: new URL(alertmanager.url).host,
    });
    closing.push(prometheus.stop);
    const signals = { prometheus: { url: prometheus.url }, alertmanager: { url: alertmanager.url } };
    const acme = kept(
      await customerAgent('acme', {
        bundle: bundles.agent,
        cluster: { kubeconfig: readFileSync(kubeconfig, 'utf8') },
        more: { signals },
      }),
    );
    await acme.start();
    const bots = kept(await botScene({ bundle: bundles.bot, customers: [acme] }));
    const [at] = bots.workspaces;
    if (at === undefined) throw new Error('there is no workspace');
    await bots.start();
    // An agent that runs has looked before.
    await acme.client.diagnose({ body: {} }, patiently);
    relay.handTo(acme.socket);
    return {
      alertmanager,
      relay,
      acme,
      bots,
      at,
      seen: seenBy(at.ann, bots, at),
      incidents: async () => await listed(acme),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

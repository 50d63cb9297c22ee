import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { bundleAgent, bundleProgram } from '../agent/agent-bundle.ts';
import type { AgentBundle } from '../agent/agent-bundle.ts';
import { botScene } from './bot-scene.ts';
import type { BotScene, BotSceneChoice, Workspace } from './bot-scene.ts';
import { customerAgent } from './customer-agent.ts';
import type { CustomerAgent } from './customer-agent.ts';
import { seenBy } from './incident-thread.ts';
import type { SeenThreads } from './incident-thread.ts';
import { startSampleCluster } from '../setup/sample-cluster.ts';
import type { SampleCluster } from '../setup/sample-cluster.ts';

/** The programs of both processes. */
export interface BothBundles {
  readonly agent: AgentBundle;
  readonly bot: AgentBundle;
  readonly remove: () => void;
}

export async function bundleBoth(): Promise<BothBundles> {
  const [agent, bot] = await Promise.all([bundleAgent(), bundleProgram(join(import.meta.dirname, 'bot-process.ts'))]);
  const remove = (): void => {
    agent.remove();
    bot.remove();
  };
  return { agent, bot, remove };
}

/** One customer with his sample cluster and his agent, which runs; a Slack with his people; and bots, of which none runs yet. */
export interface IncidentScene {
  readonly cluster: SampleCluster;
  readonly acme: CustomerAgent;
  readonly bots: BotScene;
  readonly at: Workspace;
  /** Scarlet proposes for an incident without being asked. */
  readonly proposes: boolean;
  /** As Ann sees it. */
  readonly seen: SeenThreads;
  /** Ends all of it; at the end of the test it is done anyway. */
  readonly close: () => Promise<void>;
}

/** `proposes`: Scarlet proposes for an incident without being asked. */
export async function incidentScene(
  bundles: BothBundles,
  { proposes = false, ...choice }: Pick<BotSceneChoice, 'slack'> & { readonly proposes?: boolean } = {},
): Promise<IncidentScene> {
  const cluster = await startSampleCluster();
  const acme = await customerAgent('acme', { bundle: bundles.agent, cluster, proposes });
  await acme.start();
  const bots = await botScene({ ...choice, bundle: bundles.bot, customers: [acme] });
  const [at] = bots.workspaces;
  if (at === undefined) throw new Error('there is no workspace');
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> =>
    await (closing ??= (async () => {
      await bots.close();
      await acme.close();
      await cluster.close();
    })());
  onTestFinished(close);
  return { cluster, acme, bots, at, proposes, seen: seenBy(at.ann, bots, at), close };
}

/** What Alertmanager tells of the sample's worst fault: api asks its database on a port that it does not have. */
export const apiIsDown = {
  group: 'api',
  alerts: [
    {
      name: 'KubePodCrashLooping',
      labels: { namespace: 'shop', deployment: 'api' },
      summary: 'Pod of api restarts <!channel>',
    },
  ],
};

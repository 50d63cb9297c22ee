import { dirname, join, resolve } from 'node:path';
import { Configuration } from '@autodevops/agentd/configuration';
import { readConfiguration } from '@autodevops/agentd/read-configuration';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { usageError } from '../options/usage-error.ts';
import type { AgentChoice } from './agent-choice.ts';
import type { AgentSettings } from './agent-door.ts';
import { agentFolder } from './agent-folder.ts';

/** What of this machine says which agent is meant. */
export interface SettingsSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly home: string;
  readonly cluster: (choice: AgentChoice) => Promise<{ readonly context: string; readonly server: string }>;
  /** Undefined where there is no such file. */
  readonly read: (path: string) => Promise<string | undefined>;
}

async function fromNamedFile(path: string, choice: AgentChoice, { read }: SettingsSources): Promise<AgentSettings> {
  const file = resolve(path);
  const text = await read(file);
  if (text === undefined) throw new AutoDevOpsError('config.invalid', `There is no configuration ${file}.`, 'Correct --config, or leave it out.');
  const configuration = readConfiguration(text, path);
  const { context } = configuration.cluster;
  if (choice.context !== undefined && context !== undefined && choice.context !== context) {
    throw usageError(`--context ${choice.context} is not the cluster of ${path}, which is ${context}.`, 'Leave out one of the two.');
  }
  const chosen = context ?? choice.context;
  return { configuration: { ...configuration, cluster: { ...configuration.cluster, ...(chosen === undefined ? {} : { context: chosen }), ...kubeconfigOf(choice) } }, folder: dirname(file), file, place: file };
}

function kubeconfigOf({ kubeconfig }: AgentChoice): { readonly kubeconfig?: string } {
  return kubeconfig === undefined ? {} : { kubeconfig: resolve(kubeconfig) };
}

/** The cluster's own folder: with a file `config.yaml` in it, or with the defaults. */
async function ofCluster(choice: AgentChoice, sources: SettingsSources): Promise<AgentSettings> {
  const cluster = await sources.cluster(choice);
  const folder = agentFolder(cluster, sources.env, sources.platform, sources.home);
  const place = join(folder, 'config.yaml');
  const text = await sources.read(place);
  const configuration = text === undefined ? Configuration.parse({}) : readConfiguration(text, place);
  return { configuration: { ...configuration, cluster: { ...configuration.cluster, context: cluster.context, ...kubeconfigOf(choice) } }, folder, file: text === undefined ? undefined : place, place };
}

/**
 * The configuration of the agent that is meant: the file that is named (`--config`, else AUTODEVOPS_CONFIG), else that
 * of the cluster's own folder, else the defaults. Never a file of the folder in which one happens to stand: a checkout
 * is not to say what may be done unasked. Throws `config.invalid`, `usage` and `kubeconfig.*`.
 */
export async function agentSettings(choice: AgentChoice, sources: SettingsSources): Promise<AgentSettings> {
  const named = choice.config ?? (sources.env['AUTODEVOPS_CONFIG'] || undefined);
  return named === undefined ? await ofCluster(choice, sources) : await fromNamedFile(named, choice, sources);
}

import { dirname, join, resolve } from 'node:path';
import { namedContext, usualContext } from '../configuration/cluster-context.ts';
import { Configuration } from '../configuration/configuration.ts';
import { readConfiguration } from '../configuration/read-configuration.ts';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { remedy } from '@autodevops/domain/remedy/remedy';
import type { AgentChoice } from './agent-choice.ts';
import { agentFolder } from './agent-folder.ts';

/** What an agent is started from, and where it keeps what it knows. */
export interface AgentSettings {
  readonly configuration: Configuration;
  /** Paths of the configuration are relative to it. */
  readonly folder: string;
  /** The configuration's file; undefined where there is none and the defaults hold. */
  readonly file: string | undefined;
  /** Where a file would be read from. */
  readonly place: string;
}

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
  if (text === undefined) {
    throw new AutoDevOpsError(
      'config.invalid',
      `There is no configuration ${file}.`,
      remedy`Correct ${{ do: 'choose-configuration' }}, or leave it out.`,
    );
  }
  const configuration = readConfiguration(text, path);
  const context = namedContext(configuration);
  if (choice.context !== undefined && context !== undefined && choice.context !== context) {
    throw new AutoDevOpsError(
      'usage',
      `--context ${choice.context} is not the cluster of ${path}, which is ${context}.`,
      'Leave out one of the two.',
    );
  }
  const chosen = context ?? choice.context ?? usualContext(configuration);
  return {
    configuration: {
      ...configuration,
      cluster: {
        ...configuration.cluster,
        ...(chosen === undefined ? {} : { context: chosen }),
        ...kubeconfigOf(choice),
      },
    },
    folder: dirname(file),
    file,
    place: file,
  };
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
  return {
    configuration: {
      ...configuration,
      cluster: { ...configuration.cluster, context: cluster.context, ...kubeconfigOf(choice) },
    },
    folder,
    file: text === undefined ? undefined : place,
    place,
  };
}

/** The files of options and the environment are relative to where one stands; those of the configuration to its folder. */
function clientOf(
  { configuration: { client } }: AgentSettings,
  { clientCert, clientKey, ca }: AgentChoice,
  env: SettingsSources['env'],
): Configuration['client'] {
  const [certificate, key, authority] = [
    clientCert ?? env['AUTODEVOPS_CLIENT_CERT'],
    clientKey ?? env['AUTODEVOPS_CLIENT_KEY'],
    ca ?? env['AUTODEVOPS_CA'],
  ].map((file) => (file === undefined || file === '' ? undefined : resolve(file)));
  return {
    ...client,
    ...(certificate === undefined ? {} : { certificate }),
    ...(key === undefined ? {} : { key }),
    ...(authority === undefined ? {} : { authority }),
  };
}

/**
 * The configuration of the agent that is meant: the file that is named (`--config`, else AUTODEVOPS_CONFIG), else that
 * of the cluster's own folder, else the defaults. Never a file of the folder in which one happens to stand: a checkout
 * is not to say what may be done unasked. What is shown to an agent over TLS may also come from options and the
 * environment (AUTODEVOPS_CLIENT_CERT, AUTODEVOPS_CLIENT_KEY, AUTODEVOPS_CA), which outrank the configuration. Throws `config.invalid`, `usage` and `kubeconfig.*`.
 */
export async function agentSettings(choice: AgentChoice, sources: SettingsSources): Promise<AgentSettings> {
  const named = choice.config ?? (sources.env['AUTODEVOPS_CONFIG'] || undefined);
  const found = named === undefined ? await ofCluster(choice, sources) : await fromNamedFile(named, choice, sources);
  return { ...found, configuration: { ...found.configuration, client: clientOf(found, choice, sources.env) } };
}

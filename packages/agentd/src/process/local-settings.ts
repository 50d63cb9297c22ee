import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { defaultLocalName } from '@autodevops/domain/local-cluster';
import type { LocalClusterSettings } from '@autodevops/domain/ports/local-cluster';
import { parseQuantity } from '@autodevops/domain/quantity';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { parse } from 'yaml';
import { Configuration } from '../configuration/configuration.ts';
import { readConfiguration } from '../configuration/read-configuration.ts';
import { stateHome } from './state-home.ts';

/** Which local cluster is meant. */
export interface LocalChoice {
  /** A configuration file. */
  readonly config?: string | undefined;
  /** Outranks the name in the configuration. */
  readonly name?: string | undefined;
}

export interface LocalSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Undefined where there is no such file. */
  readonly read: (path: string) => Promise<string | undefined>;
  /** The file that the local cluster of that name was made from. */
  readonly remembered: (name: string) => Promise<string | undefined>;
}

/** A local cluster, and whether its agent is to run with it. */
export interface LocalSettings {
  readonly settings: LocalClusterSettings;
  /** The configuration names agents. */
  readonly agents: boolean;
}

/** Where the state of local clusters is kept. */
export function localRoot(env: Readonly<Record<string, string | undefined>>, platform: string, home: string): string {
  return join(stateHome(env, platform, home), 'local');
}

interface Found {
  readonly file: string;
  readonly text: string;
}

async function named(
  { config, name }: LocalChoice,
  { env, read, remembered }: LocalSources,
): Promise<Found | undefined> {
  const wanted = config ?? (env['AUTODEVOPS_CONFIG'] || undefined);
  const file = wanted === undefined ? await remembered(name ?? defaultLocalName) : resolve(wanted);
  const text = file === undefined ? undefined : await read(file);
  if (wanted !== undefined && text === undefined) {
    throw new AutoDevOpsError(
      'config.invalid',
      `There is no configuration ${file ?? ''}.`,
      remedy`Correct ${{ do: 'choose-configuration' }}, or leave it out.`,
    );
  }
  return file === undefined || text === undefined ? undefined : { file, text };
}

function within(folder: string, path: string): string {
  const home = /^~(?:$|[/\\])/.test(path) ? join(homedir(), path.slice(1)) : path;
  return isAbsolute(home) ? home : resolve(folder, home);
}

async function kindFile(
  path: string | undefined,
  folder: string,
  read: LocalSources['read'],
): Promise<LocalClusterSettings['kindConfiguration']> {
  if (path === undefined) return undefined;
  const file = within(folder, path);
  const text = await read(file);
  if (text === undefined) {
    throw new AutoDevOpsError(
      'config.invalid',
      `There is no file ${file}, which cluster.kindConfiguration names.`,
      'Correct it; it is relative to the configuration.',
    );
  }
  return { text, file };
}

/** A program on PATH is named without a slash; anything else is a path. */
function programOf(kind: string | undefined, folder: string, env: LocalSources['env']): string {
  const wanted = env['AUTODEVOPS_KIND'] || kind || 'kind';
  return /[/\\]/.test(wanted) ? within(folder, wanted) : wanted;
}

function ceilingOf(resources: Configuration['cluster']['resources']): LocalClusterSettings['ceiling'] {
  const { memory, cpus, overHalf = false } = resources ?? {};
  return { memory: parseQuantity(memory), cpus: parseQuantity(cpus), overHalf };
}

function refuseOtherName({ cluster }: Configuration, { name }: LocalChoice, { file }: Found): void {
  if (name === undefined || cluster.name === undefined || name === cluster.name) return;
  throw new AutoDevOpsError(
    'usage',
    `--name ${name} is not the cluster of ${file}, which is ${cluster.name}.`,
    'Leave out one of the two.',
  );
}

function refuseOthers({ mode, cluster }: Configuration, { file }: Found): void {
  if (mode === 'local' && cluster.type === 'kind') return;
  const what = mode === 'local' ? `its cluster is of type ${cluster.type}` : `it is for ${mode} mode`;
  throw new AutoDevOpsError(
    'config.invalid',
    `${file} is for no local cluster: ${what}.`,
    'A local cluster has `mode: local` and `cluster: {type: kind}`.',
  );
}

/**
 * What a local cluster is made from: the file that is named (`--config`, else AUTODEVOPS_CONFIG), else the one that the
 * cluster of that name was made from, else the defaults. Never one of the folder in which one happens to stand. Throws
 * `config.invalid`.
 */
export async function localSettings(choice: LocalChoice, sources: LocalSources): Promise<LocalSettings> {
  const found = await named(choice, sources);
  const configuration =
    found === undefined
      ? Configuration.parse({ cluster: { type: 'kind' } })
      : readConfiguration(found.text, found.file);
  if (found !== undefined) {
    refuseOthers(configuration, found);
    refuseOtherName(configuration, choice, found);
  }
  const { cluster } = configuration;
  const folder = found === undefined ? process.cwd() : dirname(found.file);
  const raw: unknown = found === undefined ? undefined : parse(found.text);
  return {
    agents: typeof raw === 'object' && raw !== null && 'agents' in raw,
    settings: {
      name: choice.name ?? cluster.name ?? defaultLocalName,
      nodes: cluster.nodes ?? 3,
      kubernetes: cluster.kubernetes,
      // What a machine has outranks what a configuration that travels says.
      image: sources.env['AUTODEVOPS_NODE_IMAGE'] || cluster.image,
      engine: cluster.engine,
      kind: programOf(cluster.kind, folder, sources.env),
      ports: cluster.ports ?? [],
      mounts: (cluster.mounts ?? []).map(({ host, ...mount }) => ({ ...mount, host: within(folder, host) })),
      registryMirrors: cluster.registryMirrors ?? {},
      images: cluster.images ?? [],
      ceiling: ceilingOf(cluster.resources),
      kindConfiguration: await kindFile(cluster.kindConfiguration, folder, sources.read),
      kubeconfig: cluster.kubeconfig === undefined ? undefined : within(folder, cluster.kubeconfig),
      configuration: found?.file,
    },
  };
}

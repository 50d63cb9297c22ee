import { createHash, randomBytes, randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Policy } from '@autodevops/domain/change/policy';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { interrupted } from '@autodevops/domain/interruption';
import type { ClusterReader } from '@autodevops/domain/ports/cluster';
import type { ClusterObjects } from '@autodevops/domain/ports/cluster-objects';
import type { GitChanges } from '@autodevops/domain/ports/git-changes';
import type { HelmReleases } from '@autodevops/domain/ports/helm-releases';
import type { NodeImages } from '@autodevops/domain/ports/node-images';
import type { Store } from '@autodevops/domain/ports/store';
import type { Pace } from '@autodevops/agent-core/changes/execution-desk';
import type { Clock } from '@autodevops/agent-core/changes/surroundings';
import { readPolicy } from '@autodevops/agent-core/policy/read-policy';
import { startAgent } from './agent.ts';
import type { Agent, AgentParts } from './agent.ts';
import type { Configuration } from './configuration/configuration.ts';
import type { TrustedIssuer } from './identity/assertion.ts';
import { jsonLog } from './observing/log.ts';

/** A cluster that somebody opened already: the sample, or one of a test. */
export interface OpenedCluster {
  readonly reader: ClusterReader;
  readonly objects: ClusterObjects;
}

export interface ComposeChoice {
  readonly configuration: Configuration;
  /** Paths of the configuration are relative to this folder. */
  readonly folder: string;
  readonly version: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where log lines go; an agent inside of another process says nothing. */
  readonly writeLog: (text: string) => void;
  readonly opened?: OpenedCluster;
  /** A store that somebody opened already, in place of the configured one. */
  readonly openedStore?: Store;
  /** How patiently a change is executed; the usual pace when absent. */
  readonly pace?: Pace;
}

const clock: Clock = {
  now: () => Date.now(),
  wait: async (milliseconds, signal) => {
    await sleep(milliseconds, undefined, { signal }).catch(() => { throw interrupted(); });
  },
};

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

function newId(length: number): string {
  return Array.from({ length }, () => letters[randomInt(letters.length)]).join('');
}

async function openCluster({ configuration: { cluster }, opened }: ComposeChoice): Promise<OpenedCluster> {
  if (opened !== undefined) return opened;
  const [{ openCluster: open }, { openClusterObjects }] = await Promise.all([import('@autodevops/kube/reader'), import('@autodevops/kube/objects')]);
  const { context, kubeconfig } = cluster;
  return { reader: await open({ context, kubeconfig, signal: AbortSignal.timeout(30_000) }), objects: await openClusterObjects({ context, kubeconfig }) };
}

async function openStore({ configuration: { customer, agents }, folder, openedStore }: ComposeChoice): Promise<Store> {
  if (openedStore !== undefined) return openedStore;
  const address = agents.jamie.memory;
  if (address.startsWith('sqlite://')) {
    const { openSqliteStore } = await import('@autodevops/store/sqlite');
    return await openSqliteStore({ file: resolve(folder, address.slice('sqlite://'.length)), customer });
  }
  const { openPostgresStore } = await import('@autodevops/store/postgres');
  return await openPostgresStore({ address: { connectionString: address }, customer });
}

async function readPolicyOf({ configuration: { agents: { scarlet } }, folder }: ComposeChoice): Promise<Policy> {
  if (scarlet.policy === undefined) return Policy.parse({ version: 1, autonomy: scarlet.autonomy_level });
  const file = resolve(folder, scarlet.policy);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new AutoDevOpsError('config.invalid', `The policy ${file} cannot be read.`, 'Correct agents.scarlet.policy, or the rights of the file.', { cause: error });
  });
  const { policy } = readPolicy(text, scarlet.policy);
  return { autonomy: scarlet.autonomy_level, ...policy };
}

async function gitOf({ configuration: { repositories }, environment }: ComposeChoice): Promise<GitChanges | undefined> {
  if (repositories.length === 0) return undefined;
  const { gitChanges } = await import('@autodevops/delivery/git');
  return gitChanges({ repositories, token: ({ tokenVariable }) => (tokenVariable === undefined ? undefined : environment[tokenVariable]) });
}

async function imagesOf({ configuration: { mode } }: ComposeChoice): Promise<NodeImages | undefined> {
  return mode === 'local' ? (await import('@autodevops/kube/node-images')).openNodeImages() : undefined;
}

async function releasesOf({ configuration: { cluster }, opened }: ComposeChoice): Promise<HelmReleases | undefined> {
  // A cluster that somebody opened is not the one that the program would talk to.
  if (opened !== undefined) return undefined;
  const { helmReleases } = await import('@autodevops/delivery/helm');
  return helmReleases({ ...(cluster.kubeconfig === undefined ? {} : { kubeconfig: cluster.kubeconfig }), ...(cluster.context === undefined ? {} : { context: cluster.context }) });
}

async function issuersOf({ configuration: { issuers }, folder }: ComposeChoice): Promise<readonly TrustedIssuer[]> {
  return await Promise.all(issuers.map(async ({ name, publicKey, surface }) => ({ name, surface, publicKey: await readFile(resolve(folder, publicKey), 'utf8') })));
}

/** The key lies beside the store, for its owner alone; the checkpoints lie where the configuration says. */
async function checkpointsOf({ configuration: { audit, agents }, folder }: ComposeChoice): Promise<AgentParts['checkpoints']> {
  if (audit.checkpoints === undefined) return undefined;
  const [{ makeCheckpoint }, { appendCheckpoint }, { checkpointKey }] = await Promise.all([import('@autodevops/store/audit-checkpoint'), import('@autodevops/store/checkpoint-file'), import('@autodevops/store/checkpoint-key')]);
  const memory = agents.jamie.memory;
  const beside = memory.startsWith('sqlite://') ? dirname(resolve(folder, memory.slice('sqlite://'.length))) : folder;
  const key = await checkpointKey(join(beside, 'audit-key.pem'));
  const file = resolve(folder, audit.checkpoints);
  return { every: audit.everyMinutes * 60_000, sign: (head) => makeCheckpoint(head, new Date(clock.now()).toISOString(), key), append: async (checkpoint) => await appendCheckpoint(file, checkpoint) };
}

/** Chooses the adapters that a configuration names, and starts an agent on them. What was opened is closed if a part fails. */
export async function composeAgent(choice: ComposeChoice): Promise<Agent> {
  const { configuration, version, writeLog } = choice;
  const [policy, git, releases, images, issuers, checkpoints] = await Promise.all([readPolicyOf(choice), gitOf(choice), releasesOf(choice), imagesOf(choice), issuersOf(choice), checkpointsOf(choice)]);
  const { reader, objects } = await openCluster(choice);
  const store = await openStore(choice).catch(async (error: unknown) => {
    await Promise.all([reader.close(), objects.close()]);
    throw error;
  });
  const parts: AgentParts = {
    version, policy, issuers, store, clock, newId,
    mode: configuration.mode, customer: configuration.customer, clusterName: reader.source,
    environment: configuration.mode === 'local' ? 'development' : '',
    approvalLasts: configuration.agents.scarlet.approvalMinutes * 60_000,
    self: { namespace: choice.environment['POD_NAMESPACE'] ?? '', user: '', objects: [] },
    cluster: objects,
    watching: { reader, changed: async (signal) => { await clock.wait(3000, signal).catch(() => undefined); } },
    digest: (text) => createHash('sha256').update(text).digest('hex'),
    holder: `${hostname()}/${process.pid}/${randomBytes(4).toString('hex')}`,
    localUser: configuration.mode === 'local' ? userInfo().username : undefined,
    log: jsonLog(configuration.observability.log_level, writeLog, () => clock.now()),
    ...(choice.pace === undefined ? {} : { pace: choice.pace }),
    ...(checkpoints === undefined ? {} : { checkpoints }),
    ...(git === undefined ? {} : { git }),
    ...(releases === undefined ? {} : { releases }),
    ...(images === undefined ? {} : { images }),
  };
  return await startAgent(parts);
}

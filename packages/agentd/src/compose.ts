import { createHash, randomBytes, randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname, uptime, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Policy } from '@autodevops/domain/change/policy';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { interrupted } from '@autodevops/domain/interruption';
import type { ClusterObjects } from '@autodevops/domain/ports/cluster-objects';
import type { GitChanges } from '@autodevops/domain/ports/git-changes';
import type { HelmReleases } from '@autodevops/domain/ports/helm-releases';
import type { NodeImages } from '@autodevops/domain/ports/node-images';
import type { Store } from '@autodevops/domain/ports/store';
import type { Pace } from '@autodevops/agent-core/changes/execution-desk';
import type { BoundedClock } from '@autodevops/agent-core/changes/surroundings';
import { readPolicy } from '@autodevops/agent-core/policy/reading/read-policy';
import { findSelf } from '@autodevops/agent-core/changes/self/find-self';
import type { SelfPlace } from '@autodevops/agent-core/changes/self/find-self';
import type { ClusterAccess } from '@autodevops/kube/kubeconfig';
import { startAgent } from './agent.ts';
import type { Agent } from './agent.ts';
import type { AgentParts } from './agent-parts.ts';
import type { Configuration } from './configuration/configuration.ts';
import { storeFolder } from './configuration/store-place.ts';
import type { TrustedIssuer } from './identity/assertion.ts';
import type { AlertSource } from './identity/alert-source.ts';
import { steadyClock } from './process/steady-clock.ts';
import { openFirstDoor } from './identity/bootstrap-file.ts';
import { openConfiguredStore } from './keeping/compose.ts';
import { jsonLog } from '@autodevops/domain/log-line';
import { onCallSchedules, pagingOf } from './on-call/compose.ts';
import { knowingSelf } from './services/cluster/knowing-self.ts';
import { watchCluster } from './services/cluster/watching.ts';
import type { Watching } from './services/cluster/watching.ts';
import type { OtlpChoice } from './tracing/otlp-tracer.ts';
import { tracesWanted } from './tracing/traces-wanted.ts';
import type { Tracing } from './tracing/tracing.ts';
import { openSignals } from './signals/compose.ts';
import type { OpenedSignals } from './signals/compose.ts';

interface OpenedCluster {
  readonly watching: Watching;
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
  /** A cluster that no kubeconfig names: the sample, or one of a test. */
  readonly access?: ClusterAccess;
  /** The agent outlives many questions, so the cluster is held in memory from the first on, though it listens nowhere. */
  readonly stays?: boolean;
  /** A store that somebody opened already, in place of the configured one. */
  readonly openedStore?: Store;
  /** How patiently a change is executed; the usual pace when absent. */
  readonly pace?: Pace;
}

/** The uptime goes on while the machine sleeps, on every system. */
const steady = steadyClock({ wall: () => Date.now(), passed: () => uptime() * 1000 });

const clock: BoundedClock = {
  now: steady.now,
  earliest: steady.earliest,
  wait: async (milliseconds, signal) => {
    await sleep(milliseconds, undefined, { signal }).catch(() => {
      throw interrupted();
    });
  },
};

/** Linux names every run of a machine; other systems do not. */
async function runOfMachine(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')).trim();
}

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

function newId(length: number): string {
  return Array.from({ length }, () => letters[randomInt(letters.length)]).join('');
}

/** The one cluster: by looks and in memory, and object by object. */
async function openCluster({
  configuration: { cluster, observability },
  access,
  stays,
  writeLog,
}: ComposeChoice): Promise<OpenedCluster> {
  const [{ openCluster: open }, { openClusterObjects }] = await Promise.all([
    import('@autodevops/kube/reader'),
    import('@autodevops/kube/objects'),
  ]);
  const chosen = access === undefined ? { context: cluster.context, kubeconfig: cluster.kubeconfig } : { access };
  const log = jsonLog(observability.log_level, writeLog, () => clock.now());
  const watching = watchCluster({
    look: await open({ ...chosen, signal: AbortSignal.timeout(30_000) }),
    follow: async (signal) => await (await import('@autodevops/kube/follow')).followCluster({ ...chosen, signal }),
    clock,
    log: (message, fields) => log({ level: 'info', message, fields }),
  });
  if (stays === true) watching.stay();
  return { watching, objects: await openClusterObjects(chosen) };
}

/** Where this process runs, as the downward API of its pod says it; the host of a pod is called like the pod. */
async function selfOf({ environment }: ComposeChoice, objects: ClusterObjects): Promise<AgentParts['self']> {
  const { inClusterName } = await import('@autodevops/kube/in-cluster');
  const place: SelfPlace = {
    inCluster: objects.source === inClusterName,
    namespace: environment['POD_NAMESPACE'] ?? '',
    pod: environment['POD_NAME'] || (environment['HOSTNAME'] ?? ''),
  };
  return knowingSelf({
    find: async (signal) => await findSelf(place, objects, signal),
    namespace: place.namespace,
    now: () => clock.now(),
  });
}

/** Without a level of its own a policy is at that of the configuration. */
async function readPolicyOf(
  {
    configuration: {
      agents: { scarlet },
    },
    folder,
  }: ComposeChoice,
  setting: 'policy' | 'policyOnTrial',
): Promise<Policy | undefined> {
  const name = scarlet[setting];
  if (name === undefined) return undefined;
  const file = resolve(folder, name);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new AutoDevOpsError(
      'config.invalid',
      `The policy ${file} cannot be read.`,
      `Correct agents.scarlet.${setting}, or the rights of the file.`,
      { cause: error },
    );
  });
  return { autonomy: scarlet.autonomy_level, ...readPolicy(text, name).policy };
}

async function gitOf({ configuration: { repositories }, environment }: ComposeChoice): Promise<GitChanges | undefined> {
  if (repositories.length === 0) return undefined;
  const { gitChanges } = await import('@autodevops/delivery/git');
  return gitChanges({
    repositories,
    token: ({ tokenVariable }) => (tokenVariable === undefined ? undefined : environment[tokenVariable]),
  });
}

async function imagesOf({ configuration: { mode } }: ComposeChoice): Promise<NodeImages | undefined> {
  return mode === 'local' ? (await import('@autodevops/kube/node-images')).openNodeImages() : undefined;
}

async function releasesOf({ configuration: { cluster }, access }: ComposeChoice): Promise<HelmReleases | undefined> {
  // The program would talk to the cluster of a kubeconfig.
  if (access !== undefined) return undefined;
  const { helmReleases } = await import('@autodevops/delivery/helm');
  return helmReleases({
    ...(cluster.kubeconfig === undefined ? {} : { kubeconfig: cluster.kubeconfig }),
    ...(cluster.context === undefined ? {} : { context: cluster.context }),
  });
}

async function issuersOf({ configuration: { issuers }, folder }: ComposeChoice): Promise<readonly TrustedIssuer[]> {
  return await Promise.all(
    issuers.map(async ({ name, publicKey, surface, emailDomains }) => ({
      name,
      surface,
      emailDomains,
      publicKey: await readFile(resolve(folder, publicKey), 'utf8'),
    })),
  );
}

/** The key lies beside the store, for its owner alone; the checkpoints lie where the configuration says. */
async function checkpointsOf({ configuration, folder }: ComposeChoice): Promise<AgentParts['checkpoints']> {
  const { audit } = configuration;
  if (audit.checkpoints === undefined) return undefined;
  const [{ makeCheckpoint }, { appendCheckpoint }, { checkpointKey }] = await Promise.all([
    import('@autodevops/store/audit-checkpoint'),
    import('@autodevops/store/checkpoint-file'),
    import('@autodevops/store/checkpoint-key'),
  ]);
  const key = await checkpointKey(join(storeFolder(configuration, folder), 'audit-key.pem'));
  const file = resolve(folder, audit.checkpoints);
  return {
    every: audit.everyMinutes * 60_000,
    sign: (head) => makeCheckpoint(head, new Date(clock.now()).toISOString(), key),
    append: async (checkpoint) => await appendCheckpoint(file, checkpoint),
  };
}

const minute = 60_000;
const shortestToken = 32;

/** The tokens are read at every notice, so that they can be replaced while the agent runs. */
async function alertSourcesOf({
  configuration: { incidents },
  folder,
}: ComposeChoice): Promise<readonly AlertSource[]> {
  const { alertmanager, grafana, pagerduty, sources } = incidents;
  const all = [
    { source: 'alertmanager', name: 'Alertmanager', ...alertmanager },
    { source: 'grafana', name: 'Grafana', ...grafana },
    { source: 'pagerduty', name: 'PagerDuty', tokenFile: pagerduty.tokenFile },
    ...sources.map(({ name, tokenFile }) => ({ source: name, name, tokenFile })),
  ];
  return (
    await Promise.all(
      all.map(async ({ source, name, tokenFile }) => {
        const token =
          tokenFile === undefined ? '' : (await readFile(resolve(folder, tokenFile), 'utf8').catch(() => '')).trim();
        return { source, name, token };
      }),
    )
  ).filter(({ token }) => token.length >= shortestToken);
}

async function incidentsOf(choice: ComposeChoice): Promise<AgentParts['incidents']> {
  const {
    configuration: { incidents, mode },
    folder,
  } = choice;
  const { heartbeat, watch, fixes, returnsWithinHours, sources, onCall, escalation, updates, pagerduty } = incidents;
  return {
    heartbeat: { alert: heartbeat.alert, silence: heartbeat.silentMinutes * minute },
    watch: (watch.on ?? mode === 'cloud') ? { lasts: watch.lastsMinutes * minute, from: watch.from } : undefined,
    ...(pagerduty.answers === undefined ? {} : { paging: await pagingOf(pagerduty.answers, folder) }),
    ...(fixes.on ? { fixes: { from: fixes.from } } : {}),
    rules: { returnsWithin: returnsWithinHours * 60 * minute, storm: { alerts: 20, within: 2 * minute } },
    mappings: new Map(sources.map(({ name, mapping }) => [name, mapping])),
    escalation: {
      schedules: await onCallSchedules(onCall.schedules, folder, () => clock.now()),
      names: onCall.names,
      policies: escalation,
      rhythm: updates,
    },
    alertSources: async () => await alertSourcesOf(choice),
  };
}

async function signalsOf({
  configuration: { signals, cluster },
  folder,
  access,
}: ComposeChoice): Promise<OpenedSignals | undefined> {
  return await openSignals({
    signals,
    folder,
    cluster: access === undefined ? { context: cluster.context, kubeconfig: cluster.kubeconfig } : { access },
  });
}

type MakeTracing = (cluster: string, holder: string) => Tracing;

/** Loaded only where traces are wanted. */
async function tracingOf({ configuration, environment, version }: ComposeChoice): Promise<MakeTracing | undefined> {
  if (tracesWanted(configuration, environment, { version, holder: '', cluster: '' }) === undefined) return undefined;
  const { otlpTracer } = await import('./tracing/otlp-tracer.ts');
  return (cluster, holder) =>
    otlpTracer(tracesWanted(configuration, environment, { version, holder, cluster }) as OtlpChoice);
}

/** Chooses the adapters that a configuration names, and starts an agent on them. What was opened is closed if a part fails. */
export async function composeAgent(choice: ComposeChoice): Promise<Agent> {
  const { configuration, version, writeLog } = choice;
  const [policy, policyOnTrial, git, releases, images, issuers, checkpoints, tracing, signals, incidents] =
    await Promise.all([
      readPolicyOf(choice, 'policy'),
      readPolicyOf(choice, 'policyOnTrial'),
      gitOf(choice),
      releasesOf(choice),
      imagesOf(choice),
      issuersOf(choice),
      checkpointsOf(choice),
      tracingOf(choice),
      signalsOf(choice),
      incidentsOf(choice),
    ]);
  const { watching, objects } = await openCluster(choice);
  const store = await Promise.resolve(choice.openedStore ?? openConfiguredStore(configuration, choice.folder)).catch(
    async (error: unknown) => {
      await Promise.all([watching.close(), objects.close()]);
      throw error;
    },
  );
  const parts: AgentParts = {
    version,
    issuers,
    store,
    clock,
    newId,
    machineClock: { ...steady, boot: await runOfMachine() },
    policy: policy ?? Policy.parse({ version: 1, autonomy: configuration.agents.scarlet.autonomy_level }),
    ...(policyOnTrial === undefined ? {} : { policyOnTrial }),
    mode: configuration.mode,
    customer: configuration.customer,
    mcpOverHttp: configuration.mcp.http,
    retention: configuration.retention,
    clusterName: watching.look.source,
    environment: configuration.mode === 'local' ? 'development' : '',
    actAs: configuration.agents.scarlet.actAs,
    approvalLasts: configuration.agents.scarlet.approvalMinutes * 60_000,
    self: await selfOf(choice, objects),
    incidents,
    cluster: objects,
    watching,
    digest: (text) => createHash('sha256').update(text).digest('hex'),
    holder: `${hostname()}/${process.pid}/${randomBytes(4).toString('hex')}`,
    localUser: configuration.mode === 'local' ? userInfo().username : undefined,
    log: jsonLog(configuration.observability.log_level, writeLog, () => clock.now()),
    ...(choice.pace === undefined ? {} : { pace: choice.pace }),
    ...(checkpoints === undefined ? {} : { checkpoints }),
    ...(git === undefined ? {} : { git }),
    ...(releases === undefined ? {} : { releases }),
    ...(images === undefined ? {} : { images }),
    ...(signals === undefined ? {} : { signals }),
  };
  const { bootstrap } = configuration;
  await openFirstDoor(store, {
    bootstrap:
      bootstrap === undefined
        ? undefined
        : { file: resolve(choice.folder, bootstrap.tokenFile), milliseconds: bootstrap.minutes * 60_000 },
    ownUser: parts.localUser !== undefined,
    now: clock.now(),
    log: parts.log,
  });
  return await startAgent({
    ...parts,
    ...(tracing === undefined ? {} : { tracer: tracing(parts.clusterName, parts.holder) }),
  });
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pace } from '../../agent-core/src/changes/execution/run.ts';
import type { AgentClient } from '../../packages/agentd/src/client/agent-client.ts';
import type { ListenAddress } from '../../packages/agentd/src/http/listen-address.ts';
import type { Change } from '../../packages/domain/src/change/change.ts';
import type { AgentBundle } from './agent-bundle.ts';
import { configMaps, markAll } from './config-maps.ts';
import { answering, clientOf, patiently, startAgentProcess } from './started-agent.ts';
import type { StartedAgent } from './started-agent.ts';
import type { StoreUnderTest } from './store-under-test.ts';
import { startWritableCluster } from './writable-cluster.ts';
import type { WritableCluster } from './writable-cluster.ts';

/** A process with a client on its socket. */
export interface SocketAgent extends StartedAgent {
  readonly client: AgentClient;
  readonly socket: string;
}

/** Processes over one store and one cluster. */
export interface AgentScene {
  readonly cluster: WritableCluster;
  readonly under: StoreUnderTest;
  /** Starts a process; it may be refused, or killed before it answers. */
  readonly start: (listen: ListenAddress, extra?: object) => StartedAgent;
  /** One that answers, on a socket of that name. */
  readonly agent: (name: string) => Promise<SocketAgent>;
  /** A plan that marks every ConfigMap, agreed to and not yet begun by anybody. */
  readonly agreed: (client: AgentClient, value: string) => Promise<Change>;
  /** Ends every process and all the rest. */
  readonly close: () => Promise<void>;
}

/** Leases last so long that a busy machine loses none. */
export const quickPace: Pace = { lease: 60_000, poll: 20, settle: 40, again: 50 };

export async function agentScene({
  bundle,
  under,
  maps,
  pace = quickPace,
}: {
  readonly bundle: AgentBundle;
  readonly under: StoreUnderTest;
  readonly maps: number;
  readonly pace?: Pace;
}): Promise<AgentScene> {
  const cluster = await startWritableCluster(configMaps(maps));
  const kubeconfig = join(under.folder, 'kubeconfig');
  writeFileSync(kubeconfig, cluster.kubeconfig);
  const started: StartedAgent[] = [];
  const start: AgentScene['start'] = (listen, extra = {}) => {
    const configuration = {
      customer: under.customer,
      cluster: { type: 'context', kubeconfig },
      agents: { jamie: { memory: under.memory }, scarlet: { autonomy_level: 'suggest' } },
      ...extra,
    };
    const one = startAgentProcess(bundle, { configuration, folder: under.folder, pace, listen });
    started.push(one);
    return one;
  };
  return {
    cluster,
    under,
    start,
    agent: async (name) => {
      const socket = join(under.folder, `${name}.sock`);
      const one = start({ kind: 'socket', path: socket });
      await answering(one);
      return { ...one, socket, client: clientOf(socket) };
    },
    agreed: async (client, value) => {
      const { id, digest } = await client.propose(
        { body: { requests: [...markAll(maps, value)], reason: 'A test wants it.' } },
        patiently,
      );
      return await client.approve({ params: { id }, body: { digest } }, patiently);
    },
    close: async () => {
      for (const one of started) one.signal('SIGKILL');
      await Promise.all(started.map(({ gone }) => gone));
      await cluster.close();
      await under.close();
    },
  };
}

/** The change when it has come to its end, told by that agent. */
export async function followed(client: AgentClient, id: string): Promise<Change> {
  let last: Change | undefined;
  for await (const { event } of client.watchChange({ params: { id } }, patiently)) last = event;
  if (last === undefined) throw new Error(`nothing was told of ${id}`);
  return last;
}

/** Waits until it is so; throws `what` when it is not after so many seconds. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, seconds = 60): Promise<void> {
  for (const end = performance.now() + seconds * 1000; !(await isSo());) {
    if (performance.now() > end) throw new Error(`this did not come about within ${seconds} s: ${what}`);
    await sleep(25);
  }
}

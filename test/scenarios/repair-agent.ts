import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pace } from '../../agent-core/src/changes/execution/run.ts';
import { agentClient } from '../../packages/agentd/src/client/agent-client.ts';
import type { AgentClient } from '../../packages/agentd/src/client/agent-client.ts';
import { composeAgent } from '../../packages/agentd/src/compose.ts';
import { Configuration } from '../../packages/agentd/src/configuration/configuration.ts';
import type { ActAs } from '../../packages/agentd/src/identity/acting-as.ts';
import type { Change } from '../../packages/domain/src/change/change.ts';
import type { ActionRequest } from '../../packages/domain/src/change/plan.ts';
import type { Repository } from '../../packages/domain/src/change/repository.ts';
import type { Cause } from '../../packages/domain/src/diagnosis.ts';

/** What is otherwise than with an agent that is alone in the world. */
export interface RepairAgentChoice {
  /** Where its store lies, and stays; a folder that goes with it when absent. */
  readonly folder?: string;
  readonly repositories?: readonly Repository[];
  readonly pace?: Pace;
  /** Whose user of the cluster acts; the agent's own when absent. */
  readonly actAs?: ActAs;
  /** Where tokens of repositories stand; empty when absent. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Where alerts are asked for; nowhere when absent. */
  readonly alertmanager?: { readonly url: string };
}

/** An agent of a test, over a real cluster and a store of its own. */
export interface RepairAgent {
  /** As this machine's user. */
  readonly client: AgentClient;
  /** As the account that the token is for. */
  readonly clientOf: (token: string) => AgentClient;
  /** Jamie's causes in a namespace, with the actions that would help. */
  readonly fixes: (namespace: string) => Promise<Awaited<ReturnType<AgentClient['fixes']>>['fixes']>;
  /** What Jamie tells of a namespace that is no fault, but worth knowing. */
  readonly information: (namespace: string) => Promise<readonly Cause[]>;
  readonly propose: (requests: readonly ActionRequest[], cause?: Cause) => Promise<Change>;
  /** Follows a change to its end. */
  readonly follow: (id: string) => Promise<Change>;
  readonly close: () => Promise<void>;
}

const soon = (): { signal: AbortSignal } => ({ signal: AbortSignal.timeout(60_000) });

async function followed(client: AgentClient, id: string): Promise<Change> {
  let last: Change | undefined;
  for await (const { event } of client.watchChange({ params: { id } }, { signal: AbortSignal.timeout(600_000) })) {
    last = event;
  }
  if (last === undefined) throw new Error(`nothing was told of ${id}`);
  return last;
}

export async function repairAgent(
  kubeconfig: string,
  { folder: kept, repositories = [], pace, actAs, environment = {}, alertmanager }: RepairAgentChoice = {},
): Promise<RepairAgent> {
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'autodevops-repair-'));
  const configuration = Configuration.parse({
    cluster: { type: 'context', kubeconfig },
    agents: { scarlet: { autonomy_level: 'suggest', ...(actAs === undefined ? {} : { actAs }) } },
    repositories,
    ...(alertmanager === undefined ? {} : { signals: { alertmanager, withinSeconds: 20 } }),
  });
  const agent = await composeAgent({
    configuration,
    folder,
    version: '0.0.0',
    environment,
    writeLog: () => {},
    ...(pace === undefined ? {} : { pace }),
  });
  const clientWith = (token: string | undefined): AgentClient =>
    agentClient({
      address: 'http://localhost',
      fetch: agent.fetch,
      token: async () => token,
      newKey: randomUUID,
      wait: async (milliseconds) => {
        await sleep(milliseconds);
      },
    });
  const client = clientWith(undefined);
  const propose: RepairAgent['propose'] = async (requests, cause) => {
    const finding =
      cause === undefined
        ? {}
        : {
            finding: {
              code: cause.code,
              kind: cause.object.kind,
              namespace: cause.object.namespace,
              name: cause.object.name,
            },
          };
    return await client.propose({ body: { requests: [...requests], reason: 'A test wants it.', ...finding } }, soon());
  };
  return {
    client,
    clientOf: clientWith,
    fixes: async (namespace) => (await client.fixes({ body: { namespaces: [namespace] } }, soon())).fixes,
    information: async (namespace) =>
      (await client.diagnose({ body: { namespaces: [namespace] } }, soon())).information,
    propose,
    follow: async (id) => await followed(client, id),
    close: async () => {
      await agent.close();
      if (kept === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

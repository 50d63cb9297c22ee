import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { agentClient } from '../../packages/agentd/src/client/agent-client.ts';
import type { AgentClient } from '../../packages/agentd/src/client/agent-client.ts';
import { composeAgent } from '../../packages/agentd/src/compose.ts';
import { Configuration } from '../../packages/agentd/src/configuration/configuration.ts';
import type { Change } from '../../packages/domain/src/change/change.ts';
import type { ActionRequest } from '../../packages/domain/src/change/plan.ts';
import type { Cause } from '../../packages/domain/src/diagnosis.ts';

/** An agent of a test, over a real cluster and a store of its own. */
export interface RepairAgent {
  readonly client: AgentClient;
  /** Jamie's causes in a namespace, with the actions that would help. */
  readonly fixes: (namespace: string) => Promise<readonly { readonly cause: Cause; readonly proposals: readonly ActionRequest[] }[]>;
  readonly propose: (requests: readonly ActionRequest[], cause?: Cause) => Promise<Change>;
  /** Proposes, agrees and follows the change to its end. */
  readonly carryOut: (requests: readonly ActionRequest[], cause?: Cause) => Promise<Change>;
  readonly close: () => Promise<void>;
}

const soon = (): { signal: AbortSignal } => ({ signal: AbortSignal.timeout(60_000) });

async function followed(client: AgentClient, id: string): Promise<Change> {
  let last: Change | undefined;
  for await (const { event } of client.watchChange({ params: { id } }, { signal: AbortSignal.timeout(600_000) })) last = event;
  if (last === undefined) throw new Error(`nothing was told of ${id}`);
  return last;
}

export async function repairAgent(kubeconfig: string): Promise<RepairAgent> {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-repair-'));
  const configuration = Configuration.parse({ cluster: { type: 'context', kubeconfig }, agents: { scarlet: { autonomy_level: 'suggest' } } });
  const agent = await composeAgent({ configuration, folder, version: '0.0.0', environment: {}, writeLog: () => {} });
  let keys = 0;
  const client = agentClient({ address: 'http://localhost', fetch: agent.fetch, token: async () => undefined, newKey: () => `repair-key-${++keys}`, wait: async (milliseconds) => { await sleep(milliseconds); } });
  const propose: RepairAgent['propose'] = async (requests, cause) => {
    const finding = cause === undefined ? {} : { finding: { code: cause.code, kind: cause.object.kind, namespace: cause.object.namespace, name: cause.object.name } };
    return await client.propose({ body: { requests: [...requests], reason: 'A test wants it.', ...finding } }, soon());
  };
  return {
    client,
    fixes: async (namespace) => (await client.fixes({ body: { namespaces: [namespace] } }, soon())).fixes,
    propose,
    carryOut: async (requests, cause) => {
      const change = await propose(requests, cause);
      await client.approve({ params: { id: change.id }, body: { digest: change.digest } }, soon());
      return await followed(client, change.id);
    },
    close: async () => {
      await agent.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Change } from '@autodevops/domain/change/change';
import { plainAccess } from '@autodevops/kube/plain-access';
import { startReplayServer } from '@autodevops/kube/replay';
import { agentClient } from './client/agent-client.ts';
import type { AgentClient } from './client/agent-client.ts';
import { composeAgent } from './compose.ts';
import { Configuration } from './configuration/configuration.ts';

const options = {
  get signal() {
    return AbortSignal.timeout(60_000);
  },
};
const node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'worker', uid: 'uid-node' },
  spec: { unschedulable: true },
  status: { conditions: [{ type: 'Ready', status: 'True' }] },
};

/** Whom a request acts as, and what it does; a rehearsal is one too. */
interface Seen {
  readonly does: string;
  readonly user: string;
  readonly groups: string;
}

/** The API server behind a door where everything that writes is seen. */
async function watched(url: string): Promise<{ readonly url: string; readonly seen: Seen[] }> {
  const seen: Seen[] = [];
  const door = createServer((incoming, answer) => {
    const { method = 'GET', url: path = '/', headers } = incoming;
    if (method !== 'GET' && !path.includes('.k8s.io/')) {
      seen.push({
        does: `${method} ${path.includes('dryRun') ? 'rehearsal' : 'for good'}`,
        user: String(headers['impersonate-user'] ?? ''),
        groups: String(headers['impersonate-group'] ?? ''),
      });
    }
    const onward = ask(`${url}${path}`, { method, headers }, (from) => {
      answer.writeHead(from.statusCode ?? 500, from.headers);
      from.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    answer.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => {
    door.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    door.closeAllConnections();
    door.close();
  });
  return { url: `http://127.0.0.1:${(door.address() as AddressInfo).port}`, seen };
}

async function scene(): Promise<{ readonly client: AgentClient; readonly seen: readonly Seen[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-acting-'));
  const server = await startReplayServer({ objects: [node], logs: [], serverVersion: 'v1.36.3' }, { writable: true });
  const { url, seen } = await watched(server.url);
  const configuration = Configuration.parse({
    agents: { scarlet: { actAs: { who: 'requester', groups: { operator: ['developers'] } } } },
  });
  const agent = await composeAgent({
    configuration,
    folder,
    version: '0.0.0',
    environment: {},
    writeLog: () => {},
    pace: { lease: 15_000, poll: 100, settle: 200, again: 200 },
    access: plainAccess('sample', url),
  });
  onTestFinished(async () => {
    await agent.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  let keys = 0;
  return {
    seen,
    client: agentClient({
      address: 'http://localhost',
      fetch: agent.fetch,
      token: async () => undefined,
      newKey: () => `acting-key-${++keys}`,
      wait: async () => {},
    }),
  };
}

async function uncordon(client: AgentClient): Promise<Change> {
  return await client.propose(
    {
      body: {
        requests: [
          {
            action: 'uncordon',
            target: { apiVersion: 'v1', kind: 'Node', namespace: '', name: 'worker', uid: '' },
            params: {},
          },
        ],
        reason: 'The work is done.',
      },
    },
    options,
  );
}

describe('an agent that acts as who asks', () => {
  it("rehearses and does it as that person's user of the cluster", async () => {
    const { client, seen } = await scene();
    await client.putPerson(
      {
        body: {
          id: 'p-ann',
          name: 'Ann',
          accounts: [`local:${userInfo().username}`, 'kubernetes:ann@example.com'],
          roles: ['operator', 'approver', 'admin'],
        },
      },
      options,
    );
    const change = await uncordon(client);
    await client.approve({ params: { id: change.id }, body: { digest: change.digest } }, options);
    let state = '';
    for await (const { event } of client.watchChange({ params: { id: change.id } }, options)) ({ state } = event);
    expect(state).toBe('succeeded');
    expect(new Set(seen.map(({ does }) => does))).toEqual(new Set(['PATCH rehearsal', 'PATCH for good']));
    expect(new Set(seen.map(({ user, groups }) => `${user} of ${groups}`))).toEqual(
      new Set(['ann@example.com of developers']),
    );
  }, 60_000);

  it('does nothing for who has no user there, and audits that', async () => {
    const { client, seen } = await scene();
    await expect(uncordon(client)).rejects.toMatchObject({
      code: 'change.not-allowed',
      message: expect.stringContaining('has no user of this cluster'),
    });
    expect(seen).toEqual([]);
    expect((await client.auditRows({}, options)).rows.map(({ entry }) => entry.code)).toEqual(['DNY001']);
  }, 60_000);
});

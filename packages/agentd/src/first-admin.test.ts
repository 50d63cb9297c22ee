import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { createMemoryStore } from '@autodevops/testkit/memory-store';
import { plainAccess } from '@autodevops/kube/plain-access';
import { startReplayServer } from '@autodevops/kube/replay';
import { agentClient } from './client/agent-client.ts';
import type { AgentClient } from './client/agent-client.ts';
import { tcpFetch } from './client/tcp-fetch.ts';
import { composeAgent } from './compose.ts';
import { Configuration } from './configuration/configuration.ts';

const options = {
  get signal() {
    return AbortSignal.timeout(30_000);
  },
};
const secret = 'c'.repeat(43);

interface CloudAgent {
  /** Speaks over TCP, with that token. */
  readonly as: (token: string | undefined) => AgentClient;
  readonly log: () => string;
}

/** An agent in cloud mode that nobody administers yet, over TCP. `mounted`: its Secret's content. */
async function cloudAgent(mounted?: string): Promise<CloudAgent> {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-cloud-'));
  if (mounted !== undefined) writeFileSync(join(folder, 'token'), mounted);
  const server = await startReplayServer({ objects: [], logs: [], serverVersion: 'v1.36.3' }, { writable: true });
  const lines: string[] = [];
  const configuration = Configuration.parse({ mode: 'cloud', customer: 'acme', bootstrap: { tokenFile: 'token' } });
  const agent = await composeAgent({
    configuration,
    folder,
    version: '0',
    environment: {},
    writeLog: (text) => void lines.push(text),
    access: plainAccess('sample', server.url),
    openedStore: createMemoryStore(),
  });
  const { address } = await agent.listen({ kind: 'tcp', host: '127.0.0.1', port: 0 });
  onTestFinished(async () => {
    await agent.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const fetch = tcpFetch({ host: '127.0.0.1', port: Number(new URL(address).port) });
  let keys = 0;
  const as = (token: string | undefined): AgentClient =>
    agentClient({
      address: 'http://localhost',
      fetch,
      token: async () => token,
      newKey: () => `key-${++keys}-first`,
      wait: async (milliseconds) => {
        await sleep(milliseconds);
      },
    });
  return { as, log: () => lines.join('') };
}

const ann = { id: 'ann', name: 'Ann', account: 'http:ann' };

it('a cloud agent gets its first administrator by the mounted token, who then lets others in', async () => {
  const { as, log } = await cloudAgent(secret);
  const claimed = await as(undefined).claim({ body: { token: secret, ...ann } }, options);
  expect(claimed.person).toEqual({ id: 'ann', name: 'Ann', accounts: ['http:ann'], roles: ['admin'] });
  const admin = as(claimed.token);
  await admin.putPerson({ body: { id: 'ben', name: 'Ben', accounts: ['http:ben'], roles: ['operator'] } }, options);
  const { token } = await admin.issueToken({ body: { account: 'http:ben', name: 'ben', minutes: 5 } }, options);
  expect(await as(token).killSwitch({}, options)).toMatchObject({ on: false });
  await expect(as(token).tokens({}, options)).rejects.toMatchObject({ code: 'change.not-allowed' });
  const { tokens } = await admin.tokens({}, options);
  expect(tokens.map(({ account, issuedBy }) => [account, issuedBy])).toEqual([
    ['http:ben', 'http:ann'],
    ['http:ann', 'http:ann'],
  ]);
  await admin.revokeTokens({ params: { account: 'http:ben' }, query: { token: tokens[0]?.id } }, options);
  await expect(as(token).killSwitch({}, options)).rejects.toMatchObject({ code: 'agent.unauthorized' });
  const { rows } = await admin.auditRows({}, options);
  expect(rows.map(({ entry }) => entry.code)).toEqual([
    'TOK003',
    'TOK004',
    'PPL001',
    'TOK001',
    'PPL001',
    'TOK001',
    'DNY001',
    'TOK002',
  ]);
  expect(`${log()}${JSON.stringify(rows)}`).not.toMatch(new RegExp(`${secret}|${claimed.token}`));
}, 60_000);

it('the mounted token opens nothing else, and nothing twice', async () => {
  const { as } = await cloudAgent(secret);
  await expect(as(secret).killSwitch({}, options)).rejects.toMatchObject({ code: 'agent.unauthorized' });
  await expect(
    as(undefined).putPerson({ body: { ...ann, accounts: [], roles: ['admin'] } as never }, options),
  ).rejects.toMatchObject({ code: 'agent.unauthorized' });
  await expect(as(undefined).claim({ body: { token: 'd'.repeat(43), ...ann } }, options)).rejects.toMatchObject({
    code: 'agent.unauthorized',
  });
  await as(undefined).claim({ body: { token: secret, ...ann } }, options);
  await expect(
    as(undefined).claim({ body: { token: secret, id: 'eve', name: 'Eve', account: 'http:eve' } }, options),
  ).rejects.toThrow('it was used or replaced');
}, 60_000);

it('whoever guesses is slowed down, and no administrator with him', async () => {
  const { as } = await cloudAgent(secret);
  const { token } = await as(undefined).claim({ body: { token: secret, ...ann } }, options);
  const guesses = await Promise.all(
    Array.from(
      { length: 150 },
      async (_, at) =>
        await as(undefined)
          .claim({ body: { token: String(at).padStart(43, 'g'), ...ann } }, { signal: AbortSignal.timeout(2000) })
          .then(
            () => 'in',
            (error: unknown) => (error as { code: string }).code,
          ),
    ),
  );
  expect(guesses).not.toContain('in');
  expect(guesses.filter((code) => code === 'agent.unauthorized').length).toBeLessThan(150);
  expect(await as(token).people({}, options)).toMatchObject({ people: [{ id: 'ann' }] });
  expect((await as(token).auditRows({}, options)).head).toBe(4);
}, 60_000);

it('an agent without any such token says in its log how to make one', async () => {
  const { log } = await cloudAgent();
  expect(log()).toContain('autodevops agent bootstrap-token');
});

import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { expect, it, onTestFinished } from 'vitest';
import type { AuditEntry } from '@autodevops/domain/change/audit-event';
import type { Store } from '@autodevops/domain/ports/store';
import { plainAccess } from '@autodevops/kube/plain-access';
import { startReplayServer } from '@autodevops/kube/replay';
import { createMemoryStore } from '@autodevops/testkit/memory-store';
import { composeAgent } from '../compose.ts';
import { Configuration } from '../configuration/configuration.ts';
import { issueToken } from '../identity/access-token.ts';
import { signAssertion } from '../identity/assertion.ts';

const audit: AuditEntry = {
  code: 'TOK001',
  time: '2026-01-01T00:00:00.000Z',
  actor: { kind: 'person', account: 'local:root', person: '', name: 'root', roles: [], surface: 'cli' },
  onBehalfOf: '',
  subject: 'x',
  success: true,
  says: 'A test wants it.',
  details: {},
};
const node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'worker', uid: 'uid-node' },
  spec: { unschedulable: true },
  status: { conditions: [{ type: 'Ready', status: 'True' }], allocatable: { cpu: '4', memory: '8Gi', pods: '110' } },
};
const uncordon = {
  action: 'uncordon',
  target: { apiVersion: 'v1', kind: 'Node', namespace: '', name: 'worker', uid: '' },
  params: {},
};
const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

interface Running {
  readonly address: string;
  readonly store: Store;
}

/** A cloud agent over TCP, with Ben, who may propose, and a surface that may say who asks. */
async function running(configuration: object = {}): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-assistant-'));
  writeFileSync(join(folder, 'bot.pem'), publicKey);
  const server = await startReplayServer({ objects: [node], logs: [], serverVersion: 'v1.36.3' }, { writable: true });
  const store = createMemoryStore();
  await store.people.put({ id: 'ben', name: 'Ben', accounts: ['http:ben', 'slack:T1/U2'], roles: ['operator'] }, audit);
  const read = Configuration.parse({
    mode: 'cloud',
    customer: 'acme',
    issuers: [{ name: 'bot', publicKey: 'bot.pem', surface: 'slack' }],
    ...configuration,
  });
  const agent = await composeAgent({
    configuration: read,
    folder,
    version: '1',
    environment: {},
    writeLog: () => undefined,
    access: plainAccess('sample', server.url),
    openedStore: store,
  });
  const { address } = await agent.listen({ kind: 'tcp', host: '127.0.0.1', port: 0 });
  onTestFinished(async () => {
    await agent.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { address, store };
}

async function connected(address: string, authorization: () => Promise<string>): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  onTestFinished(() => client.close());
  const shown: typeof fetch = async (url, init) => {
    const headers = new Headers(init?.headers);
    headers.set('authorization', `Bearer ${await authorization()}`);
    return await fetch(url, { ...init, headers });
  };
  await client.connect(
    new StreamableHTTPClientTransport(new URL('/mcp', address), { fetch: shown }) as Parameters<Client['connect']>[0],
  );
  return client;
}

const proposal = { name: 'propose', arguments: { requests: [uncordon], reason: 'The work on the node is done.' } };

it('an assistant reads and proposes with a token, and the audit log says that it came by way of one', async () => {
  const { address, store } = await running();
  const token = await issueToken(store.settings, {
    account: 'http:ben',
    name: 'ben',
    by: 'local:root',
    milliseconds: 60_000,
    now: Date.now(),
    audit,
  });
  const client = await connected(address, async () => token);
  const { content } = await client.callTool({ name: 'diagnose', arguments: {} });
  expect(JSON.parse((content as { text: string }[])[0]?.text ?? '')).toMatchObject({ schemaVersion: 1 });
  const proposed = await client.callTool(proposal);
  expect(JSON.parse((proposed.content as { text: string }[])[0]?.text ?? '')).toMatchObject({
    state: 'waiting',
    requester: { account: 'http:ben', surface: 'mcp' },
  });
  const { entry } = (await store.audit.rows({ from: 3, limit: 1 }))[0] ?? {};
  expect(entry?.actor).toMatchObject({ account: 'http:ben', person: 'ben', surface: 'mcp' });
}, 60_000);

it('an assistant of another surface shows a new assertion with every request', async () => {
  const { address } = await running();
  let count = 0;
  const assertion = async (): Promise<string> =>
    await signAssertion(privateKey, {
      issuer: 'bot',
      audience: 'acme',
      account: 'T1/U2',
      name: 'Ben',
      roles: [],
      id: `assertion-${++count}`,
      now: Date.now(),
    });
  const client = await connected(address, assertion);
  expect((await client.listTools()).tools).toHaveLength(7);
  const once = await assertion();
  await expect(connected(address, async () => once)).rejects.toThrow('it was used before');
}, 60_000);

it('is not there where the configuration says so', async () => {
  const { address, store } = await running({ mcp: { http: false } });
  const token = await issueToken(store.settings, {
    account: 'http:ben',
    name: 'ben',
    by: 'local:root',
    milliseconds: 60_000,
    now: Date.now(),
    audit,
  });
  expect(
    (
      await fetch(new URL('/mcp', address), {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: '{}',
        signal: AbortSignal.timeout(20_000),
      })
    ).status,
  ).toBe(404);
}, 60_000);

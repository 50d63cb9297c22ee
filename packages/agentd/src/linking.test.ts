import { generateKeyPairSync, randomUUID } from 'node:crypto';
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
import { signAssertion } from './identity/assertion.ts';

const options = {
  get signal() {
    return AbortSignal.timeout(30_000);
  },
};
const secret = 'c'.repeat(43);
const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

interface Linked {
  /** With a token; without, nobody. */
  readonly as: (token: string | undefined) => AgentClient;
  /** As a bot speaks for one of its users: it vouches for no role. */
  readonly slack: (user: string, audience?: string, email?: string) => AgentClient;
}

/** An agent in cloud mode with one administrator, to which a bot speaks in the name of its users. */
async function agentWithBot(): Promise<Linked & { readonly admin: AgentClient }> {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-linking-'));
  writeFileSync(join(folder, 'token'), secret);
  writeFileSync(join(folder, 'bot.pem'), publicKey);
  const server = await startReplayServer({ objects: [], logs: [], serverVersion: 'v1.36.3' }, { writable: true });
  const configuration = Configuration.parse({
    mode: 'cloud',
    customer: 'acme',
    bootstrap: { tokenFile: 'token' },
    issuers: [{ name: 'bot', publicKey: 'bot.pem', surface: 'slack', emailDomains: ['acme.example'] }],
  });
  const agent = await composeAgent({
    configuration,
    folder,
    version: '0',
    environment: {},
    writeLog: () => undefined,
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
  const client = (token: () => Promise<string | undefined>): AgentClient =>
    agentClient({
      address: 'http://localhost',
      fetch,
      token,
      newKey: randomUUID,
      wait: async (milliseconds) => {
        await sleep(milliseconds);
      },
    });
  const as = (token: string | undefined): AgentClient => client(async () => token);
  const slack = (user: string, audience = 'acme', email: string | undefined = undefined): AgentClient =>
    client(
      async () =>
        await signAssertion(privateKey, {
          issuer: 'bot',
          audience,
          account: `slack:T1/${user}`,
          name: user,
          roles: [],
          email,
          id: randomUUID(),
          now: Date.now(),
        }),
    );
  const { token } = await as(undefined).claim(
    { body: { token: secret, id: 'root', name: 'Root', account: 'http:root' } },
    options,
  );
  return { as, slack, admin: as(token) };
}

it("an account in Slack becomes a person's by that person's code, and has the same rights from then on", async () => {
  const { as, slack, admin } = await agentWithBot();
  await admin.putPerson({ body: { id: 'ann', name: 'Ann', accounts: ['http:ann'], roles: ['operator'] } }, options);
  const { token } = await admin.issueToken({ body: { account: 'http:ann', name: 'ann', minutes: 5 } }, options);
  const { code } = await as(token).makeLinkCode({ body: {} }, options);

  await expect(slack('U1').people({}, options)).rejects.toMatchObject({ code: 'change.not-allowed' });
  await expect(slack('U1').makeLinkCode({ body: {} }, options)).rejects.toThrow('Nobody is linked to slack:T1/U1');
  await expect(slack('U1', 'globex').useLinkCode({ body: { code } }, options)).rejects.toMatchObject({
    code: 'agent.unauthorized',
  });
  await expect(as(undefined).useLinkCode({ body: { code } }, options)).rejects.toMatchObject({
    code: 'agent.unauthorized',
  });
  expect(await slack('U1').useLinkCode({ body: { code: code.toLowerCase() } }, options)).toMatchObject({
    id: 'ann',
    accounts: ['http:ann', 'slack:T1/U1'],
  });
  await expect(slack('U2').useLinkCode({ body: { code } }, options)).rejects.toMatchObject({
    code: 'change.not-allowed',
  });

  expect((await slack('U1').people({}, options)).people.map(({ id }) => id)).toEqual(['ann', 'root']);
  const incident = await slack('U1').openIncident({ body: { title: 'Slow' } }, options);
  expect(
    (await slack('U1').acknowledgeIncident({ params: { id: incident.id }, body: {} }, options)).acknowledged,
  ).toMatchObject({ by: { account: 'slack:T1/U1', person: 'ann', name: 'Ann' } });

  await expect(slack('U2').removeAccount({ params: { account: 'slack:T1/U1' } }, options)).rejects.toMatchObject({
    code: 'change.not-allowed',
  });
  expect(await as(token).removeAccount({ params: { account: 'slack:T1/U1' } }, options)).toMatchObject({
    id: 'ann',
    accounts: ['http:ann'],
  });
  await expect(slack('U1').people({}, options)).rejects.toMatchObject({ code: 'change.not-allowed' });
  const { rows } = await admin.auditRows({}, options);
  expect(rows.map(({ entry }) => entry.code).filter((one) => one.startsWith('PPL'))).toEqual([
    'PPL001',
    'PPL001',
    'PPL003',
    'PPL004',
    'PPL005',
  ]);
  expect(JSON.stringify(rows)).not.toContain(code);
}, 60_000);

it("an account in Slack becomes a person's by the address that the bot vouches for, until an administrator takes it away", async () => {
  const { as, slack, admin } = await agentWithBot();
  const person = { id: 'ann', name: 'Ann', roles: ['operator'] };
  await admin.putPerson({ body: { ...person, accounts: ['http:ann', 'email:ann@acme.example'] } }, options);
  const { token } = await admin.issueToken({ body: { account: 'http:ann', name: 'ann', minutes: 5 } }, options);
  const refused = { code: 'change.not-allowed' };

  for (const email of [undefined, 'ann@globex.example', 'ben@acme.example']) {
    await expect(slack('U1', 'acme', email).linkByEmail({ body: {} }, options)).rejects.toMatchObject(refused);
  }
  // Whoever has a token of his own vouches for nothing.
  await expect(as(token).linkByEmail({ body: {} }, options)).rejects.toMatchObject(refused);
  await expect(slack('U1', 'globex', 'ann@acme.example').linkByEmail({ body: {} }, options)).rejects.toMatchObject({
    code: 'agent.unauthorized',
  });
  for (const user of ['U1', 'U7']) {
    expect((await slack(user, 'acme', 'ann@acme.example').linkByEmail({ body: {} }, options)).id).toBe('ann');
  }
  expect((await slack('U1').people({}, options)).people.map(({ id }) => id)).toEqual(['ann', 'root']);

  await admin.removeAccount({ params: { account: 'slack:T1/U1' } }, options);
  // To be left out of what replaces a person is to be taken away, too.
  await admin.putPerson({ body: { ...person, accounts: ['http:ann', 'email:ann@acme.example'] } }, options);
  for (const user of ['U1', 'U7']) {
    await expect(slack(user, 'acme', 'ann@acme.example').linkByEmail({ body: {} }, options)).rejects.toThrow(
      'was unlinked by an administrator',
    );
  }
  const { rows } = await admin.auditRows({}, options);
  const codes = rows.map(({ entry }) => entry.code);
  expect(codes.filter((one) => one === 'PPL006')).toHaveLength(2);
  expect(
    rows.filter(({ entry }) => entry.code === 'DNY001' && entry.subject === 'link-by-email').length,
  ).toBeGreaterThanOrEqual(6);
}, 60_000);

it.each([
  ['an id that no path can name', { id: 'a/b' }, /not an id/],
  ['an id longer than one that can be unlinked', { id: 'a'.repeat(64) }, /not an id/],
  ['a name that turns round what stands behind it', { name: 'Ann\u202E' }, /not a name/],
  ['a name that begins a line of its own', { name: 'Ann\nBen agreed' }, /not a name/],
  ['an account longer than one that can be taken away', { accounts: [`http:${'a'.repeat(200)}`] }, /200/],
])('nobody is linked by %s', async (_what, wrong, says) => {
  const { admin } = await agentWithBot();
  const person = { id: 'zoe', name: 'Zoë Ngũgĩ', accounts: ['http:zoe'], roles: ['viewer'] };
  await expect(admin.putPerson({ body: { ...person, ...wrong } }, options)).rejects.toThrow(says);
  expect((await admin.people({}, options)).people.map(({ id }) => id)).not.toContain('zoe');
  expect(await admin.putPerson({ body: person }, options)).toEqual(person);
});

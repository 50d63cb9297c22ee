import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Change } from '@autodevops/domain/change/change';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { plainAccess } from '@autodevops/kube/plain-access';
import { startReplayServer } from '@autodevops/kube/replay';
import type { Agent } from './agent.ts';
import { agentClient } from './client/agent-client.ts';
import type { AgentClient } from './client/agent-client.ts';
import { tcpFetch } from './client/tcp-fetch.ts';
import { composeAgent } from './compose.ts';
import { Configuration } from './configuration/configuration.ts';

const policy =
  'version: 1\nautonomy: suggest\nrules:\n  - { id: two-people, why: Two people agree to everything., decision: two }\n';
const accounts: Readonly<Record<string, readonly string[]>> = {
  Ann: ['http:ann'],
  Bob: ['http:bob', 'http:bob-at-home'],
  Cem: ['http:cem'],
  Vi: ['http:vi'],
};
const roles: Readonly<Record<string, readonly string[]>> = {
  Ann: ['operator', 'approver'],
  Bob: ['approver'],
  Cem: ['approver'],
  Vi: ['viewer'],
};
const approvalMinutes = 5;

const node = (name: string, unschedulable = true): Readonly<Record<string, unknown>> => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, uid: `uid-${name}` },
  spec: { unschedulable },
  status: { conditions: [{ type: 'Ready', status: 'True' }] },
});
const names = ['n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7', 'n8', 'n9'];
const options = {
  get signal() {
    return AbortSignal.timeout(60_000);
  },
};

let agent: Agent;
let apply: (object: Readonly<Record<string, unknown>>) => void;
let as: (account: string) => AgentClient;
let local: AgentClient;
let close: (() => Promise<void>) | undefined;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-refusals-'));
  writeFileSync(join(folder, 'policy.yaml'), policy);
  const server = await startReplayServer(
    { objects: names.map((name) => node(name)), logs: [], serverVersion: 'v1.36.3' },
    { writable: true },
  );
  const configuration = Configuration.parse({
    agents: { scarlet: { autonomy_level: 'suggest', policy: 'policy.yaml', approvalMinutes } },
  });
  agent = await composeAgent({
    configuration,
    folder,
    version: '0.0.0',
    environment: {},
    writeLog: () => {},
    access: plainAccess('sample', server.url),
  });
  const { address } = await agent.listen({ kind: 'tcp', host: '127.0.0.1', port: 0 });
  const over = tcpFetch({ host: '127.0.0.1', port: Number(new URL(address).port) });
  const tokens = new Map<string, string>();
  let keys = 0;
  const clientWith = (
    fetch: Parameters<typeof agentClient>[0]['fetch'],
    token: () => string | undefined,
  ): AgentClient =>
    agentClient({
      address: 'http://localhost',
      fetch,
      token: async () => token(),
      newKey: () => `refusals-${++keys}`,
      wait: async () => {},
    });
  local = clientWith(agent.fetch, () => undefined);
  as = (account) => clientWith(over, () => tokens.get(account));
  for (const [name, own] of Object.entries(accounts)) {
    await local.putPerson(
      { body: { id: `p-${name.toLowerCase()}`, name, accounts: [...own], roles: [...(roles[name] ?? [])] } },
      options,
    );
    for (const account of own) {
      tokens.set(account, (await local.issueToken({ body: { account, name, minutes: 60 } }, options)).token);
    }
  }
  apply = (object) => server.apply({ type: 'MODIFIED', object });
  close = async () => {
    await agent.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  };
}, 60_000);
afterEach(() => {
  vi.useRealTimers();
});
afterAll(async () => await close?.());

async function proposed(name: string): Promise<Change> {
  const change = await as('http:ann').propose(
    {
      body: {
        requests: [
          { action: 'uncordon', target: { apiVersion: 'v1', kind: 'Node', namespace: '', name, uid: '' }, params: {} },
        ],
        reason: 'The work is done.',
      },
    },
    options,
  );
  expect(change).toMatchObject({ state: 'waiting', decision: { tier: 'two' } });
  return change;
}

/** What the agent answers, and what of it stands in its audit log. */
async function refusal(
  account: string,
  { id }: Pick<Change, 'id'>,
  digest: string,
): Promise<{ readonly code: string; readonly says: string; readonly audited: string }> {
  const error: unknown = await as(account)
    .approve({ params: { id }, body: { digest } }, options)
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
  if (!(error instanceof AutoDevOpsError)) throw new Error('It was not refused.');
  const { rows } = await local.auditRows({ query: { from: 1, limit: 1000 } }, options);
  return {
    code: error.code,
    says: error.message,
    audited: rows.findLast(({ entry: { code } }) => code.startsWith('DNY'))?.entry.says ?? '',
  };
}

async function agree(account: string, { id, digest }: Change): Promise<Change> {
  return await as(account).approve({ params: { id }, body: { digest } }, options);
}

describe('a yes over HTTP is refused, with a sentence of its own that is audited, when it comes', () => {
  const told = (code: string, says: string): object => ({ code, says, audited: says });

  it('from the one who asked', async () => {
    const change = await proposed('n1');
    expect(await refusal('http:ann', change, change.digest)).toEqual(
      told('change.not-allowed', `Ann asked for ${change.id}, and who asks does not agree.`),
    );
  });

  it('from the same person twice', async () => {
    const change = await agree('http:bob', await proposed('n2'));
    expect(await refusal('http:bob', change, change.digest)).toEqual(
      told('change.not-allowed', 'Bob has agreed already; another person has to.'),
    );
  });

  it('from one person under another name', async () => {
    const change = await agree('http:bob', await proposed('n3'));
    expect(await refusal('http:bob-at-home', change, change.digest)).toEqual(
      told('change.not-allowed', 'Bob has agreed already; another person has to.'),
    );
  });

  it('from who may only look', async () => {
    const change = await proposed('n4');
    expect(await refusal('http:vi', change, change.digest)).toEqual(
      told('change.not-allowed', 'Vi may not decide here.'),
    );
  });

  it('to another change that does the same: a yes to one is none to another', async () => {
    const before = await proposed('n5');
    const again = await proposed('n5');
    expect(again.digest).not.toBe(before.digest);
    expect(await refusal('http:bob', again, before.digest)).toEqual(
      told('change.stale', `What you agreed to is not what ${again.id} is now.`),
    );
  });

  it('once more, after the change has got all that it waits for', async () => {
    const change = await proposed('n6');
    await agree('http:bob', change);
    await agree('http:cem', change);
    const late = await refusal('http:cem', change, change.digest);
    expect(late).toMatchObject({
      code: 'change.wrong-state',
      says: expect.stringMatching(new RegExp(`^${change.id} waits for nobody's yes: it is `)),
    });
    expect(late.audited).toBe(late.says);
  });

  it('after the object has changed', async () => {
    const change = await proposed('n7');
    apply(node('n7', false));
    expect(await refusal('http:bob', change, change.digest)).toEqual(
      told('change.stale', `The cluster is no longer as ${change.id} saw it. Node n7 is not cordoned.`),
    );
  });

  it('after somebody has made another object of that name', async () => {
    const change = await proposed('n8');
    apply({ ...node('n8'), metadata: { name: 'n8', uid: 'uid-of-another' } });
    expect(await refusal('http:bob', change, change.digest)).toEqual(
      told(
        'change.stale',
        `The cluster is no longer as ${change.id} saw it. Node n8 is not the object that was diagnosed: it was deleted and made anew.`,
      ),
    );
  });

  it('after its time is over', async () => {
    const change = await proposed('n9');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + (approvalMinutes + 1) * 60_000 });
    expect(await refusal('http:bob', change, change.digest)).toEqual(
      told(
        'change.wrong-state',
        `${change.id} waits for nobody's yes: it is expired. Nobody decided in time, or it was not begun in time.`,
      ),
    );
  });
});

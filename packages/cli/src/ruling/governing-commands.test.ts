import { userInfo } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgentDoor } from '../agent-door/agent-door.ts';
import { Configuration } from '@autodevops/agentd/configuration';
import { composeAgents } from '../agent-door/compose.ts';
import { main } from '../main.ts';
import type { Surroundings } from '../surroundings.ts';
import { fakeSurroundings } from '../testing/fake-surroundings.ts';

// One agent over the sample for all: the tests leave each other's things alone.
let door: AgentDoor;
beforeAll(async () => {
  door = await composeAgents('9.9.9').open({ sample: true }, new AbortController().signal);
}, 60_000);
afterAll(() => door.close());

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(line: readonly string[], files: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const shared: AgentDoor = { ...door, close: () => Promise.resolve() };
  const changed: Partial<Surroundings> = {
    agents: () => Promise.resolve({ ...composeAgents('9.9.9'), open: () => Promise.resolve(shared) }),
    readFile: (path) => Promise.resolve(files[path] ?? ''),
    now: () => Date.now(),
  };
  const fake = fakeSurroundings(changed);
  const code = await main(line, fake.surroundings, AbortSignal.timeout(60_000));
  return { code, out: fake.out(), err: fake.err() };
}

async function auditCodes(): Promise<readonly string[]> {
  const { rows } = await door.client.auditRows({}, { signal: AbortSignal.timeout(10_000) });
  return rows.map(({ entry }) => entry.code);
}

describe('automations', () => {
  it('are listed, and turned by name', async () => {
    expect((await run(['automation', 'list'])).out).toMatch(
      /raise-memory-limit +on +no: not at level suggest +development/,
    );
    expect((await run(['automation', 'dry', 'raise-memory-limit'])).out).toBe(
      'raise-memory-limit is dry: what it would propose is recorded, and not proposed. But it does nothing here (no: not at level suggest); it works at development.\n',
    );
    expect((await run(['automation', 'off', 'raise-memory-limit'])).out).toBe('raise-memory-limit is off.\n');
    const { automations, level } = JSON.parse((await run(['automation', 'list', '-o', 'json'])).out) as {
      readonly automations: readonly { readonly id: string; readonly mode: string }[];
      readonly level: string;
    };
    expect([automations.find(({ id }) => id === 'raise-memory-limit')?.mode, level]).toEqual(['off', 'suggest']);
    expect(await auditCodes()).toEqual(expect.arrayContaining(['AUT001']));
  }, 60_000);

  it('of no such name are refused with the names that there are', async () => {
    expect(await run(['automation', 'on', 'nothing'])).toMatchObject({
      code: 64,
      err: expect.stringContaining('raise-memory-limit'),
    });
    expect(await run(['automation', 'on'])).toMatchObject({ code: 64 });
  }, 60_000);
});

describe('tokens', () => {
  it('are shown once with what to do with them, and end', async () => {
    const { code, out } = await run(['people', 'token', 'slack:T1/U2', '--minutes', '5']);
    expect({ code, out }).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /^ {3}adt_[\w-]{43}$[^]*AUTODEVOPS_TOKEN[^]*Nobody is linked to slack:T1\/U2[^]*people revoke slack:T1\/U2/m,
      ),
    });
    expect(await run(['people', 'revoke', 'slack:T1/U2'])).toMatchObject({
      code: 0,
      out: 'No token of slack:T1/U2 holds any more.\n',
    });
    expect(await auditCodes()).toEqual(expect.arrayContaining(['TOK001', 'TOK002']));
  }, 60_000);

  it('are listed without what they are, and ended one by one', async () => {
    for (const account of ['http:one', 'http:two']) await run(['people', 'token', account, '--minutes', '5']);
    const { tokens } = JSON.parse((await run(['people', 'tokens', '-o', 'json'])).out) as {
      readonly tokens: readonly { readonly id: string; readonly account: string }[];
    };
    const id = tokens.find(({ account }) => account === 'http:one')?.id ?? '';
    expect(await run(['people', 'revoke', 'http:two', '--token', id])).toMatchObject({
      code: 64,
      err: expect.stringContaining(`http:two has no token ${id}`),
    });
    expect(await run(['people', 'revoke', 'http:one', '--token', id])).toMatchObject({
      code: 0,
      out: `${id} of http:one holds no more.\n`,
    });
    const left = (await run(['people', 'tokens'])).out;
    expect(left).toMatch(/^tok-[0-9a-f]{12} +http:two /m);
    expect(left).not.toMatch(/http:one|adt_/);
    await run(['people', 'revoke', 'http:two']);
  }, 60_000);

  it('of the first administrator are not for a local agent, nor without a reason where the glass is broken', async () => {
    const settings = {
      agents: () =>
        Promise.resolve({
          ...composeAgents('9.9.9'),
          settings: () =>
            Promise.resolve({ configuration: Configuration.parse({}), folder: '/', file: undefined, place: '/x' }),
        }),
    };
    const ask = async (...more: readonly string[]): Promise<Ended> => {
      const fake = fakeSurroundings(settings);
      return {
        code: await main(['agent', 'bootstrap-token', ...more], fake.surroundings, AbortSignal.timeout(60_000)),
        out: fake.out(),
        err: fake.err(),
      };
    };
    expect(await ask()).toMatchObject({ code: 64, err: expect.stringContaining('is its administrator already') });
    expect(await ask('--break-glass')).toMatchObject({ code: 64, err: expect.stringContaining('needs a reason') });
    expect(await ask('--why', 'x')).toMatchObject({ code: 64 });
    expect(await run(['agent', 'claim', 'Ann'])).toMatchObject({
      code: 64,
      err: expect.stringContaining('No bootstrap token is given'),
    });
    expect(await run(['agent', 'claim'])).toMatchObject({ code: 64 });
  }, 60_000);

  it('are of one account, for a time that may be', async () => {
    expect(await run(['people', 'token'])).toMatchObject({ code: 64 });
    expect(await run(['people', 'token', 'http:ci', '--minutes', '0'])).toMatchObject({ code: 64 });
    expect(await run(['people', 'token', 'nobody'])).toMatchObject({ code: 64 });
  }, 60_000);
});

describe('policies', () => {
  it('are tried on past changes, and a looser one ends by 1', async () => {
    await run(['change', 'propose', 'scale', 'deploy/preview', 'replicas=1', '-n', 'shop', '--why', 'A look.']);
    const files = {
      'strict.yaml': 'version: 1\nrules: [{id: none, why: Nothing is done., decision: forbidden}]',
      'same.yaml': 'version: 1',
      'odd.yaml': 'version: 2',
    };
    expect(await run(['policy', 'simulate', 'strict.yaml'], files)).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /one → forbidden \(stricter\)[^]*none: Nothing is done\.[^]*1 past change: 0 the same, 0 looser, 1 stricter\./,
      ),
    });
    expect(await run(['policy', 'simulate', 'same.yaml'], files)).toMatchObject({
      code: 0,
      out: expect.stringContaining('each decided as it was'),
    });
    expect(await run(['policy', 'simulate', 'odd.yaml'], files)).toMatchObject({ code: 78 });
  }, 60_000);

  it('are set aside by a linked person only, which is told until another one has reviewed it', async () => {
    const breaking = ['policy', 'break-glass', '--reason', 'the shop is down', '--minutes', '5'];
    expect(await run(breaking)).toMatchObject({ code: 77, err: expect.stringContaining('only a linked person can') });
    await run(['people', 'add', 'Me', '--account', `local:${userInfo().username}`, '--role', 'admin']);
    expect(await run(breaking)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^glass-\w{12}: Me broke the glass until .*: the shop is down\. What/),
    });
    expect((await run(['policy', 'show'])).out).toMatch(/^glass-\w{12}: Me broke the glass/);
    const { glasses } = JSON.parse((await run(['policy', 'show', '-o', 'json'])).out) as {
      readonly glasses: readonly { readonly id: string; readonly standing: string }[];
    };
    expect(glasses.map(({ standing }) => standing)).toEqual(['broken']);
    expect(await run(['policy', 'review-glass', glasses[0]?.id ?? '', '--says', 'Fine.'])).toMatchObject({
      code: 64,
      err: expect.stringContaining('is still broken'),
    });
    expect(await run(['policy', 'review-glass', '--says', 'Fine.'])).toMatchObject({
      code: 64,
      err: expect.stringContaining('No broken glass waits'),
    });
    expect(await auditCodes()).toEqual(expect.arrayContaining(['DNY001', 'BRK001']));
  }, 60_000);

  it('are not set aside without a reason and a time', async () => {
    expect(await run(['policy', 'break-glass', '--minutes', '5'])).toMatchObject({ code: 64 });
    expect(await run(['policy', 'break-glass', '--reason', 'the shop is down'])).toMatchObject({ code: 64 });
    expect(await run(['policy', 'break-glass', '--reason', 'the shop is down', '--minutes', '61'])).toMatchObject({
      code: 64,
    });
    expect(await run(['policy', 'review-glass'])).toMatchObject({ code: 64 });
  }, 60_000);
});

describe("one's own accounts", () => {
  it('are linked by a code that says what to type in Slack, for whoever is linked, and unlinked by name', async () => {
    const account = `local:${userInfo().username}`;
    // Another test may have linked him.
    await run(['people', 'remove', 'me']);
    expect(await run(['people', 'link'])).toMatchObject({
      code: 77,
      err: expect.stringContaining(`autodevops people add NAME --account ${account}`),
    });
    expect(await run(['people', 'link', 'Ben'])).toMatchObject({ code: 64 });
    await run(['people', 'add', 'Me', '--account', account, '--account', 'slack:T1/U7', '--role', 'admin']);
    const { code, out } = await run(['people', 'link']);
    expect({ code, out }).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^ {3}\/autodevops link [2-9A-Z]{5}-[2-9A-Z]{5}$/m),
    });
    expect(await run(['people', 'unlink', 'slack:T1/U7'])).toMatchObject({
      code: 0,
      out: "slack:T1/U7 is not Me's any more.\n",
    });
    expect(await run(['people', 'unlink', 'slack:T1/U7'])).toMatchObject({ code: 64 });
    expect(await run(['people', 'unlink'])).toMatchObject({ code: 64 });
    expect(await auditCodes()).toEqual(expect.arrayContaining(['PPL003', 'PPL005']));
    await run(['people', 'remove', 'me']);
  }, 60_000);
});

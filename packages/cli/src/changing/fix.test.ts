import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeAgents } from '../agent-door/compose.ts';
import type { AgentDoor } from '../agent-door/agent-door.ts';
import { main } from '../main.ts';
import type { Surroundings } from '../surroundings.ts';
import { fakeSurroundings } from '../testing/fake-surroundings.ts';

// One sample cluster for all: each test repairs another of its faults, or none.
let door: AgentDoor;
beforeAll(async () => {
  door = await composeAgents('9.9.9').open({ sample: true }, new AbortController().signal);
}, 60_000);
afterAll(() => door.close());

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly asked: readonly string[];
}

/** The command line over that sample; `answers` are what the person types, undefined where nobody sits there. */
async function run(line: readonly string[], answers?: readonly string[]): Promise<Ended> {
  const asked: string[] = [];
  const given = [...(answers ?? [])];
  const shared: AgentDoor = { ...door, close: () => Promise.resolve() };
  const agents = { ...composeAgents('9.9.9'), open: () => Promise.resolve(shared) };
  const changed: Partial<Surroundings> = {
    agents: () => Promise.resolve(agents),
    canAsk: answers !== undefined,
    question: (text) => {
      asked.push(text);
      return Promise.resolve(given.shift());
    },
    now: () => Date.now(),
  };
  const fake = fakeSurroundings(changed);
  const code = await main(line, fake.surroundings, AbortSignal.timeout(60_000));
  return { code, out: fake.out(), err: fake.err(), asked };
}

async function changesCount(): Promise<number> {
  return (await door.client.changes({}, { signal: AbortSignal.timeout(10_000) })).changes.length;
}

describe('fix', () => {
  it('shows evidence, diff, reach and rules, asks, and changes nothing on a no', async () => {
    const before = await changesCount();
    const { code, out, asked } = await run(['fix', '--sample'], ['n']);
    expect({ code, asked }).toEqual({ code: 1, asked: ['\nDo it? [y/N] '] });
    expect(out).toMatch(
      /Deployment shop\/api[^]*│ log[^]*What Scarlet would do[^]*- postgres[^]*\+ postgres[^]*Reaches 3 objects[^]*One person has to agree[^]*level\.suggest\.ask[^]*Nothing was changed\.\n$/,
    );
    expect(await changesCount()).toBe(before);
  }, 60_000);

  it('takes the end of the input for a no', async () => {
    expect(await run(['fix', '--sample'], [])).toMatchObject({ code: 1 });
  }, 60_000);

  it('does it on a yes, and says that it helped', async () => {
    const { code, out, err } = await run(['fix', 'deploy/worker', '-n', 'shop'], ['y']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(
      /✔ patch Deployment shop\/worker: done\.[^]*✔ {2}succeeded: [^]*has gone, and nothing got worse\.[^]*change undo chg-/,
    );
    expect(await run(['fix', 'deploy/worker', '-n', 'shop'], ['y'])).toMatchObject({
      code: 0,
      out: 'There is nothing to fix here.\n',
      asked: [],
    });
  }, 60_000);

  it('takes back what did not help, and says so', async () => {
    const { code, out } = await run(['fix', 'deploy/thumbnailer', '-n', 'media'], ['yes']);
    expect({ code, out }).toMatchObject({ code: 1, out: expect.stringMatching(/Taking back: [^]*undone: /) });
  }, 60_000);

  it('only proposes where nobody can be asked, even with --yes, because the policy wants a person', async () => {
    const { code, out } = await run(['fix', 'deploy/web', '-n', 'shop', '--yes', '-o', 'json']);
    const told = JSON.parse(out) as {
      readonly outcome: string;
      readonly change: { readonly id: string; readonly state: string; readonly digest: string };
    };
    expect({ code, outcome: told.outcome, state: told.change.state }).toEqual({
      code: 2,
      outcome: 'proposed',
      state: 'waiting',
    });
    const { id, digest } = told.change;
    expect(await run(['change', 'approve', id])).toMatchObject({
      code: 64,
      err: expect.stringContaining(`--digest ${digest.slice(0, 16)}`),
    });
    expect(await run(['change', 'approve', id, '--digest', 'f'.repeat(64)])).toMatchObject({ code: 75 });
    expect(await run(['change', 'approve', id, '--digest', digest.slice(0, 16)])).toMatchObject({
      code: 0,
      out: expect.stringContaining('succeeded: '),
    });
  }, 60_000);

  it('says what only a person can do', async () => {
    expect(await run(['fix', 'pvc/warehouse', '-n', 'analytics'], ['y'])).toMatchObject({
      code: 1,
      asked: [],
      out: expect.stringMatching(/Only a person can do this\n {3}→ /),
    });
  }, 60_000);

  it('is refused while the kill switch is on', async () => {
    expect(await run(['kill-switch', 'on', '--why', 'looking'])).toMatchObject({ code: 0 });
    expect(await run(['fix', '--sample'], ['y'])).toMatchObject({
      code: 77,
      asked: [],
      out: expect.stringContaining('floor.kill-switch'),
    });
    expect(await run(['kill-switch', 'status'])).toMatchObject({ code: 1 });
    expect(await run(['kill-switch', 'off', '--why', 'seen'])).toMatchObject({ code: 0 });
  }, 60_000);
});

describe('changes', () => {
  it('are proposed, listed, shown and rejected', async () => {
    const proposed = await run([
      'change',
      'propose',
      'scale',
      'deploy/preview',
      'replicas=1',
      '-n',
      'shop',
      '--why',
      'A look.',
      '-o',
      'json',
    ]);
    const { id } = JSON.parse(proposed.out) as { readonly id: string };
    expect(proposed.code).toBe(2);
    expect((await run(['change', 'list', '--open'])).out).toContain(id);
    expect((await run(['change', 'diff', id])).out).toContain('spec.replicas\n     - 0\n     + 1\n');
    expect((await run(['change', 'approve', id], ['n'])).code).toBe(1);
    expect((await run(['change', 'reject', id, '--why', 'Not now.'])).out).toContain('rejected: ');
    expect(await run(['change', 'watch', id])).toMatchObject({ code: 77 });
    expect((await run(['audit', 'show'])).out).toContain('CHG004');
  }, 60_000);

  it('that nobody can read are mistakes, and those that must not be are refused, each with a sentence', async () => {
    const propose = async (...words: readonly string[]): Promise<Ended> =>
      await run(['change', 'propose', ...words, '-n', 'shop', '--why', 'x']);
    expect(await propose('scael', 'deploy/preview')).toMatchObject({
      code: 64,
      err: expect.stringContaining('Did you mean'),
    });
    for (const replicas of ['0x10', '1e9', 'NaN', '-1', '']) {
      expect(await propose('scale', 'deploy/preview', `replicas=${replicas}`)).toMatchObject({
        code: 64,
        err: expect.stringContaining('params.replicas: '),
      });
    }
    expect(await propose('scale', 'deploy/preview', 'replicas=0')).toMatchObject({
      code: 77,
      err: expect.stringContaining('0 replicas already'),
    });
    expect((await run(['change', 'show', 'chg-nothing12345'])).code).toBe(64);
  }, 60_000);
});

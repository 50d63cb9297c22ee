import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditRow } from '../../../packages/domain/src/change/audit-event.ts';
import type { Change } from '../../../packages/domain/src/change/change.ts';
import { freePorts } from '../../bed/control-plane/ports.ts';
import { ensureKind } from '../../bed/fixtures.ts';
import type { KindBed } from '../../bed/fixtures.ts';
import { builtCommand } from '../../faults/built-command.ts';
import { ClusterHand } from '../cluster-hand.ts';
import { loadScenarios } from '../scenario.ts';
import { commandLine } from './command-line.ts';
import type { Ran } from './command-line.ts';
import { comesTrue } from './walk-scene.ts';

const policy = {
  version: 1,
  rules: [{ id: 'two-people', why: 'What customers use is changed by two people.', decision: 'two' }],
};

let bed: KindBed;
let hand: ClusterHand;
let folder: string;
let command: ReturnType<typeof builtCommand>;
let run: ReturnType<typeof commandLine>;
const namespace = `n${Date.now().toString(36)}`;

/** One run, whose exit code has to be that. */
async function must(code: number, args: readonly string[], token?: string): Promise<Ran> {
  const ran = await run([...args, '--config', join(folder, 'agent.yaml')], token);
  expect(ran.code, `autodevops ${args.join(' ')}\n${ran.stdout}\n${ran.stderr}`).toBe(code);
  return ran;
}

async function json<T>(code: number, args: readonly string[], token?: string): Promise<T> {
  return JSON.parse((await must(code, [...args, '-o', 'json'], token)).stdout) as T;
}

async function tokenOf(account: string, admin?: string): Promise<string> {
  return (await json<{ token: string }>(0, ['people', 'token', account], admin)).token;
}

/** Asked for by a program that nobody is linked to: it is the agent's own process that says how it stands. */
async function processId(admin: string): Promise<number> {
  return (await json<{ process: number }>(0, ['agent', 'status'], admin)).process;
}

function end(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

let running: number | undefined;

async function startAgent(admin: string): Promise<void> {
  await must(0, ['agent', 'start']);
  running = await processId(admin);
}

beforeAll(async () => {
  bed = await ensureKind();
  hand = new ClusterHand(await bed.kubectl(), bed.kubeconfigPath);
  folder = mkdtempSync(join(tmpdir(), 'autodevops-two-people-'));
  command = builtCommand();
  run = commandLine(command.path, folder);
  const [port = 0] = await freePorts(1);
  const configuration = {
    cluster: { type: 'context', kubeconfig: bed.kubeconfigPath },
    listen: { kind: 'tcp', port },
    agents: { scarlet: { policy: 'policy.yaml' } },
  };
  writeFileSync(join(folder, 'agent.yaml'), JSON.stringify(configuration));
  writeFileSync(join(folder, 'policy.yaml'), JSON.stringify(policy));
  await hand.createNamespaces([namespace]);
  const [fault] = loadScenarios('kind').filter(({ name }) => name === 'probes/readiness-asks-the-wrong-port');
  await hand.applyAll(namespace, fault?.sick ?? []);
});

afterAll(async () => {
  if (running !== undefined) end(running);
  await hand?.run(['delete', 'namespace', namespace, '--ignore-not-found', '--wait=false']);
  rmSync(folder, { recursive: true, force: true });
  command?.remove();
  await bed?.stop();
});

interface Tokens {
  readonly admin: string;
  readonly dana: string;
  readonly ann: string;
  readonly annElsewhere: string;
  readonly ben: string;
  readonly guest: string;
}

/** Before any agent runs, this machine's user links one person, who links the rest. */
async function linkPeople(): Promise<Tokens> {
  await must(0, ['people', 'add', 'Ada', '--account', 'http:ada', '--role', 'admin']);
  const admin = await tokenOf('http:ada');
  await startAgent(admin);
  const linked = [
    ['Dana', ['http:dana'], 'approver'],
    ['Ann', ['http:ann', 'http:ann-elsewhere'], 'approver'],
    ['Ben', ['http:ben'], 'approver'],
    ['Gil', ['http:gil'], 'viewer'],
  ] as const;
  await Promise.all(
    linked.map(
      async ([name, accounts, role]) =>
        await must(
          0,
          ['people', 'add', name, ...accounts.flatMap((account) => ['--account', account]), '--role', role],
          admin,
        ),
    ),
  );
  const tokens = await Promise.all(
    linked.flatMap(([, accounts]) => accounts).map(async (account) => await tokenOf(account, admin)),
  );
  const [dana = '', ann = '', annElsewhere = '', ben = '', guest = ''] = tokens;
  return { admin, dana, ann, annElsewhere, ben, guest };
}

async function generation(): Promise<number> {
  return Number(
    await hand.must(['-n', namespace, 'get', 'deployment', 'web', '-o', 'jsonpath={.metadata.generation}']),
  );
}

function rowsIn(file: string): readonly AuditRow[] {
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as AuditRow);
}

/** Without an agent and without a token: reading is for whoever may read the cluster. */
async function diagnosed(): Promise<void> {
  await comesTrue(
    'the fault shows',
    async () => {
      const { code, stdout } = await run([
        'diagnose',
        'deployment/web',
        '-n',
        namespace,
        '--kubeconfig',
        bed.kubeconfigPath,
        '-o',
        'json',
      ]);
      return code === 1 && stdout.includes('"pod.probe.wrong-port"');
    },
    120,
  );
}

/** What Dana asks for: by hand, and then as what Jamie proposes for the fault, which takes the place of the first. */
async function proposed(dana: string): Promise<Change> {
  const words = [
    'patch-probe',
    'deployment/web',
    'container=app',
    'probe=readinessProbe',
    'port=8080',
    '-n',
    namespace,
    '--why',
    'The program listens on 8080.',
  ];
  const byHand = await json<Change>(2, ['change', 'propose', ...words], dana);
  expect([byHand.decision?.tier, byHand.decision?.voices[0]?.rule]).toEqual(['two', 'two-people']);
  const { outcome, change } = await json<{ outcome: string; change: Change }>(
    2,
    ['fix', 'deployment/web', '-n', namespace],
    dana,
  );
  expect(outcome).toBe('proposed');
  expect(change.reason.finding?.code).toBe('pod.probe.wrong-port');
  expect(await json<Change>(0, ['change', 'show', byHand.id], dana)).toMatchObject({ state: 'superseded' });
  return change;
}

/** Yeses that do not count, each with its sentence. */
async function refusedYeses({ id, digest }: Change, { dana, guest }: Tokens): Promise<void> {
  const yes = async (token: string | undefined, given = digest): Promise<string> =>
    (await must(77, ['change', 'approve', id, '--digest', given], token)).stderr;
  const [nobodys, guests, danas] = await Promise.all([yes(undefined), yes(guest), yes(dana)]);
  expect(nobodys).toContain('does not say who asks');
  expect(guests).toContain('Gil may not decide here');
  expect(danas).toContain('who asks does not agree');
}

async function agreed({ id, digest }: Change, { ann, annElsewhere, ben }: Tokens): Promise<void> {
  const words = ['change', 'approve', id, '--digest', digest, '--no-wait'];
  const other = await must(75, ['change', 'approve', id, '--digest', `${'0'.repeat(digest.length)}`], ann);
  expect(other.stderr).toContain('What you agreed to is not what');
  expect(await json<Change>(2, words, ann)).toMatchObject({
    state: 'waiting',
    approvals: [{ actor: { person: 'ann' } }],
  });
  expect((await must(77, words, annElsewhere)).stderr).toContain('has agreed already; another person has to');
  expect((await json<Change>(2, words, ben)).approvals.map(({ actor }) => actor.person)).toEqual(['ann', 'ben']);
}

/** Anybody with the file can tell what happened, and that nobody wrote in it since. */
async function audited({ id }: Change, token: string): Promise<void> {
  const file = join(folder, 'audit.jsonl');
  writeFileSync(file, (await must(0, ['audit', 'export'], token)).stdout);
  const verify = async (): Promise<Ran> => await run(['audit', 'verify', file]);
  expect(await verify()).toMatchObject({ code: 0 });
  const ours = rowsIn(file)
    .map(({ entry }) => entry)
    .filter(({ subject }) => subject === id);
  expect(ours.filter(({ code }) => code === 'CHG003').map(({ actor }) => actor.person)).toEqual(['ann', 'ben']);
  expect(ours.filter(({ code, details }) => code === 'CHG010' && details['outcome'] === 'done')).toHaveLength(1);
  expect(ours.filter(({ code }) => code === 'DNY002').length).toBeGreaterThanOrEqual(3);
  expect(ours.at(-1)?.code).toBe('CHG011');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"person":"ben"', '"person":"eve"'));
  expect(await verify()).toMatchObject({ code: 65 });
}

describe('a fault that two people agree to have repaired', () => {
  it('is proposed by a third, done once although the agent is killed, verified, and proved by the audit log', async () => {
    await diagnosed();
    const tokens = await linkPeople();
    const change = await proposed(tokens.dana);
    const before = await generation();
    await refusedYeses(change, tokens);
    await agreed(change, tokens);
    end(await processId(tokens.admin));
    await startAgent(tokens.admin);
    const watched = await must(0, ['change', 'watch', change.id], tokens.dana);
    expect(watched.stdout).toContain('"Probe asks the wrong port" on');
    expect(await json<Change>(0, ['change', 'show', change.id], tokens.dana)).toMatchObject({ state: 'succeeded' });
    expect(await generation()).toBe(before + 1);
    await audited(change, tokens.guest);
    await must(0, ['agent', 'stop'], tokens.admin);
    running = undefined;
  }, 600_000);
});

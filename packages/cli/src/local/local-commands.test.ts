import { expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { interrupted } from '@autodevops/domain/interruption';
import { LocalEvent, LocalRun, LocalStatus } from '@autodevops/domain/local-cluster';
import type { LocalPhase } from '@autodevops/domain/local-cluster';
import type { LocalCluster } from '@autodevops/domain/ports/local-cluster';
import type { Agents } from '../agent-door/agents.ts';
import { main } from '../main.ts';
import { fakeSurroundings } from '../testing/fake-surroundings.ts';
import type { Surroundings } from '../surroundings.ts';

function statusIn(phase: LocalPhase): LocalStatus {
  const running = phase === 'running';
  return {
    name: 'dev',
    phase,
    next: running ? '' : 'Make it: `autodevops local up`.',
    engine: 'docker',
    context: 'kind-dev',
    kubeconfig: '/state/kubeconfig',
    server: running ? 'https://127.0.0.1:7443' : null,
    ready: running,
    nodes: running
      ? [{ name: 'dev-control-plane', role: 'control-plane', running: true, ready: true, version: 'v1.36.0' }]
      : [],
    createdAt: running ? '2026-01-01T11:00:00Z' : null,
    configuration: null,
  };
}

const events = (says: string): readonly LocalEvent[] => [
  {
    type: 'plan',
    steps: [
      { step: 'nodes', says: 'Starting the nodes', estimateMs: 9000 },
      { step: 'ready', says: 'Waiting', estimateMs: 3000 },
    ],
    estimateMs: 12_000,
  },
  { type: 'step-started', step: 'nodes', says: 'Starting the nodes', estimateMs: 9000 },
  { type: 'step-done', step: 'nodes', says: 'The nodes run', ms: 8400 },
  { type: 'note', says: 'Look \u001B[31mout\u001B[0m.', remedy: 'Do this.' },
  { type: 'done', says, ms: 8500, status: statusIn('running') },
];

interface Scene {
  readonly phase?: LocalPhase;
  readonly agents?: boolean;
  readonly answer?: string;
  readonly fails?: AutoDevOpsError;
  readonly agentFails?: boolean;
  /** Where nothing else is said, that of a cluster that runs does. */
  readonly agentRuns?: boolean;
  /** No configuration is named. */
  readonly unnamed?: boolean;
  /** What `local-config.yaml` of the present folder holds. */
  readonly here?: string;
}

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** What was asked of the cluster and the agent, in order. */
  readonly did: readonly string[];
}

function fakeCluster({ phase = 'running', fails }: Scene, did: string[]): LocalCluster {
  const verb = (name: string) =>
    async function* told(first: unknown): AsyncGenerator<LocalEvent> {
      did.push(Array.isArray(first) ? `${name} ${first.join(' ')}` : name);
      if (fails !== undefined) throw fails;
      yield* events(`Did ${name}.`);
    };
  return {
    up: verb('up'),
    down: verb('down'),
    reset: verb('reset'),
    stop: verb('stop'),
    start: verb('start'),
    load: verb('load'),
    snapshot: verb('snapshot'),
    restore: verb('restore'),
    status: async () => statusIn(phase),
    doctor: async () => ({
      name: 'dev',
      checks: [
        { name: 'kind', state: 'trouble', says: 'is too old', remedy: 'Get a newer one.' },
        { name: 'ports', state: 'note', says: 'busy', remedy: '' },
      ],
    }),
    kubeconfig: async ({ merge }) => `apiVersion: v1 # ${merge}\n`,
  };
}

async function local(args: readonly string[], scene: Scene = {}): Promise<Ran> {
  const did: string[] = [];
  const cluster = fakeCluster(scene, did);
  const hasAgent = scene.agentRuns ?? scene.phase === undefined;
  const agents = {
    look: async () => ({
      answers: did.includes('agent start') || (hasAgent && !did.includes('agent stop')),
      id: 7,
    }),
    start: async () => {
      did.push('agent start');
      if (scene.agentFails === true) {
        throw new AutoDevOpsError('agent.unreachable', 'It did not start.', 'Read its log.');
      }
      return 8;
    },
    stop: async () => {
      did.push('agent stop');
    },
  } as unknown as Agents;
  const settings = {
    name: 'dev',
    configuration: scene.unnamed === true ? undefined : '/dev/local-config.yaml',
    kubeconfig: undefined,
  };
  const changed: Partial<Surroundings> = {
    agents: async () => agents,
    readFile: (path) =>
      scene.here !== undefined && path === 'local-config.yaml'
        ? Promise.resolve(scene.here)
        : Promise.reject(new Error('there is none')),
    local: async () =>
      ({ cluster, agents: scene.agents ?? false, settings }) as unknown as Awaited<ReturnType<Surroundings['local']>>,
    ...(scene.answer === undefined ? {} : { canAsk: true, question: async () => scene.answer }),
  };
  const { surroundings, out, err } = fakeSurroundings(changed);
  const code = await main(['local', ...args], surroundings, new AbortController().signal);
  return { code, out: out(), err: err(), did };
}

it('tells the steps to people beside the answer, with times and what to do next', async () => {
  const { code, out, err } = await local(['up']);
  expect(code).toBe(0);
  expect(out).toBe(
    'Did up. (8.5 s)\nNext: `autodevops diagnose --context kind-dev`, `kubectl get nodes --context kind-dev`.\nIts agent: `autodevops agent start --context kind-dev`.\n',
  );
  expect(err).toContain('2 steps, about 12 s (as the last time):\n');
  expect(err).toContain('The nodes run (8.4 s)');
});

it('obeys nothing that engines and nodes say', async () => {
  expect((await local(['up'])).err).toContain('Look \\x1b[31mout\\x1b[0m.');
});

it('prints what it came to as JSON, by its contract', async () => {
  const { out } = await local(['up', '-o', 'json']);
  expect(LocalRun.parse(JSON.parse(out))).toMatchObject({
    says: 'Did up.',
    steps: [{ step: 'nodes', ms: 8400 }],
    status: { phase: 'running' },
  });
});

it('prints each event as it happens, one a line, by its contract', async () => {
  const { out, err } = await local(['up', '-o', 'jsonl']);
  const lines = out.trimEnd().split('\n');
  expect(lines.map((line) => LocalEvent.parse(JSON.parse(line)))).toEqual(events('Did up.'));
  expect(err).toBe('');
});

it('starts the agent last, where the configuration names agents', async () => {
  expect((await local(['up'], { agents: true, phase: 'absent' })).did).toEqual(['up', 'agent start']);
  expect((await local(['start'], { agents: true, phase: 'stopped' })).did).toEqual(['start', 'agent start']);
  expect((await local(['up', '--no-agent'], { agents: true, phase: 'absent' })).did).toEqual(['up']);
});

it('does not leave an agent to a new cluster that speaks to the one before, which somebody removed elsewhere', async () => {
  const left = { agents: true, phase: 'absent', agentRuns: true } as const;
  expect((await local(['up'], left)).did).toEqual(['up', 'agent stop', 'agent start']);
  expect((await local(['down'], left)).did).toEqual(['agent stop', 'down']);
});

it('has a cluster all the same when its agent does not start, and says why', async () => {
  const { code, err } = await local(['up'], { agents: true, phase: 'absent', agentFails: true });
  expect([code, err]).toEqual([0, expect.stringContaining('The agent did not start: It did not start.')]);
});

it('asks before it removes a cluster, and takes anything but yes for no', async () => {
  for (const verb of ['down', 'reset']) {
    expect(await local([verb], { answer: '' })).toMatchObject({
      code: 1,
      did: [],
      err: expect.stringContaining('Nothing was changed.'),
    });
    expect((await local([verb], { answer: 'yes' })).did).toEqual(['agent stop', verb]);
    expect((await local([verb, '--yes'])).did).toEqual(['agent stop', verb]);
  }
});

it('removes nothing where nobody can be asked, unless told so', async () => {
  expect(await local(['down'])).toMatchObject({ code: 64, did: [], err: expect.stringContaining('--yes') });
});

it('asks nothing where there is nothing of its own to remove', async () => {
  expect((await local(['down'], { phase: 'absent' })).did).toEqual(['down']);
  expect(
    (
      await local(['down'], {
        phase: 'foreign',
        fails: new AutoDevOpsError('local.not-ours', 'It is not ours.', 'Choose another name.'),
      })
    ).code,
  ).toBe(77);
});

it('says after Ctrl-C what may be done', async () => {
  const { code, err } = await local(['up'], { fails: interrupted() });
  expect([code, err]).toEqual([
    130,
    'Error: Interrupted.\n`autodevops local up` goes on from here; `autodevops local down` removes what is there.\n',
  ]);
});

it('ends its events with the failure, for a program that reads them', async () => {
  const { out, code } = await local(['up', '-o', 'jsonl'], {
    fails: new AutoDevOpsError('local.no-kind', 'There is no kind.', 'Get it.'),
  });
  expect([code, out]).toEqual([
    69,
    '{"error": {"code": "local.no-kind","message": "There is no kind.","remedy": "Get it."}}\n',
  ]);
});

it('says of a configuration in the folder where one stands that it is not read by itself', async () => {
  expect((await local(['up'], { unnamed: true, here: 'mode: local' })).err).toContain('`--config local-config.yaml`');
  expect((await local(['up'], { unnamed: true })).err).not.toContain('local-config.yaml');
  expect((await local(['up'], { here: 'mode: local' })).err).not.toContain('--config');
});

it('stops the agent with its cluster', async () => {
  expect((await local(['stop'])).did).toEqual(['agent stop', 'stop']);
});

it('loads what is named', async () => {
  expect((await local(['load', 'web:1', 'db:2'])).did).toEqual(['load web:1 db:2']);
  expect((await local(['load'])).code).toBe(64);
});

it('shows how the cluster stands, in words and by its contract', async () => {
  const { code, out } = await local(['status']);
  expect(code).toBe(0);
  expect(out).toContain('The local cluster "dev" runs.');
  expect(out).toContain('made 60 minutes ago');
  expect(LocalStatus.parse(JSON.parse((await local(['status', '-o', 'json'])).out))).toEqual(statusIn('running'));
  expect(await local(['status'], { phase: 'absent' })).toMatchObject({
    code: 1,
    out: expect.stringContaining('is not there'),
  });
});

it('says what stands in the way', async () => {
  expect(await local(['doctor'])).toMatchObject({ code: 1, out: expect.stringContaining('is too old') });
});

it('prints the kubeconfig alone', async () => {
  expect((await local(['kubeconfig', '--merge'])).out).toBe('apiVersion: v1 # true\n');
});

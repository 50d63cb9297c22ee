import { describe, expect, it } from 'vitest';
import type { AgentClient } from '@autodevops/agentd/client';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { steadyClock } from '../testing/steady-clock.ts';
import type { AgentLauncher, AgentWanted } from './agent-launcher.ts';
import { AgentSupervisor } from './agent-supervisor.ts';
import type { AgentState } from './agent-supervisor.ts';

const signal = AbortSignal.timeout(20_000);
const wanted: AgentWanted = {
  context: 'kind-dev',
  server: 'https://127.0.0.1:6443',
  kubeconfig: undefined,
  config: undefined,
};
const unreachable = new AutoDevOpsError(
  'agent.unreachable',
  'The agent did not start: The store is locked.',
  'Its log is here.',
);

interface Scene {
  readonly supervisor: AgentSupervisor;
  readonly states: string[];
  readonly done: string[];
  readonly waits: number[];
  readonly pass: (milliseconds: number) => void;
  /** The newest agent dies. */
  readonly die: () => void;
  readonly until: (kind: AgentState['kind']) => Promise<AgentState>;
}

function scene(
  opening: (count: number) => AutoDevOpsError | undefined = () => undefined,
  want: () => AgentWanted | AutoDevOpsError = () => wanted,
): Scene {
  const done: string[] = [];
  const states: string[] = [];
  let lives: AbortController[] = [];
  let count = 0;
  const launcher: AgentLauncher = {
    open: async () => {
      const failure = opening(++count);
      if (failure !== undefined) throw failure;
      const life = new AbortController();
      lives = [...lives, life];
      done.push(`open ${count}`);
      return { client: { count } as unknown as AgentClient, lost: life.signal, letGo: () => void done.push('let go') };
    },
    stop: async () => void done.push('stop'),
    place: () => Promise.reject(new Error('not asked for')),
  };
  const { clock, waits, pass } = steadyClock();
  const supervisor = new AgentSupervisor({ launcher, clock, wanted: want, log: () => undefined });
  supervisor.state.subscribe(({ kind }) => void states.push(kind));
  const until = async (kind: AgentState['kind']): Promise<AgentState> =>
    await supervisor.state.until((state): state is AgentState => state.kind === kind, signal);
  return { supervisor, states, done, waits, pass, die: () => lives.at(-1)?.abort(), until };
}

describe('the agent of a window', () => {
  it('is not started before somebody needs it, and then once for all who do', async () => {
    const { supervisor, done, states } = scene();
    expect(supervisor.state.value.kind).toBe('none');
    const [one, two] = await Promise.all([supervisor.client(signal), supervisor.client(signal)]);
    expect(one).toBe(two);
    expect(done).toEqual(['open 1']);
    expect(states).toEqual(['starting', 'running']);
  });

  it('is started again when it dies, and the new one is spoken to', async () => {
    const { supervisor, die, waits, until } = scene();
    const first = await supervisor.client(signal);
    die();
    await until('restarting');
    expect(await supervisor.client(signal)).not.toBe(first);
    expect(waits).toEqual([1000]);
  });

  it('is waited for longer with each death, until only a person can help', async () => {
    const { supervisor, die, waits, until } = scene();
    await supervisor.client(signal);
    for (let death = 1; death <= 6; death++) {
      die();
      await until('restarting');
      await until('running');
    }
    die();
    expect(await until('failed')).toMatchObject({
      error: { code: 'agent.unreachable', message: 'The agent ended 7 times in a row and is not started again.' },
    });
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000]);
  });

  it('that lived long is started again soon', async () => {
    const { supervisor, die, waits, pass, until } = scene();
    await supervisor.client(signal);
    for (let death = 1; death <= 3; death++) {
      pass(3_600_000);
      die();
      await until('restarting');
      await until('running');
    }
    expect(waits).toEqual([1000, 1000, 1000]);
  });

  it('tells why it does not start, and is tried again by the next who needs it', async () => {
    const { supervisor, done } = scene((count) => (count === 1 ? unreachable : undefined));
    await expect(supervisor.client(signal)).rejects.toBe(unreachable);
    expect(supervisor.state.value).toEqual({ kind: 'failed', error: unreachable, givenUp: false });
    await supervisor.client(signal);
    expect(done).toEqual(['open 2']);
  });

  it('that does not start is tried again by what goes on by itself only after a rest', async () => {
    const { supervisor, done, pass } = scene((count) => (count <= 2 ? unreachable : undefined));
    await expect(supervisor.client(signal, 'feed')).rejects.toBe(unreachable);
    await expect(supervisor.client(signal, 'feed')).rejects.toBe(unreachable);
    pass(59_000);
    await expect(supervisor.client(signal, 'feed')).rejects.toBe(unreachable);
    expect(done).toEqual([]);
    pass(1000);
    await expect(supervisor.client(signal, 'feed')).rejects.toBe(unreachable);
    pass(60_000);
    await supervisor.client(signal, 'feed');
    expect(done).toEqual(['open 3']);
  });

  it('that did not start is tried at once when a person has reason to think that it works, and nothing else is', async () => {
    const { supervisor, done, until } = scene((count) => (count === 1 ? unreachable : undefined));
    supervisor.again();
    expect(supervisor.state.value.kind).toBe('none');
    await expect(supervisor.client(signal, 'feed')).rejects.toBe(unreachable);
    supervisor.again();
    await until('running');
    supervisor.again();
    await supervisor.client(signal, 'feed');
    expect(done).toEqual(['open 2']);
  });

  it('that died too often is started again by a person and by nobody else', async () => {
    const { supervisor, die, until, pass, done } = scene();
    await supervisor.client(signal);
    for (let death = 1; death <= 6; death++) {
      die();
      await until('restarting');
      await until('running');
    }
    die();
    await until('failed');
    pass(3_600_000);
    await expect(supervisor.client(signal, 'feed')).rejects.toMatchObject({ code: 'agent.unreachable' });
    expect(done.at(-1)).toBe('open 7');
    await supervisor.client(signal);
    expect(done.at(-1)).toBe('open 8');
  });

  it('does not exist where no cluster may be spoken to', async () => {
    const off = new AutoDevOpsError('usage', 'Clusters are not spoken to.', 'Change the setting.');
    const { supervisor, done } = scene(
      () => undefined,
      () => off,
    );
    await expect(supervisor.client(signal)).rejects.toBe(off);
    expect(done).toEqual([]);
  });

  it('is let go when the window speaks to another cluster, and does not come back by itself', async () => {
    const { supervisor, done, die } = scene();
    await supervisor.client(signal);
    supervisor.leave();
    die();
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    expect(done).toEqual(['open 1', 'let go']);
    expect(supervisor.state.value.kind).toBe('none');
  });

  it('ends and is started anew when a person restarts it', async () => {
    const { supervisor, done } = scene();
    await supervisor.client(signal);
    await supervisor.restart(signal);
    expect(done).toEqual(['open 1', 'let go', 'stop', 'open 2']);
    expect(supervisor.state.value.kind).toBe('running');
  });
});

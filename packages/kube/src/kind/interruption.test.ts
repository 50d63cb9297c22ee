import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { failureOf } from '../testing/failure-of.ts';
import { identify } from './engine/process-identity.ts';
import type { ProcessIdentity } from './engine/process-identity.ts';
import { allOf, plannedIn, setStage, soon, stepsOf } from './testing/stage.ts';
import type { Stage } from './testing/stage.ts';

/** `up` that is told to stop once a step has begun. */
async function interruptedAt(stage: Stage, step: string): Promise<void> {
  const stop = new AbortController();
  const watch = async (): Promise<void> => {
    for await (const event of stage.open().up({ signal: AbortSignal.any([stop.signal, soon().signal]) })) {
      if (event.type === 'step-started' && event.step === step) stop.abort();
    }
  };
  expect((await failureOf(watch())).code).toBe('interrupted');
}

it('leaves what the next up continues with', async () => {
  const stage = await setStage();
  stage.put('slow');
  await interruptedAt(stage, 'control-plane');
  expect(await stage.open().status(soon())).toMatchObject({
    phase: 'half-made',
    next: expect.stringContaining('local up'),
  });
  const { mark } = JSON.parse(stage.read('state/dev/cluster.json')) as { mark: string };
  rmSync(join(stage.root, '..', 'slow'));
  const events = await allOf(stage.open().up(soon()));
  expect(plannedIn(events)[0]).toBe('clear');
  expect(events.at(-1)).toMatchObject({ type: 'done', status: { phase: 'running' } });
  expect(stage.read('state/dev/cluster.json')).toContain(mark);
});

it('leaves what down removes', async () => {
  const stage = await setStage();
  stage.put('slow');
  await interruptedAt(stage, 'control-plane');
  await allOf(stage.open().down(soon()));
  expect([stage.containers(), stage.has('state/dev')]).toEqual([[], false]);
});

it('ends kind and what kind started', async () => {
  const stage = await setStage();
  stage.put('slow');
  await interruptedAt(stage, 'control-plane');
  const { maker } = JSON.parse(stage.read('state/dev/cluster.json')) as { maker: { pid: number } };
  // Those that nobody has buried yet do nothing any more.
  const living = execFileSync('ps', ['-A', '-o', 'pgid=,stat='])
    .toString()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([group, state = 'Z']) => Number(group) === maker.pid && !state.startsWith('Z'));
  expect(living).toEqual([]);
});

/** `up` where a killed run wrote down that its kind is that process. */
async function upAfterKilledRun(identityOf: (pid: number) => Promise<ProcessIdentity>): Promise<ChildProcess> {
  const stage = await setStage();
  stage.put('slow');
  await interruptedAt(stage, 'control-plane');
  rmSync(join(stage.root, '..', 'slow'));
  const left = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  onTestFinished(() => void left.kill('SIGKILL'));
  const state = JSON.parse(stage.read('state/dev/cluster.json')) as object;
  stage.put('state/dev/cluster.json', JSON.stringify({ ...state, maker: await identityOf(left.pid ?? 0) }));
  expect((await allOf(stage.open().up(soon()))).at(-1)?.type).toBe('done');
  return left;
}

it('ends the kind that a killed run left behind', async () => {
  const left = await upAfterKilledRun(identify);
  if (left.exitCode === null && left.signalCode === null) await once(left, 'exit');
  expect(left.signalCode).toBe('SIGTERM');
});

it('ends no later process that happens to have its number', async () => {
  const left = await upAfterKilledRun(async (pid) => ({ pid, started: '1' }));
  expect([left.exitCode, left.signalCode]).toEqual([null, null]);
});

it('goes on after kind with what is left, and makes nothing again', async () => {
  const stage = await setStage();
  await interruptedAt(stage, 'ceiling');
  const before = stage.calls().length;
  const events = await allOf(stage.open().up(soon()));
  expect(stepsOf(events)).toEqual(['kubeconfig', 'ceiling', 'ready', 'dns']);
  expect(
    stage
      .calls()
      .slice(before)
      .some((call) => call.startsWith('kind create')),
  ).toBe(false);
});

it('ends when whoever listens leaves', async () => {
  const stage = await setStage();
  stage.put('slow');
  for await (const event of stage.open().up(soon())) {
    if (event.type === 'step-started' && event.step === 'control-plane') break;
  }
  expect(stage.has('state/dev.lock')).toBe(false);
  expect((await stage.open().status(soon())).phase).toBe('half-made');
});

it('does not let two runs at the same cluster', async () => {
  const stage = await setStage();
  stage.put('slow');
  for await (const event of stage.open().up(soon())) {
    if (event.type !== 'step-started' || event.step !== 'control-plane') continue;
    expect(await failureOf(allOf(stage.open().down(soon())))).toMatchObject({ code: 'local.busy' });
    break;
  }
});

it('takes the lock of a run that was killed over', async () => {
  const stage = await setStage();
  await allOf(stage.open().up(soon()));
  // No machine has processes of such a number.
  stage.put('state/dev.lock', JSON.stringify({ pid: 2 ** 30, started: '1' }));
  expect((await allOf(stage.open().stop(soon()))).at(-1)?.type).toBe('done');
  expect(stage.has('state/dev.lock')).toBe(false);
});
